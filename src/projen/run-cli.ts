/**
 * Runs this package's own command line and waits for it: projen's synthesis is synchronous, and what the command line
 * does is not. So it also asks, tells and is interrupted as everywhere else.
 */
import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { exitCode } from '../errors.ts';

/** Returns its exit code; that of an interruption where a signal ended it. */
export function runCli(directory: string, args: readonly string[]): number {
  // Ctrl-C reaches both processes: the other one ends in order, and this one waits for it.
  const wait = (): void => {};
  process.on('SIGINT', wait);
  try {
    const argv = [join(import.meta.dirname, 'cli.js'), ...args];
    const { status, signal, error } = spawnSync(process.execPath, argv, { cwd: directory, stdio: 'inherit' });
    if (error) throw error;
    return status ?? (signal === null ? exitCode.bug : 128 + (constants.signals[signal] ?? 0));
  } finally {
    process.off('SIGINT', wait);
  }
}
