/** The one place that turns what was thrown into a message, a hint and an exit code. */
import { inspect } from 'node:util';
import { type ExitCode, exitCode, type Fault, UserError } from '../errors.ts';
import { toolVersion } from '../tool-version.ts';
import { readSystemCode, tellRefusals } from '../tree/disk-errors.ts';
import { type Output, tame } from './output.ts';
import { isOn, type World } from './world.ts';

/** Says what went wrong, as text on stderr or as the document of --json, and returns what to exit with. */
export function reportError(error: unknown, world: World, output: Output): ExitCode {
  const { code, faults } = explain(error, world);
  if (output.isJson) output.printDocument({ error: { code, faults } });
  else for (const fault of faults) output.complain(showFault(fault, output, code));
  if (isOn(world.env.DEBUG) && error instanceof Error) output.complain(tame(error.stack ?? String(error)));
  return code;
}

function explain(error: unknown, world: World): { code: ExitCode; faults: readonly Fault[] } {
  if (error instanceof UserError) return error;
  if (world.signal.aborted) return { code: exitCode.interrupted, faults: [{ message: 'Interrupted' }] };
  const systemFault = explainSystemError(error);
  if (systemFault) return { code: exitCode.refused, faults: [systemFault] };
  return { code: exitCode.bug, faults: [explainBug(error, world)] };
}

function explainBug(error: unknown, { nodeVersion, platform, arch, env }: World): Fault {
  const versions = `create-grpc-aws ${toolVersion}, Node ${nodeVersion}, ${platform} ${arch}`;
  const stack = isOn(env.DEBUG) ? 'the stack below' : 'the stack that DEBUG=1 shows';
  return {
    message: `this is a bug of create-grpc-aws: ${error instanceof Error ? `${error}` : inspect(error)}`,
    hint: `Report it with the command, ${stack}, and: ${versions}`,
  };
}

/** What only the world can be at fault for, whichever call met it. A missing file, say, may well be our own. */
const worldly = ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EMFILE'];

function explainSystemError(error: unknown): Fault | undefined {
  if (!worldly.includes(readSystemCode(error) ?? '')) return undefined;
  const path = error instanceof Error && 'path' in error ? String(error.path) : '.';
  try {
    tellRefusals('go on', path, () => {
      throw error;
    });
  } catch (told) {
    if (told instanceof UserError) return told.faults[0];
  }
  return undefined;
}

function showFault({ at, message, hint }: Fault, { errorStyle }: Output, code: ExitCode): string {
  const label = code === exitCode.interrupted ? '' : errorStyle.red('error: ');
  const place = at === undefined ? '' : `${errorStyle.bold(tame(at))}: `;
  const lines = [`${label}${place}${tame(message)}`];
  if (hint !== undefined) lines.push(`  ${errorStyle.cyan('hint:')} ${tame(hint)}`);
  return lines.join('\n');
}
