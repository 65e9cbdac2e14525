/** Makes an environment on moto, plans it again, and unmakes it: the order of things, and what it asks of AWS. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Terraform } from './find-terraform.ts';
import { findForbidden, readActions, readAllowed } from './permissions.ts';
import { type Plan, valueAt } from './plan.ts';
import { type CaseProofs, environmentArguments } from './prove.ts';
import { copyFolder, planRoot, removeFolder, runTerraform } from './run-terraform.ts';

export interface Applied {
  /** As Terraform counts them. */
  made: number;
  unmade: number;
  /** The plan after it: every value is known. */
  again: Plan;
  /** What the second plan would change: types and their attributes. */
  changes: string[];
  /** Kinds of calls to AWS, of everything together and of the second plan. */
  asked: string[];
  askedByPlan: string[];
}

/** moto starts no tasks, so nothing would ever be steady. */
const override = 'resource "aws_ecs_service" "workload" {\n  wait_for_steady_state = false\n}\n';

export async function applyCase(terraform: Terraform, { case: repo, account, folder }: CaseProofs): Promise<Applied> {
  const copy = copyFolder(folder, new Map());
  try {
    writeFileSync(join(copy, 'infra/steady_override.tf'), override);
    const log = (name: string) => join(copy, `${name}.log`);
    const root = (name: string) => ({
      terraform,
      folder: copy,
      root: '.',
      env: { ...account.env, TF_LOG_PROVIDER: 'DEBUG', TF_LOG_PATH: log(name) },
    });
    const told = environmentArguments(repo.spec.environments[0]!);
    const run = (verb: string) =>
      runTerraform(root(verb), verb, '-input=false', '-auto-approve', '-parallelism=30', ...told);
    const made = await run('apply');
    const again = await planRoot(root('again'), ...told);
    const unmade = await run('destroy');
    const asked = ['apply', 'again', 'destroy'].flatMap((name) => readActions(log(name)));
    const changes = [...again.changes].flatMap(([address, names]) => {
      const type = address.replace(/\..*/, '');
      return names.length > 0 ? names.map((name) => `${type}.${name}`) : [`${type} itself`];
    });
    return {
      made: Number(/(\d+) added/.exec(made)?.[1]),
      unmade: Number(/(\d+) destroyed/.exec(unmade)?.[1]),
      again,
      changes: [...new Set(changes)].sort(),
      asked: [...new Set(asked)],
      askedByPlan: readActions(log('again')),
    };
  } finally {
    removeFolder(copy);
  }
}

/** What moto forgets or tells otherwise, so that a second plan would mend it. */
export const forgotten: readonly string[] = [
  'aws_ecs_service.availability_zone_rebalancing',
  'aws_ecs_service.capacity_provider_strategy',
  'aws_ecs_service.deployment_controller',
  'aws_ecs_service.enable_ecs_managed_tags',
  'aws_ecs_service.health_check_grace_period_seconds',
  'aws_vpc_security_group_egress_rule.description',
  'aws_vpc_security_group_egress_rule.referenced_security_group_id',
  'aws_vpc_security_group_ingress_rule.description',
  'aws_vpc_security_group_ingress_rule.referenced_security_group_id',
];

/** What went otherwise than it should: a sentence each. */
export function tellFaults({ environment, bootstrap }: CaseProofs, applied: Applied): string[] {
  const { made, unmade, again, changes, asked, askedByPlan } = applied;
  const [first] = environment;
  const planned = first?.plan.resources.length;
  const forbidden = (role: string, actions: readonly string[]) =>
    findForbidden(actions, readAllowed(bootstrap[0]!.plan, role)).map((action) => `${role} may not ${action}`);
  const groups = new Map(again.of('aws_lb_target_group').map(({ index, values }) => [index, valueAt(values, 'arn')]));
  return [
    ...(made === planned ? [] : [`${made} were made of ${planned}`]),
    ...(unmade === made ? [] : [`${unmade} were unmade of ${made}`]),
    ...changes.filter((change) => !forgotten.includes(change)).map((change) => `a second plan changes ${change}`),
    ...forbidden('plan', askedByPlan),
    ...forbidden(`deploy-${first?.environment}`, asked),
    ...again
      .of('aws_lb_listener_rule')
      .flatMap(({ address, values }) =>
        valueAt(values, 'action.0.target_group_arn') === groups.get(String(valueAt(values, 'tags.Workload')))
          ? []
          : [`${address} leads to another workload`],
      ),
  ];
}
