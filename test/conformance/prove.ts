/** Makes the plans that facts are held to: of each repo's environments and bootstrap, and of files broken by hand. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameHost } from '../../src/spec/domain-names.ts';
import { imageTag, type Mutation, type Proof } from './fact.ts';
import { subject } from './facts/bootstrap.ts';
import type { Moto } from './find-moto.ts';
import { registries, type Terraform } from './find-terraform.ts';
import { type BrokenFiles, breakFiles, editFiles } from './mutate.ts';
import { readActions } from './permissions.ts';
import type { Plan } from './plan.ts';
import type { PlanCase } from './plan-cases.ts';
import type { PlanKind, ProvenTarget } from './proven-target.ts';
import type { RefusedPlan } from './refusals.ts';
import { copyFolder, layFolder, planRoot, type Root, removeFolder, runTerraform } from './run-terraform.ts';
import { type Account, startMoto } from './start-moto.ts';

export interface Tools {
  terraform: Terraform;
  moto: Moto;
}

export interface CaseProofs {
  case: PlanCase;
  account: Account;
  /** With bootstrap applied in it. */
  folder: string;
  /** Of the first environment and of production. */
  environment: Proof[];
  bootstrap: Proof[];
  replacement: Proof[];
  /** Or why there is no plan. */
  broken: Map<Mutation, Proof | Error>;
  /** What Terraform said instead of planning, its lines joined; empty where it planned. */
  refused: Map<RefusedPlan, string>;
  /** What the plan of the first environment asked of AWS. */
  asked: string[];
}

/** The caller lets go of each, also when another fails. */
export function proveCases(tools: Tools, target: ProvenTarget): Promise<CaseProofs>[] {
  const broken = breakFiles(target);
  return target.cases.map((one) =>
    proveCase(
      tools,
      target,
      one,
      broken.filter((group) => group.case === one.key),
    ),
  );
}

export async function letGo({ account, folder }: Pick<CaseProofs, 'account' | 'folder'>): Promise<void> {
  removeFolder(folder);
  await account.stop();
}

async function proveCase(
  { terraform, moto }: Tools,
  { refusedPlans, replaced }: ProvenTarget,
  one: PlanCase,
  broken: readonly BrokenFiles[],
): Promise<CaseProofs> {
  const account = await startMoto(moto, one.world);
  let folder: string | undefined;
  try {
    const infra = new Map([...one.files].filter(([path]) => path.startsWith('infra/')));
    folder = await layFolder(terraform, infra, account.env);
    const root = { terraform, folder, env: account.env };
    await applyBootstrap({ ...root, root: 'bootstrap' });
    const bootstrap = await makePlan(root, 'bootstrap');
    const prove = (plan: Plan, environment: string) => describeProof(one, account, plan, bootstrap, environment);
    const { environments } = one.spec;
    const production = environments.at(-1)!;
    const log = join(folder, 'plan.log');
    const logged = { ...root, env: { ...root.env, TF_LOG_PROVIDER: 'DEBUG', TF_LOG_PATH: log } };
    const [environment, replacement, refused, mutated] = await Promise.all([
      Promise.all(
        [environments[0]!, production].map(async (name, index) =>
          prove(await makePlan(index === 0 ? logged : root, 'environment', name), name),
        ),
      ),
      one.key === replaced.in ? planReplacement(root, replaced, new Map(), production) : undefined,
      Promise.all(
        refusedPlans
          .filter((plan) => plan.in === one.key)
          .map(async (plan) => {
            const files = editFiles(
              one,
              plan.refusals.map(({ edit }) => edit),
            );
            const said = await planBroken(root, replaced, 'environment', files, production).then(() => '', String);
            return [plan, said.replace(/\s+/g, ' ')] as const;
          }),
      ),
      Promise.all(
        broken.map(async ({ kind, files, mutations }) => {
          const plan = await planBroken(root, replaced, kind, files, production).catch((error: Error) => error);
          return mutations.map(
            (mutation) => [mutation, plan instanceof Error ? plan : prove(plan, production)] as const,
          );
        }),
      ),
    ]);
    return {
      case: one,
      account,
      folder,
      environment,
      bootstrap: [prove(bootstrap, production)],
      replacement: replacement ? [prove(replacement, production)] : [],
      broken: new Map(mutated.flat()),
      refused: new Map(refused),
      asked: readActions(log),
    };
  } catch (error) {
    if (folder !== undefined) removeFolder(folder);
    await account.stop();
    throw error;
  }
}

type Place = Omit<Root, 'root'>;

/** Without the one resource that Terraform watches for a minute; the plan after it has it. */
async function applyBootstrap(root: Root): Promise<void> {
  const override = join(root.folder, 'infra/bootstrap/quick_override.tf');
  writeFileSync(override, 'resource "aws_s3_bucket_lifecycle_configuration" "state" {\n  count = 0\n}\n');
  await runTerraform(root, 'apply', '-input=false', '-auto-approve', '-parallelism=30', ...bootstrapArguments);
  rmSync(override);
}

const bootstrapArguments = ['-var', `github_subject_prefix=${subject}`];

export function environmentArguments(environment: string): string[] {
  return [`-var-file=environments/${environment}.tfvars`, '-var', `image_tag=${imageTag}`];
}

function makePlan(place: Place, kind: PlanKind, environment = ''): Promise<Plan> {
  return kind === 'bootstrap'
    ? planRoot({ ...place, root: 'bootstrap' }, '-refresh=false', ...bootstrapArguments)
    : planRoot({ ...place, root: '.' }, '-refresh=false', ...environmentArguments(environment));
}

type Replaced = ProvenTarget['replaced'];

async function planBroken(
  place: Place,
  replaced: Replaced,
  kind: PlanKind,
  files: ReadonlyMap<string, string>,
  environment: string,
): Promise<Plan> {
  if (kind === 'replacement') return planReplacement(place, replaced, files, environment);
  const folder = copyFolder(place.folder, files);
  try {
    return await makePlan({ ...place, folder }, kind, environment);
  } finally {
    removeFolder(folder);
  }
}

async function planReplacement(
  place: Place,
  replaced: Replaced,
  files: ReadonlyMap<string, string>,
  environment: string,
): Promise<Plan> {
  const folder = copyFolder(place.folder, files);
  try {
    const registry = registries[place.terraform.command];
    writeFileSync(join(folder, 'infra/terraform.tfstate'), replaced.describeState(registry));
    return await makePlan({ ...place, folder }, 'replacement', environment);
  } finally {
    removeFolder(folder);
  }
}

function describeProof(one: PlanCase, account: Account, plan: Plan, bootstrap: Plan, environment: string): Proof {
  const { spec, topology } = one;
  return {
    plan,
    case: one,
    spec,
    topology,
    timings: one.target.timings,
    environment,
    production: environment === spec.environments.at(-1),
    hostname: nameHost(environment, spec.environments, spec.domain),
    name: `${spec.name}-${environment}`,
    bootstrap,
    subnets: account.subnets,
  };
}
