/** Makes a new repo: from answers to files on disk, installed and committed. */
import type { Contract } from '../contract/contract.ts';
import { type ExitCode, exitCode } from '../errors.ts';
import { applyCreation } from '../plan/apply-creation.ts';
import type { Plan } from '../plan/plan.ts';
import { type PackageManager, packageManagerOf } from '../spec/package-managers.ts';
import type { Spec } from '../spec/spec.ts';
import { installPackages } from '../steps/install-packages.ts';
import type { StepOutcome } from '../steps/step-outcome.ts';
import { commitRepo, listCommitCommands } from './commit-repo.ts';
import type { CreationPorts } from './ports.ts';
import { type CreationRequest, prepareCreation } from './prepare-creation.ts';
import { recoverCreation } from './recover-creation.ts';

export type { ProtoAnswer } from '../contract/collect-protos.ts';
export type { StepOutcome } from '../steps/step-outcome.ts';
export type { CreationRequest, RequestedWorkload } from './prepare-creation.ts';

export interface Creation {
  /** `planned`: a dry run. `declined`: the user said no. Nothing was written then. */
  status: 'planned' | 'declined' | 'created';
  /** What the process ends with: a repo whose packages could not be installed stays, and that is exit 1. */
  code: ExitCode;
  spec: Spec;
  contract: Contract;
  plan: Plan;
  install: StepOutcome;
  git: StepOutcome;
  /** Commands that are left to run in the new folder, in order. */
  remaining: readonly string[];
}

/**
 * Throws `UserError` as long as the disk is as it was. Once the files are written they stay, whatever comes after: how
 * the installation and the commit ended, interrupts included, is in the result.
 */
export async function create(request: CreationRequest, ports: CreationPorts): Promise<Creation> {
  await recoverCreation(request, ports.disk);
  const { tree, ...prepared } = await prepareCreation(request, ports);
  const { plan } = prepared;
  if (request.dryRun) {
    return leave('planned', 'it is a dry run', prepared);
  }
  if (ports.confirm !== undefined && !(await ports.confirm(plan))) {
    return leave('declined', 'nothing was written', prepared);
  }
  const watch = ports.watchStep('write');
  try {
    await applyCreation({ plan, tree, disk: ports.disk, toolVersion: ports.toolVersion, signal: ports.signal });
    ports.placePackage?.(request.directory);
    watch.succeed();
  } catch (error) {
    watch.fail();
    throw error;
  }
  return { status: 'created', ...prepared, ...(await finish(request, packageManagerOf(prepared.spec), ports)) };
}

function leave(
  status: 'planned' | 'declined',
  reason: string,
  prepared: Pick<Creation, 'spec' | 'contract' | 'plan'>,
): Creation {
  const skipped: StepOutcome = { status: 'skipped', reason };
  return { status, code: exitCode.done, ...prepared, install: skipped, git: skipped, remaining: [] };
}

/** The installation comes first, so that the lockfile is in the commit; where it fails there is none. */
async function finish(
  { directory, name, install, git }: CreationRequest,
  manager: PackageManager,
  ports: CreationPorts,
): Promise<Pick<Creation, 'code' | 'install' | 'git' | 'remaining'>> {
  const message = `Create ${name} with create-grpc-aws ${ports.toolVersion}`;
  const unasked: StepOutcome = { status: 'skipped', reason: 'as asked' };
  const installed = install ? await installPackages(directory, manager, ports) : unasked;
  const left = installed.status === 'done' ? [] : [manager.install];
  if (!git) {
    return { code: judge(installed), install: installed, git: unasked, remaining: left };
  }
  if (judge(installed) !== exitCode.done) {
    const waiting: StepOutcome = { status: 'skipped', reason: `\`${manager.install}\` comes first` };
    const remaining = [...left, ...listCommitCommands(message)];
    return { code: judge(installed), install: installed, git: waiting, remaining };
  }
  const { outcome, remaining } = await commitRepo(directory, message, ports);
  const code = outcome.status === 'interrupted' ? exitCode.interrupted : exitCode.done;
  // The workflow installs what the lockfile says, and there is none in a commit that was made before the installation.
  const lockfile = outcome.status === 'done' && left.length > 0 ? listLockfileCommands(manager) : [];
  return { code, install: installed, git: outcome, remaining: [...left, ...remaining, ...lockfile] };
}

function listLockfileCommands({ lockfile }: PackageManager): readonly string[] {
  return [`git add ${lockfile}`, 'git commit -m "Add the lockfile"'];
}

function judge({ status }: StepOutcome): ExitCode {
  switch (status) {
    case 'failed':
      return exitCode.refused;
    case 'interrupted':
      return exitCode.interrupted;
    default:
      return exitCode.done;
  }
}
