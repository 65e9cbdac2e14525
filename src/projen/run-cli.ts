/**
 * Runs this package's own command line and waits for it: projen's synthesis is synchronous, and what the command line
 * does is not. So it also asks, tells and is interrupted as everywhere else.
 */
import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { exitCode } from '../errors.ts';

/** Returns its exit code. */
export function runCli(directory: string, args: readonly string[]): number {
  return runAndWait(process.execPath, [join(import.meta.dirname, 'cli.js'), ...args], directory, {
    // An emitted repo that projen manages names this package; the command line finds out where it came from.
    GRPC_AWS_PACKAGE: process.env.GRPC_AWS_PACKAGE ?? 'auto',
  });
}

/** Returns its exit code; that of an interruption where a signal ended it. */
export function runAndWait(
  program: string,
  args: readonly string[],
  directory: string,
  env: Readonly<Record<string, string>> = {},
): number {
  // Ctrl-C reaches both processes: the other one ends in order, and this one waits for it.
  const wait = (): void => {};
  process.on('SIGINT', wait);
  try {
    const options = { cwd: directory, stdio: 'inherit', env: { ...process.env, ...env } } as const;
    const { status, signal, error } = spawnSync(program, [...args], options);
    if (error) throw error;
    return status ?? (signal === null ? exitCode.bug : 128 + (constants.signals[signal] ?? 0));
  } finally {
    process.off('SIGINT', wait);
  }
}
