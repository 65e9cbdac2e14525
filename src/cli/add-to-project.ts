/** The verb `add`: has a service or a workload added to the project in the working folder, and tells what came of it. */
import { type ExitCode, exitCode, type Fault, UserError } from '../errors.ts';
import { mergeFile } from '../merge/merge-file.ts';
import type { UpgradePlan } from '../plan/upgrade-plan.ts';
import { toolVersion } from '../tool-version.ts';
import { openDisk } from '../tree/disk.ts';
import { openProtoDisk } from '../tree/proto-disk.ts';
import { type Addition, type AddPorts, type AddRequest, add } from '../upgrade/add.ts';
import { askAddition, askWorkload } from './ask-addition.ts';
import type { Asker } from './asker.ts';
import { askToWrite } from './confirm-plan.ts';
import { openAsker } from './open-asker.ts';
import type { Output } from './output.ts';
import { findPackageReference, type PackageReference } from './package-reference.ts';
import type { AddArguments } from './parse-arguments.ts';
import { showUpgrade } from './show-upgrade.ts';
import { tellUpgrade } from './tell-upgrade.ts';
import { canAsk, type World } from './world.ts';

export async function addToProject(typed: AddArguments, world: World, output: Output): Promise<ExitCode> {
  const { runProgram, signal, cwd: directory } = world;
  const asks = !typed.yes && !typed.json && canAsk(world);
  const protoDisk = openProtoDisk(directory);
  let asker: Asker | undefined;
  let reference: PackageReference | undefined;
  /** One for all questions: what is typed ahead belongs to the next one. */
  const openOnce = async (): Promise<Asker> => {
    if (asker !== undefined) return asker;
    asker = await openAsker(world);
    asker.open(`create-grpc-aws ${toolVersion}`);
    return asker;
  };
  try {
    const addition = await completeAddition(typed, asks ? openOnce : undefined);
    const title = nameAddition(addition);
    reference = await findPackageReference(world, typed.dryRun);
    const { dryRun, install } = typed;
    const request: AddRequest = { directory, dryRun, install, addition, packageReference: reference.text };
    const confirm = async (plan: UpgradePlan) => {
      const goesOn = await askToWrite(title, showUpgrade(plan, output.style), await openOnce(), world);
      asker?.close();
      output.print('');
      return goesOn;
    };
    const ports: AddPorts = {
      disk: openDisk(),
      protoDisk,
      typedDisk: protoDisk,
      templates: await world.loadTemplates(),
      toolVersion,
      merge: mergeFile,
      hasModes: world.platform !== 'win32',
      runProgram,
      signal,
      watchStep: (_, command) => output.start(command),
      loadPackage: reference.load,
      ...(asks && { chooseWorkload: async (names: readonly string[]) => askWorkload(names, await openOnce()) }),
      ...(asks && !dryRun && { confirm }),
    };
    const result = await add(request, ports);
    tellUpgrade(result, { isCheck: false, isShown: asks && !dryRun, title }, output);
    return result.code;
  } finally {
    asker?.close();
    reference?.discard();
  }
}

/** @throws UserError (usage) for what is missing where nobody can be asked */
async function completeAddition(typed: AddArguments, open?: () => Promise<Asker>): Promise<Addition> {
  const { kind, name, workload, protos } = typed;
  if (kind !== undefined && name !== undefined) return describeAddition(kind, name, workload, protos);
  if (open === undefined) throw new UserError(exitCode.usage, describeMissing(kind));
  const asked = await askAddition({ ...(kind && { kind }), ...(name !== undefined && { name }) }, await open());
  return describeAddition(asked.kind, asked.name, workload, protos);
}

function describeAddition(
  kind: Addition['kind'],
  name: string,
  workload: string | undefined,
  protos: readonly string[],
): Addition {
  if (kind === 'workload') return { kind, name, protos };
  return { kind, fullName: name, protos, ...(workload !== undefined && { workload }) };
}

function describeMissing(kind: Addition['kind'] | undefined): Fault {
  const examples = { service: 'add service orders.v1.RefundsService', workload: 'add workload billing' };
  if (kind === undefined) {
    const hint = `For example: ${examples.service}, or ${examples.workload}`;
    return { message: 'what to add is missing: a service or a workload', hint };
  }
  return { message: `the name of the ${kind} is missing`, hint: `For example: ${examples[kind]}` };
}

function nameAddition(addition: Addition): string {
  return addition.kind === 'workload'
    ? `The workload ${addition.name} is added`
    : `The service ${addition.fullName} is added`;
}
