/** The one place that turns what was thrown into a message, a hint and an exit code. */
import { type ExitCode, exitCode, type Fault, UserError } from '../errors.ts';
import { toolVersion } from '../tool-version.ts';
import { type Output, tame } from './output.ts';
import { isOn, type World } from './world.ts';

/** Says what went wrong, as text on stderr or as the document of --json, and returns what to exit with. */
export function reportError(error: unknown, world: World, output: Output): ExitCode {
  const { code, faults } = explain(error, world);
  if (output.isJson) output.printDocument({ error: { code, faults } });
  else if (code === exitCode.interrupted)
    output.complain(faults.map((fault) => showFault(fault, output, '')).join('\n'));
  else output.complain(faults.map((fault) => showFault(fault, output, 'error: ')).join('\n'));
  const isExpected = code !== exitCode.bug;
  if (isExpected ? isDebugging(world) && error instanceof Error : true)
    output.complain(explainBug(error, world, isExpected));
  return code;
}

function explain(error: unknown, world: World): { code: ExitCode; faults: readonly Fault[] } {
  if (error instanceof UserError) return error;
  if (world.signal.aborted) return { code: exitCode.interrupted, faults: [{ message: 'Interrupted' }] };
  const systemFault = explainSystemError(error);
  if (systemFault) return { code: exitCode.refused, faults: [systemFault] };
  return {
    code: exitCode.bug,
    faults: [{ message: error instanceof Error ? `${error}` : `thrown: ${String(error)}` }],
  };
}

/** What the operating system refuses, whichever call met it. */
const systemHints: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space on that disk, then run this again',
  EDQUOT: 'Free some of your disk quota, then run this again',
  EACCES: 'Choose a folder that you may write to',
  EPERM: 'Choose a folder that you may write to',
  EROFS: 'Choose a folder on a disk that can be written to',
  EMFILE: 'Close some programs, or raise the limit of open files: ulimit -n 4096',
  ENAMETOOLONG: 'Choose a shorter path',
};

function explainSystemError(error: unknown): Fault | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  const hint = systemHints[String(error.code)];
  if (hint === undefined) return undefined;
  return { message: error.message, hint, ...('path' in error && { at: String(error.path) }) };
}

function showFault({ at, message, hint }: Fault, { errorStyle }: Output, label: string): string {
  const place = at === undefined ? '' : `${tame(at)}: `;
  const first = `${errorStyle.red(label)}${errorStyle.bold(place)}${tame(message)}`;
  return hint === undefined ? first : `${first}\n  ${errorStyle.cyan('hint:')} ${tame(hint)}`;
}

function explainBug(error: unknown, world: World, isExpected: boolean): string {
  const stack = error instanceof Error ? `${error.stack ?? error}` : String(error);
  if (isExpected) return tame(stack);
  return [
    'This is a bug of create-grpc-aws, not of yours. Please report it with the line above, the command, and this:',
    `  create-grpc-aws ${toolVersion}, Node ${world.nodeVersion}, ${world.platform} ${world.arch}`,
    isDebugging(world) ? tame(stack) : '  For the stack, run it again with DEBUG=1',
  ].join('\n');
}

function isDebugging({ env }: World): boolean {
  return isOn(env.DEBUG);
}
