/** A workload in a process of its own, for tests of signals, exit codes and the probe. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface WorkloadProcess {
  readonly child: ChildProcess;
  /** Once it serves. */
  readonly port: number;
  /** All lines of its log so far. */
  readonly lines: readonly { readonly msg: string; readonly port?: number; readonly cut?: number }[];
  /** Its exit code. */
  readonly exited: Promise<number | null>;
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Runs a module of the server with settings. Standard output and standard error are pipes. */
export function runModule(name: string, environment: Record<string, string> = {}): ChildProcess {
  const ports = { HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0' };
  return spawn(process.execPath, ['--import', 'tsx', path(name)], { env: { ...process.env, ...ports, ...environment } });
}

export async function startProcess(environment: Record<string, string> = {}): Promise<WorkloadProcess> {
  const child = runModule('workload.ts', environment);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const lines: WorkloadProcess['lines'][number][] = [];
  const { stdout } = child;
  if (stdout === null) throw new Error('no standard output');
  const port = await new Promise<number>((resolve, reject) => {
    exited.then((code) => reject(new Error(`exit code ${code} before it served`)), reject);
    createInterface(stdout).on('line', (text) => {
      const line = JSON.parse(text);
      lines.push(line);
      if (line.msg === 'serving') resolve(line.port);
    });
  });
  return { child, port, lines, exited };
}
