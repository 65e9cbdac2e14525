/** Everything outside that the command line touches, handed in so that tests can be the world. */
import type { Readable, Writable } from 'node:stream';
import type { RunProgram } from '../create/ports.ts';
import type { TemplateSet } from '../render/template-set.ts';

export interface World {
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  cwd: string;
  platform: NodeJS.Platform;
  /** For bug reports: `v20.20.2`, `x64`. */
  nodeVersion: string;
  arch: string;
  stdin: Readable & { isTTY?: boolean };
  stdout: Terminal;
  stderr: Terminal;
  /** Aborts on Ctrl-C and SIGTERM. */
  signal: AbortSignal;
  /** The package that runs; absolute. */
  packageFolder: string;
  loadTemplates(): Promise<TemplateSet>;
  runProgram: RunProgram;
}

export type Terminal = Writable & { isTTY?: boolean; columns?: number };

/** Whether a person can be asked: both ends are a terminal, and no CI says otherwise. */
export function canAsk({ env, stdin, stdout }: World): boolean {
  return Boolean(stdin.isTTY && stdout.isTTY) && !isOn(env.CI);
}

/** Whether answers are asked for and told in plain lines, for screen readers and terminals that cannot redraw. */
export function isPlain({ env }: World): boolean {
  return isOn(env.ACCESSIBLE) || env.TERM === 'dumb';
}

/** An environment variable that is set and says neither 0 nor false. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false';
}
