/** Facts about templates alone: what CloudFormation does in its own way, and what has to be said otherwise there. */
import { sizeEnvironments } from '../../../src/targets/ecs-environments.ts';
import { account } from '../fact.ts';
import { compareSets, readPolicy, show, valueAt } from '../plan.ts';
import type { TemplateProof } from './prove-templates.ts';
import { listReferences, type Template, type TemplateResource } from './template.ts';
import { listOwners, splitName } from './template-plan.ts';

export interface OwnFact {
  id: string;
  /** A sentence. */
  fact: string;
  /** Where it comes from, if it is not our own choice. */
  source?: string;
  /** What is wrong, a sentence each. */
  check(proof: TemplateProof): string[];
}

export const ownFacts: readonly OwnFact[] = [
  {
    id: 'own/places',
    fact: 'The load balancer stands in public subnets, or in private ones if it is internal; tasks stand in private ones',
    check: ({ service, spec }) => [
      ...service.resources.flatMap(({ type, id, written }) => {
        const path = { [balancer]: 'Subnets', [task]: 'NetworkConfiguration.AwsvpcConfiguration.Subnets' }[type];
        if (path === undefined) return [];
        const tier = type === balancer && !spec.internal ? 'Public' : 'Private';
        const found = listReferences(valueAt(written, path)).filter((one) => one !== 'AWS::NoValue');
        const wanted = new RegExp(`^${tier}Subnet(?:s|\\d)$`);
        return found.length > 0 && found.every((one) => wanted.test(one))
          ? []
          : [`${id} stands in ${found.join(', ')}`];
      }),
      ...of(service, 'AWS::EC2::SubnetRouteTableAssociation').flatMap(({ id, written }) => {
        const [subnet = '', table = ''] = ['SubnetId', 'RouteTableId'].flatMap((path) =>
          listReferences(valueAt(written, path)),
        );
        return subnet.slice(0, 6) === table.slice(0, 6) ? [] : [`${id}: ${subnet} goes by ${table}`];
      }),
    ],
  },
  {
    id: 'own/each-its-own',
    fact: 'What belongs to one task is connected to nothing that belongs to another',
    check: ({ service, spec, topology }) => {
      const owners = listOwners({ spec, topology });
      const taskOf = (id: string) => {
        const { workload } = splitName({ id }, owners);
        const names = topology.workloads.map(({ name, containers }) => {
          return [name, ...containers.map(({ image }) => image.replace(/^.*\//, ''))];
        });
        return workload === undefined ? undefined : names.findIndex((all) => all.includes(workload));
      };
      return service.resources.flatMap(({ id, written, dependsOn }) => {
        const own = taskOf(id);
        const others = [...listReferences(written), ...dependsOn].filter((one) => taskOf(one) !== undefined);
        return own === undefined ? [] : others.flatMap((one) => (taskOf(one) === own ? [] : [`${id} hangs on ${one}`]));
      });
    },
  },
  {
    id: 'own/certificate',
    fact: 'The certificate is validated by a record in the zone of bootstrap',
    check: ({ service, spec, hostname }) =>
      of(service, 'AWS::CertificateManager::Certificate').flatMap(({ properties, written }) => {
        const zone = listReferences(valueAt(written, 'DomainValidationOptions.0.HostedZoneId')).join();
        return [
          ...(zone === `import "${spec.name}-bootstrap-HostedZoneId"` ? [] : [`its record goes to ${zone}`]),
          ...(valueAt(properties, 'DomainValidationOptions.0.DomainName') === hostname
            ? []
            : ['its record is of another name']),
        ];
      }),
  },
  {
    id: 'own/rules-by-content',
    fact: 'No two rules have one priority',
    check: ({ service }) => {
      const all = of(service, 'AWS::ElasticLoadBalancingV2::ListenerRule').map(({ properties }) =>
        Number(valueAt(properties, 'Priority')),
      );
      return all.flatMap((one, index) => (all.indexOf(one) === index ? [] : [`${one} is there twice`]));
    },
  },
  {
    id: 'own/scaling',
    fact: 'Autoscaling alone says how many tasks there are, from the least to the most of its environment',
    source: 'https://github.com/aws/containers-roadmap/issues/493',
    check: ({ service, spec, environment }) => {
      const { scale } = sizeEnvironments(spec).find(({ name }) => name === environment)!;
      return [
        ...of(service, task).flatMap(({ id, properties }) =>
          valueAt(properties, 'DesiredCount') === undefined ? [] : [`${id} is set again at each update`],
        ),
        ...of(service, 'AWS::ApplicationAutoScaling::ScalableTarget').flatMap(({ id, properties }) => {
          const found = [valueAt(properties, 'MinCapacity'), valueAt(properties, 'MaxCapacity')];
          return show(found) === show([scale.min, scale.max]) ? [] : [`${id} is from ${found.join(' to ')}`];
        }),
      ];
    },
  },
  {
    id: 'own/kept',
    fact: 'What holds data stays when its stack goes or when it is replaced',
    check: ({ service, foundation, grounds }) =>
      [service, foundation, grounds].flatMap(({ resources }) =>
        resources.flatMap(({ id, type, policies }) => {
          const stays = ['Retain', 'RetainExceptOnCreate'].includes(String(policies.deletion));
          return !holdsData.includes(type) || (stays && policies.replacement === 'Retain') ? [] : [`${id} goes`];
        }),
      ),
  },
  {
    id: 'own/plans-change-nothing',
    fact: 'Whoever plans a pull request makes change sets of its own, executes none, and writes nothing else but its template',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html',
    check: ({ bootstrap }) =>
      bootstrap
        .of('aws_iam_policy', 'github')
        .filter(({ index }) => index.startsWith('plan-'))
        .flatMap(({ values }) => readPolicy(valueAt(values, 'policy')))
        .flatMap(({ Action, Resource, Condition = {} }) => {
          const isOwn = valueAt(Condition.StringLike, 'cloudformation:ChangeSetName') === 'plan-*';
          const isPassed = valueAt(Condition.StringEquals, 'iam:PassedToService') === 'cloudformation.amazonaws.com';
          const isMade = valueAt(Condition.StringEquals, 'cloudformation:CreateAction') === 'CreateChangeSet';
          const free: Record<string, boolean> = {
            'cloudformation:CreateChangeSet': isOwn,
            'cloudformation:DeleteChangeSet': isOwn,
            'cloudformation:TagResource': isMade,
            'iam:PassRole': isPassed,
            's3:GetObject': Resource.every((arn) => arn.endsWith('/plan/*')),
            's3:PutObject': Resource.every((arn) => arn.endsWith('/plan/*')),
          };
          return Action.flatMap((action) =>
            (free[action] ?? /^(?:cloudformation|ec2):Describe/.test(action)) ? [] : [`plan may ${action}`],
          );
        }),
  },
  {
    id: 'own/deploys-by-stack',
    fact: 'A deploy changes the stack of its environment, with the role of that environment, and nothing by itself',
    check: ({ bootstrap, spec }) =>
      spec.environments.flatMap((environment) =>
        bootstrap
          .of('aws_iam_policy', 'github')
          .filter(({ index }) => index === `start-${environment}`)
          .flatMap(({ values }) => readPolicy(valueAt(values, 'policy')))
          .flatMap(({ Action, Resource, Condition = {} }) => {
            const own = [
              new RegExp(`:stack/${spec.name}-${environment}/\\*$`),
              new RegExp(`:role/${spec.name}-bootstrap/.*-stack-${environment}$`),
            ];
            const passed = valueAt(Condition.StringEquals, 'iam:PassedToService') === 'cloudformation.amazonaws.com';
            return [
              ...Resource.flatMap((arn) => (own.some((one) => one.test(arn)) ? [] : [`${environment} reaches ${arn}`])),
              ...(Action.includes('iam:PassRole') && !passed ? [`${environment} passes its role to anybody`] : []),
            ];
          }),
      ),
  },
  {
    id: 'own/out-of-reach',
    fact: 'The roles of the pipeline lie where no stack can change them, and CloudFormation alone takes that of a stack',
    check: ({ bootstrap, spec }) => [
      ...[...bootstrap.of('aws_iam_role'), ...bootstrap.of('aws_cloudformation_role')].flatMap(({ address, values }) =>
        valueAt(values, 'path') === `/${spec.name}-bootstrap/` && valueAt(values, 'max_session_duration') === 3600
          ? []
          : [`${address} is at ${show(valueAt(values, 'path'))}`],
      ),
      ...compareSets(
        'roles of stacks',
        bootstrap.of('aws_cloudformation_role').map(({ index }) => index),
        spec.environments.map((name) => `stack-${name}`),
      ),
      ...bootstrap
        .of('aws_cloudformation_role')
        .flatMap(({ address, values }) =>
          readPolicy(valueAt(values, 'assume_role_policy')).flatMap(({ Principal, Condition }) =>
            show(Principal) === '{"Service":"cloudformation.amazonaws.com"}' &&
            valueAt(Condition?.StringEqualsIfExists, 'aws:SourceAccount') === account
              ? []
              : [`${address} trusts ${show(Principal)}`],
          ),
        ),
    ],
  },
  {
    id: 'own/quotas',
    fact: 'No stack has more than the 500 resources that CloudFormation takes',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
    check: ({ service, foundation, grounds }) =>
      [service, foundation, grounds].flatMap(({ resources }) =>
        resources.length <= 500 ? [] : [`there are ${resources.length} resources`],
      ),
  },
];

const balancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const task = 'AWS::ECS::Service';
const holdsData = [
  'AWS::S3::Bucket',
  'AWS::Logs::LogGroup',
  'AWS::ECR::Repository',
  'AWS::KMS::Key',
  'AWS::Route53::HostedZone',
];

function of({ resources }: Template, type: string): readonly TemplateResource[] {
  return resources.filter((one) => one.type === type);
}
