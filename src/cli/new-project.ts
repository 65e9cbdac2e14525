/** The verb `new`: gathers the answers, asks for what is open, has the repo created, and tells what came of it. */
import { resolve } from 'node:path';
import { type CreationRequest, create } from '../create/create.ts';
import type { CreationPorts } from '../create/ports.ts';
import type { ExitCode } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { inspectTarget, planCreation } from '../plan/plan-creation.ts';
import { toolVersion } from '../tool-version.ts';
import { type Disk, openDisk } from '../tree/disk.ts';
import { openProtoDisk } from '../tree/proto-disk.ts';
import { askAnswers } from './ask-answers.ts';
import type { Asker } from './asker.ts';
import { findCaller } from './find-caller.ts';
import { completeAnswers, type GatheredAnswers, gatherAnswers } from './gather-answers.ts';
import { openAsker } from './open-asker.ts';
import type { Output } from './output.ts';
import { findPackageReference, type PackageReference } from './package-reference.ts';
import type { NewArguments } from './parse-arguments.ts';
import type { Progress } from './progress.ts';
import { showPlan } from './show-plan.ts';
import { showSettings } from './show-settings.ts';
import { answered } from './take-answers.ts';
import { listSteps, tellCreation } from './tell-creation.ts';
import { canAsk, isOn, type World } from './world.ts';

export async function newProject(typed: NewArguments, world: World, output: Output): Promise<ExitCode> {
  const asks = !typed.yes && !typed.json && canAsk(world);
  const given = proposeManager(gatherAnswers(typed, world.cwd, asks ? undefined : explainSilence(typed, world)), world);
  const disk = openDisk();
  const protoDisk = openProtoDisk(world.cwd);
  const templates = await world.loadTemplates();
  const asker = asks ? await openAsker(world) : undefined;
  let reference: PackageReference | undefined;
  try {
    const answers = asker ? await converse(asker, given, world, disk) : given;
    reference = await findPackageReference(world, typed.dryRun);
    const request: CreationRequest = {
      ...completeAnswers(answers, world.cwd),
      dryRun: typed.dryRun,
      packageReference: reference.text,
    };
    const ports: CreationPorts = {
      disk,
      protoDisk,
      templates,
      toolVersion,
      signal: world.signal,
      runProgram: world.runProgram,
      placePackage: reference.place,
      watchStep: (step, command = 'git commit') => (step === 'write' ? silent : output.start(command)),
      ...(asker && { confirm: (plan: Plan) => confirm(asker, plan, request, world, output) }),
    };
    const creation = await create(request, ports);
    tellCreation(creation, request, world, output);
    return creation.code;
  } finally {
    asker?.close();
    reference?.discard();
  }
}

/** Whoever has a package manager make a repo means to go on with it; what was said wins, and the plan shows it. */
function proposeManager(given: GatheredAnswers, { env }: World): GatheredAnswers {
  const packageManager = given.settings?.packageManager ?? findCaller(env);
  return packageManager === undefined ? given : { ...given, settings: { ...given.settings, packageManager } };
}

/** It is over before anybody could read what it says. */
const silent: Progress = { update() {}, succeed() {}, fail() {} };

/** Why nobody is asked. */
function explainSilence({ yes, json }: NewArguments, { env }: World): string {
  const because = yes ? '--yes' : json ? '--json' : isOn(env.CI) ? 'CI' : undefined;
  return because ? `with ${because} nothing is asked` : 'there is no terminal to ask on';
}

function converse(asker: Asker, given: GatheredAnswers, { cwd }: World, disk: Disk): Promise<GatheredAnswers> {
  asker.open(`create-grpc-aws ${toolVersion}`);
  const checkDirectory = (directory: string) => {
    // Any tree will do: what is in the way is in the way of all.
    planCreation(inspectTarget(disk, resolve(cwd, directory)), new Map());
  };
  const checkProtos = async (protos: readonly string[]) => {
    const { collectProtos } = await import('../contract/collect-protos.ts');
    await collectProtos({ workloads: [{ name: 'it', protos }], disk: openProtoDisk(cwd) });
  };
  if (given.directory !== undefined) checkDirectory(given.directory);
  return askAnswers(given, { asker, cwd, checkDirectory, checkProtos });
}

async function confirm(
  asker: Asker,
  plan: Plan,
  request: CreationRequest,
  { signal }: World,
  { style, print }: Output,
): Promise<boolean> {
  const settings = showSettings(request, style);
  const lines = [...settings, ...(settings.length > 0 ? [''] : []), showPlan(plan, listSteps(request), style)];
  asker.tell(`${request.name}, for the target ${request.target}`, lines.join('\n'));
  const goesOn = answered(await asker.askYes('Create it?'));
  asker.close();
  print('');
  return goesOn && !signal.aborted;
}
