/** How a chosen stop is told: the one error class that reaches users, and the exit codes of every door. */

/** What a process of ours ends with; the same for every verb; README.md has the table. */
export const exitCode = {
  done: 0,
  /** The world refuses: disk, folder, proto, network. */
  refused: 1,
  /** The command line or an answer is wrong. */
  usage: 2,
  /** Something was found: conflicts, drift, findings of error level. */
  found: 3,
  /** A bug of ours. */
  bug: 70,
  /** Ctrl-C or SIGTERM. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** One reason to stop. `at` is a path, a flag or `file:line:column`; `hint` is one imperative with the exact command. */
export interface Fault {
  message: string;
  at?: string;
  hint?: string;
}

/**
 * A stop that the user can mend. Everything else that is thrown is a bug of ours.
 * Several faults of one kind are told at once, so that nobody mends them one run at a time.
 */
export class UserError extends Error {
  readonly code: ExitCode;
  readonly faults: readonly Fault[];

  constructor(code: ExitCode, faults: Fault | readonly Fault[], options?: { cause?: unknown }) {
    const all = Array.isArray(faults) ? (faults as readonly Fault[]) : [faults as Fault];
    super(all.map((fault) => (fault.at ? `${fault.at}: ${fault.message}` : fault.message)).join('\n'), options);
    this.name = 'UserError';
    this.code = code;
    this.faults = all;
  }
}
