/** The verb `targets`: where a project of this version can run, and what each place is asked. */
import { type ExitCode, exitCode } from '../errors.ts';
import { listOfferedTargets } from '../spec/offered-targets.ts';
import { type Setting, settingsOf } from '../spec/schema.ts';
import { nameFlag } from './flags.ts';
import type { Output } from './output.ts';

export function listTargets(output: Output): ExitCode {
  const all = listOfferedTargets().map((target) => ({ ...target, settings: settingsOf(target.id).map(describe) }));
  if (output.isJson) output.printDocument({ targets: all });
  for (const { id, summary, settings } of all) {
    output.print(`${output.style.bold(id)}  ${summary}`);
    for (const kind of [true, false]) {
      const shown = settings.filter(({ needed }) => needed === kind).map(({ flag }) => flag);
      if (shown.length > 0) output.print(`  ${kind ? 'needs' : 'takes'} ${shown.join(', ')}`);
    }
  }
  return exitCode.done;
}

function describe(setting: Setting) {
  const { name, node } = setting;
  return {
    name,
    flag: `--${nameFlag(setting)}`,
    description: node.description,
    needed: node.needed ?? false,
    ...(node.default !== undefined && { default: node.default }),
    ...(node.enum && { values: node.enum }),
  };
}
