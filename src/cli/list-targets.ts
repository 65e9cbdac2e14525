/** The verb `targets`: where a project of this version can run. */
import { type ExitCode, exitCode } from '../errors.ts';
import { targets } from '../targets/targets.ts';
import type { Output } from './output.ts';

export function listTargets(output: Output): ExitCode {
  const all = Object.values(targets).map(({ id, title, summary }) => ({ id, title, summary }));
  if (output.isJson) output.printDocument({ targets: all });
  for (const { id, summary } of all) output.print(`${output.style.bold(id)}  ${summary}`);
  return exitCode.done;
}
