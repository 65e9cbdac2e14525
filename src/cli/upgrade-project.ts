/** The verb `upgrade`: has the project in the working folder brought up to date, and tells what came of it. */
import type { ExitCode } from '../errors.ts';
import { exitCode } from '../errors.ts';
import { mergeFile } from '../merge/merge-file.ts';
import type { UpgradePlan } from '../plan/upgrade-plan.ts';
import { toolVersion } from '../tool-version.ts';
import { openDisk } from '../tree/disk.ts';
import { openProtoDisk } from '../tree/proto-disk.ts';
import { abortUpgrade } from '../upgrade/abort-upgrade.ts';
import { draftAnswers } from '../upgrade/draft-answers.ts';
import { noteAnswers } from '../upgrade/note-answers.ts';
import type { UpgradePorts } from '../upgrade/ports.ts';
import { type UpgradeRequest, upgrade } from '../upgrade/upgrade.ts';
import { confirmPlan } from './confirm-plan.ts';
import type { Output } from './output.ts';
import { findPackageReference } from './package-reference.ts';
import type { UpgradeArguments } from './parse-arguments.ts';
import { readConfig } from './read-config.ts';
import { showUpgrade } from './show-upgrade.ts';
import { nameUpgrade, tellAbortion, tellUpgrade } from './tell-upgrade.ts';
import { canAsk, type World } from './world.ts';

export async function upgradeProject(typed: UpgradeArguments, world: World, output: Output): Promise<ExitCode> {
  const { runProgram, signal, cwd: directory } = world;
  const disk = openDisk();
  if (typed.abort) {
    tellAbortion(await abortUpgrade(directory, { disk, runProgram, signal }), output);
    return exitCode.done;
  }
  const { check, dryRun, install } = typed;
  const config = typed.config === undefined ? undefined : readConfig(typed.config, directory);
  const asks = !typed.yes && !typed.json && !check && !dryRun && canAsk(world);
  const confirm = (plan: UpgradePlan) =>
    confirmPlan(nameUpgrade({ plan }), showUpgrade(plan, output.style), world, output);
  const reference = await findPackageReference(world, check || dryRun);
  try {
    const request: UpgradeRequest = {
      directory,
      check,
      dryRun,
      install,
      packageReference: reference.text,
    };
    const ports: UpgradePorts = {
      disk,
      protoDisk: openProtoDisk(directory),
      templates: await world.loadTemplates(),
      toolVersion,
      merge: mergeFile,
      hasModes: world.platform !== 'win32',
      runProgram,
      signal,
      watchStep: (_, command) => output.start(command),
      loadPackage: reference.load,
      ...(asks && { confirm: confirm }),
    };
    const result = await upgrade(request, ports, config && draftAnswers(config.answers, config.locate));
    // Whoever gives answers has projen run, or knows.
    const note = config === undefined ? noteAnswers(disk, directory) : undefined;
    const notes = note === undefined ? result.notes : [...result.notes, note];
    tellUpgrade({ ...result, notes }, { isCheck: check, isShown: asks }, output);
    return result.code;
  } finally {
    reference.discard();
  }
}
