/** Runs another program for the user: npm, git. The only import of execa, which finds `npm.cmd` on Windows. */
import { execa } from 'execa';

export interface ProgramCall {
  program: string;
  args: readonly string[];
  cwd: string;
  /** When it aborts, the program is told to end, and killed if it does not. */
  signal: AbortSignal;
  /** Each line of stdout and stderr as it comes. */
  onLine?(line: string): void;
}

export interface ProgramEnd {
  /** Undefined: it could not be started, or a signal ended it. */
  exitCode: number | undefined;
  /** Why it could not be started, in one line; or undefined. */
  startFault?: string;
  /** stdout and stderr as they came. */
  output: string;
}

/** Never rejects: how a program ended is for the caller to judge. */
export async function runProgram({ program, args, cwd, signal, onLine }: ProgramCall): Promise<ProgramEnd> {
  const child = execa(program, [...args], { cwd, cancelSignal: signal, stdin: 'ignore', all: true, reject: false });
  const lines: string[] = [];
  try {
    for await (const line of child.iterable({ from: 'all' })) {
      lines.push(line);
      onLine?.(line);
    }
  } catch {
    // The result below says what ended it.
  }
  const result = await child;
  const startFault =
    result.failed && result.exitCode === undefined && !result.isTerminated ? result.originalMessage : undefined;
  return { exitCode: result.exitCode, output: lines.join('\n'), ...(startFault !== undefined && { startFault }) };
}
