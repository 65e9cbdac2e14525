/**
 * How this door ends: projen has no way to be told of an exit code, and would print a stack where there is nothing to
 * debug. What failed was told before.
 */
import { type ExitCode, exitCode, UserError } from '../errors.ts';

export function stop(code: ExitCode | number): never {
  process.exit(code);
}

/** What an action returns; a fault that the user can mend is told, and ends the process. */
export function stopAtFaults<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { at, message, hint } of error.faults) {
      const lines = [`error: ${at === undefined ? '' : `${at}: `}${message}`, ...(hint ? [`  hint: ${hint}`] : [])];
      process.stderr.write(`${lines.join('\n')}\n`);
    }
    return stop(error.code || exitCode.bug);
  }
}
