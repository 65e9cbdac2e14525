/** The verb `eject`: has the project in the working folder go on without this tool, and tells what came of it. */
import type { ExitCode } from '../errors.ts';
import { mergeFile } from '../merge/merge-file.ts';
import { toolVersion } from '../tool-version.ts';
import { openDisk } from '../tree/disk.ts';
import { openProtoDisk } from '../tree/proto-disk.ts';
import { type Ejection, type EjectionPlan, eject } from '../upgrade/eject.ts';
import { confirmPlan } from './confirm-plan.ts';
import { type Output, tame } from './output.ts';
import type { EjectArguments } from './parse-arguments.ts';
import { countVerdicts, showUpgrade } from './show-upgrade.ts';
import { tellOutcome } from './tell-outcome.ts';
import { canAsk, type World } from './world.ts';

const title = 'This project goes on without create-grpc-aws';

export async function ejectProject(typed: EjectArguments, world: World, output: Output): Promise<ExitCode> {
  const { runProgram, signal, cwd: directory } = world;
  const { dryRun, install } = typed;
  const asks = !typed.yes && !typed.json && !dryRun && canAsk(world);
  const confirm = (plan: EjectionPlan, mentions: readonly string[]) =>
    confirmPlan(title, showEjection({ plan, mentions }, output), world, output);
  const result = await eject(
    { directory, dryRun, install },
    {
      disk: openDisk(),
      protoDisk: openProtoDisk(directory),
      templates: await world.loadTemplates(),
      toolVersion,
      merge: mergeFile,
      hasModes: world.platform !== 'win32',
      runProgram,
      signal,
      watchStep: (_, command) => output.start(command),
      ...(asks && { confirm }),
    },
  );
  tellEjection(result, asks, output);
  return result.code;
}

function tellEjection(ejection: Ejection, isShown: boolean, output: Output): void {
  const { code, status, plan, earlier, edited, mentions, install, notes, remaining } = ejection;
  const { print, style, signs } = output;
  if (output.isJson) output.printDocument({ code, status, plan, earlier, edited, mentions, install, notes, remaining });
  if (status === 'declined') {
    print('Nothing was written.');
    return;
  }
  if (!isShown) print(showEjection(ejection, output));
  for (const path of edited) print(`  left as it is, for somebody edited it since: ${path}`);
  for (const note of notes) output.complain(`${output.errorStyle.yellow('note: ')}${tame(note)}`);
  if (status === 'planned') {
    print('A dry run: nothing was written.');
    return;
  }
  print(`${style.green(signs.done)} ${title}: ${countVerdicts(plan.totals)}`);
  if (install.status !== 'skipped') tellOutcome('install', install, output);
  if (remaining.length > 0) print(['', style.bold('Next'), ...remaining.map((line) => `  ${line}`)].join('\n'));
}

function showEjection({ plan, mentions }: Pick<Ejection, 'plan' | 'mentions'>, { style }: Output): string {
  const words =
    mentions.length === 0
      ? []
      : ['Words about the tool stay, for you to change where they mislead:', ...mentions.map((place) => `  ${place}`)];
  return [showUpgrade({ ...plan, moves: [] }, style), ...words].join('\n');
}
