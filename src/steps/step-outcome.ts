/** How a step after the writing ended: the files are there whatever came of it. */
import type { Fault } from '../errors.ts';
import type { ProgramEnd } from './ports.ts';

export type StepOutcome =
  | { status: 'done' }
  | { status: 'skipped'; reason: string }
  /** `output` holds the last lines of the program that failed. */
  | { status: 'failed'; fault: Fault; output: string }
  | { status: 'interrupted'; fault: Fault };

const keptLines = 20;

/** The end of a program that did not do its work; `command` is what the user may run instead. */
export function describeFailure(command: string, { exitCode, startFault, output }: ProgramEnd): StepOutcome {
  const end = startFault ?? (exitCode === undefined ? 'it was ended by a signal' : `exit code ${exitCode}`);
  const lines = output.trimEnd().split('\n').slice(-keptLines).join('\n');
  const hint = `Run it again in the project's folder: \`${command}\`.`;
  return { status: 'failed', fault: { message: `\`${command}\` failed: ${end}`, hint }, output: lines };
}

export function describeInterrupt(command: string): StepOutcome {
  const hint = `Run it again in the project's folder: \`${command}\`.`;
  return {
    status: 'interrupted',
    fault: { message: `interrupted during \`${command}\`; the files are written`, hint },
  };
}
