/** Makes an environment on moto, plans it again, and unmakes it: the order of things, and what it asks of AWS. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Terraform } from './find-terraform.ts';
import { readActions } from './permissions.ts';
import type { Plan } from './plan.ts';
import { type CaseProofs, environmentArguments } from './prove.ts';
import { copyFolder, planRoot, removeFolder, runTerraform } from './run-terraform.ts';

export interface Applied {
  /** As Terraform counts them. */
  made: number;
  unmade: number;
  /** The plan after it: every value is known. */
  again: Plan;
  /** What the second plan would change, by type. */
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
    const changed = [...again.actions].filter(([, actions]) => !['no-op', 'read'].includes(actions.join()));
    return {
      made: Number(/(\d+) added/.exec(made)?.[1]),
      unmade: Number(/(\d+) destroyed/.exec(unmade)?.[1]),
      again,
      changes: [...new Set(changed.map(([address]) => address.replace(/\..*/, '')))].sort(),
      asked: [...new Set(asked)],
      askedByPlan: readActions(log('again')),
    };
  } finally {
    removeFolder(copy);
  }
}

/** What moto forgets: capacity providers and settings of services, and who owns what a rule refers to. */
export const forgotten = [
  'aws_ecs_service',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
];
