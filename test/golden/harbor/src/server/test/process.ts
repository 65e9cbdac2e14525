/** A workload in a process of its own, for tests of signals, exit codes and the probe. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

interface Line {
  readonly msg: string;
  readonly port: number;
  readonly cut: number;
  readonly ms: number;
}

export interface WorkloadProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** Its log so far. */
  readonly lines: readonly Line[];
  /** The line of its log with this message, once it is there. */
  logged(msg: string): Promise<Line>;
  /** Its exit code. */
  readonly exited: Promise<number | null>;
}

/** Runs a module of the server. */
export function runModule(name: string, environment: Record<string, string> = {}): ChildProcess {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const ports = { HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0' };
  return spawn(process.execPath, ['--import', 'tsx', path], { env: { ...process.env, ...ports, ...environment } });
}

/** Its exit code, and all that it wrote. */
export async function runToEnd(name: string, environment: Record<string, string> = {}) {
  const child = runModule(name, environment);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  return { code: code as number | null, output };
}

/** Runs a module that runs a workload. Resolves when it serves. */
export async function startProcess(
  environment: Record<string, string> = {},
  name = 'workload.ts',
): Promise<WorkloadProcess> {
  const child = runModule(name, environment);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const lines: Line[] = [];
  const input = createInterface(child.stdout as NodeJS.ReadableStream);
  let ended = false;
  input.on('line', (text) => lines.push(JSON.parse(text)));
  input.on('close', () => (ended = true));

  async function logged(msg: string): Promise<Line> {
    for (;;) {
      const found = lines.find((line) => line.msg === msg);
      if (found !== undefined) return found;
      if (ended) throw new Error(`it ended without saying "${msg}"`);
      await Promise.race([once(input, 'line'), once(input, 'close')]);
    }
  }

  const { port } = await logged('serving');
  return { child, port, lines, logged, exited };
}
