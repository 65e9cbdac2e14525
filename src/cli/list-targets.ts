/** The verb `targets`: where a project of this version can run, and what each place is asked. */
import { type ExitCode, exitCode } from '../errors.ts';
import { listOfferedTargets } from '../spec/offered-targets.ts';
import { type Setting, settingsOf } from '../spec/schema.ts';
import { nameFlag } from './flags.ts';
import type { Output } from './output.ts';
import { wrapText } from './wrap-text.ts';

const width = 80;

export function listTargets(output: Output): ExitCode {
  const all = listOfferedTargets().map((target) => ({ ...target, settings: settingsOf(target.id).map(describe) }));
  if (output.isJson) output.printDocument({ targets: all });
  const column = Math.max(...all.map(({ id }) => id.length)) + 2;
  for (const { id, summary, settings } of all) {
    const [first, ...others] = [summary, ...listSettings(settings)].flatMap((text) => wrapText(text, width - column));
    output.print(`${output.style.bold(id)}${' '.repeat(column - id.length)}${first}`);
    for (const line of others) output.print(' '.repeat(column) + line);
  }
  return exitCode.done;
}

function listSettings(settings: readonly { flag: string; needed: boolean }[]): string[] {
  return [true, false].flatMap((kind) => {
    const flags = settings.filter(({ needed }) => needed === kind).map(({ flag }) => flag);
    return flags.length > 0 ? [`${kind ? 'needs' : 'takes'} ${flags.join(', ')}`] : [];
  });
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
