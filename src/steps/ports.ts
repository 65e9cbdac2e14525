/** How operations run other programs and tell how far they are; the door hands it in. */

export interface StepWatch {
  /** One line of what is going on right now. */
  update(line: string): void;
  succeed(): void;
  fail(): void;
}

/** Never rejects: how a program ended is judged by whoever ran it. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramEnd>;

export interface ProgramCall {
  program: string;
  args: readonly string[];
  cwd: string;
  /** When it aborts, the program is ended. */
  signal: AbortSignal;
  /** What it reads from stdin; nothing where it is left out. */
  input?: Uint8Array;
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
  /** stdout alone, its last line break included. */
  stdout?: string;
}
