/** What becomes of an answer: an interruption where there is none, the reasons where it is refused. */
import { exitCode, UserError } from '../errors.ts';

/** The answer, where there is one. */
export function answered<T>(answer: T | undefined): T {
  if (answer !== undefined) return answer;
  throw new UserError(exitCode.interrupted, { message: 'Interrupted: nothing was written' });
}

/** What a check refuses, in words for the person who is asked. */
export async function explainRefusal(check: () => unknown): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const lines = error.faults.map(({ at, message, hint }) => {
      const told = at === undefined ? message : `${at}: ${message}`;
      // A hint that names a flag is for whoever typed one.
      return hint === undefined || hint.includes('--') ? told : `${told}. ${hint}`;
    });
    return lines.join('\n');
  }
}
