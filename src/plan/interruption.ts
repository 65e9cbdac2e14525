/** Where files are written one by one: signals arrive in between, and what was begun can stop there. */
import { exitCode, UserError } from '../errors.ts';

/** After so many files the event loop gets its turn. */
const filesBetweenPauses = 16;

/** Goes through to the end; each step writes a file at most. */
export async function runWithPauses(steps: Iterable<unknown>): Promise<void> {
  let written = 0;
  for (const _ of steps) {
    written += 1;
    if (written % filesBetweenPauses === 0) {
      await new Promise((resume) => setImmediate(resume));
    }
  }
}

/** Throws `UserError` (exit 130). */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    const hint = 'Run the command again when you are ready.';
    throw new UserError(exitCode.interrupted, { message: 'interrupted, and nothing was written', hint });
  }
}
