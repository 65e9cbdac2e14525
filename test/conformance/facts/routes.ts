/** The listener's rules against the Contract, in both directions, and within the quotas of AWS. */
import { servicesOf } from '../../../src/contract/services-of.ts';
import type { Fact, Proof } from '../fact.ts';
import { valueAt } from '../plan.ts';
import { expectReference } from './edge.ts';

const file = 'routes.tf';
const reflection = ['grpc.reflection.v1.ServerReflection', 'grpc.reflection.v1alpha.ServerReflection'];

export const routeFacts: readonly Fact[] = [
  {
    id: 'routes/of-the-contract',
    fact: 'Every path of a rule is that of one service of the Contract, or of reflection where it was asked for',
    source: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/pull/4830',
    check: (proof) => {
      const known = new Set(wantedRoutes(proof).map(({ path }) => path));
      return readRoutes(proof).flatMap(({ path }) => (known.has(path) ? [] : [`${path} is the path of no service`]));
    },
    breaks: [
      {
        file: 'settings.tf',
        from: '"ledger.v1.LedgerService"',
        to: '"ledger.v1.Ledger"',
        says: '/ledger.v1.Ledger/* is the path of no service',
      },
      {
        file,
        from: '"/${service}/*"] } } action',
        to: '"/${service}*"]\n    }\n  }\n\n  action',
        says: '/payments.v1.PaymentsService* is the path of no service',
        apart: 'laws',
      },
    ],
  },
  {
    id: 'routes/all-of-the-contract',
    fact: 'Every service of the Contract is routed',
    check: (proof) => {
      const routed = new Set(readRoutes(proof).map(({ path }) => path));
      const services = proof.case.contract.services.map(({ fullName }) => `/${fullName}/*`);
      return services.flatMap((path) => (routed.has(path) ? [] : [`no rule takes ${path}`]));
    },
    breaks: [
      {
        file: 'settings.tf',
        from: '"payments.v1.PaymentsService",',
        to: '',
        says: 'no rule takes /payments.v1.PaymentsService/*',
      },
    ],
  },
  {
    id: 'routes/once',
    fact: 'No path stands in two rules, or twice in one',
    check: (proof) => {
      const paths = readRoutes(proof).map(({ path }) => path);
      return paths.flatMap((path, index) => (paths.indexOf(path) === index ? [] : [`${path} is there again`]));
    },
    breaks: [
      {
        file,
        from: '[for service in each.value.services : "/${service}/*"]',
        to: 'concat([for service in each.value.services : "/${service}/*"], ["/twice.v1.Service/*"])',
        says: '/twice.v1.Service/* is there again',
        apart: 'options',
      },
    ],
  },
  {
    id: 'routes/to-their-workload',
    fact: 'Each path leads to the workload that serves it',
    check: (proof) => {
      const wanted = new Map(wantedRoutes(proof).map(({ path, workload }) => [path, workload]));
      return readRoutes(proof).flatMap(({ path, workload }) =>
        [workload, undefined].includes(wanted.get(path)) ? [] : [`${path} leads to ${workload}`],
      );
    },
    breaks: [
      {
        file,
        from: 'tags = { Workload = each.value.workload }',
        to: 'tags = { Workload = "payments" }',
        says: '/orders.v1.OrdersService/* leads to payments',
      },
    ],
  },
  {
    id: 'routes/to-target-groups',
    fact: 'A rule forwards, to the target group of its workload and to nothing else',
    check: ({ plan }) => [
      ...plan
        .of('aws_lb_listener_rule')
        .flatMap(({ address, values }) =>
          valueAt(values, 'action.0.type') === 'forward' && valueAt(values, 'action.length') === 1
            ? []
            : [`${address} does something else`],
        ),
      ...expectReference(targetGroup(plan), 'aws_lb_target_group.workload'),
      ...expectReference(targetGroup(plan), 'each.value.workload'),
    ],
    breaks: [
      {
        file,
        from: 'aws_lb_target_group.workload[each.value.workload].arn',
        to: 'aws_lb_target_group.workload["orders"].arn',
        says: 'not each.value.workload',
      },
    ],
  },
  {
    id: 'routes/reflection',
    fact: 'Both versions of reflection lead to one workload where it was asked for, and nowhere else',
    check: (proof) => {
      const found = readRoutes(proof).filter(({ path }) => path.includes('.reflection.'));
      const wanted = proof.spec.reflection ? reflection : [];
      return [
        ...wanted.flatMap((service) =>
          found.some(({ path }) => path === `/${service}/*`) ? [] : [`no rule takes ${service}`],
        ),
        ...(found.length === wanted.length ? [] : [`${found.length} paths are of reflection`]),
        ...(new Set(found.map(({ workload }) => workload)).size > 1 ? ['two workloads answer it'] : []),
      ];
    },
    breaks: [
      {
        file,
        from: '"grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"',
        to: '"grpc.reflection.v1alpha.ServerReflection"',
        says: 'no rule takes grpc.reflection.v1.ServerReflection',
      },
      {
        in: 'existing',
        file: 'settings.tf',
        from: 'reflection = null',
        to: 'reflection = "orders"',
        says: '2 paths are of reflection',
      },
    ],
  },
  {
    id: 'routes/health',
    fact: 'Health is not routed from outside: which replica would answer is chance',
    check: (proof) => readRoutes(proof).flatMap(({ path }) => (path.includes('.health.') ? [`${path} is routed`] : [])),
    breaks: [
      {
        file,
        from: 'concat(workload.services, name',
        to: 'concat(workload.services, name == "ledger" ? ["grpc.health.v1.Health"] : [], name',
        says: '/grpc.health.v1.Health/* is routed',
      },
    ],
  },
  {
    id: 'routes/quotas',
    fact: 'A rule has one to five paths of at most 128 characters, and there are at most 100 rules',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html',
    check: (proof) => {
      const rules = proof.plan.of('aws_lb_listener_rule');
      return [
        ...(rules.length <= 100 ? [] : [`there are ${rules.length} rules`]),
        ...rules.flatMap(({ address, values }) => {
          const { length } = pathsOf(values);
          const wildcards = pathsOf(values).filter((path) => /[*?]/.test(path)).length;
          return length >= 1 && length <= 5 && wildcards <= 5 ? [] : [`${address} has ${length} paths`];
        }),
        ...readRoutes(proof).flatMap(({ path }) => (path.length <= 128 ? [] : [`${path} is too long`])),
      ];
    },
    breaks: [{ file, from: 'chunklist(services, 5)', to: 'chunklist(services, 6)', says: 'has 6 paths' }],
  },
  {
    id: 'routes/packed',
    fact: 'A workload has no more rules than its services need',
    check: (proof) =>
      proof.spec.workloads.flatMap(({ name }) => {
        const services = wantedRoutes(proof).filter(({ workload }) => workload === name).length;
        const rules = proof.plan
          .of('aws_lb_listener_rule')
          .filter(({ values }) => valueAt(values, 'tags.Workload') === name).length;
        return rules === Math.ceil(services / 5) ? [] : [`${name} has ${rules} rules for ${services} paths`];
      }),
    breaks: [
      { file, from: 'chunklist(services, 5)', to: 'chunklist(services, 1)', says: 'orders has 9 rules for 9 paths' },
    ],
  },
  {
    id: 'routes/new-before-old',
    fact: 'Rules that hold other paths are made before old ones go',
    check: ({ plan }) => [
      ...expectReference(plan.dependencies('terraform_data.routes'), 'aws_lb_listener_rule.services'),
      ...expectReference(plan.references('terraform_data.routes', 'triggers_replace'), 'local.rules'),
    ],
    breaks: [
      {
        file,
        from: 'depends_on = [aws_lb_listener_rule.services]',
        to: 'depends_on = []',
        says: 'it comes from nothing, not aws_lb_listener_rule.services',
      },
    ],
  },
];

/** What the Contract wants, from the protos alone. */
function wantedRoutes({ spec, case: { contract } }: Proof): { path: string; workload: string }[] {
  return spec.workloads.flatMap(({ name, protos }, index) => {
    const own = servicesOf(protos, contract).map(({ fullName }) => fullName);
    const services = spec.reflection && index === 0 ? [...own, ...reflection] : own;
    return services.map((service) => ({ path: `/${service}/*`, workload: name }));
  });
}

export function readRoutes({ plan }: Proof): { path: string; workload: string }[] {
  return plan
    .of('aws_lb_listener_rule')
    .flatMap(({ values }) =>
      pathsOf(values).map((path) => ({ path, workload: String(valueAt(values, 'tags.Workload')) })),
    );
}

function pathsOf(values: unknown): string[] {
  return valueAt(values, 'condition.0.path_pattern.0.values') as string[];
}

function targetGroup(plan: Proof['plan']): readonly string[] {
  return plan.references('aws_lb_listener_rule.services', 'action.0.target_group_arn');
}
