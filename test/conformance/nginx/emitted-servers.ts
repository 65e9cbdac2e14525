/** The emitted repo whose servers stand behind nginx here: two workloads, built once for all tests of a file. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { type RunningServer, startServer } from '../../e2e/running-server.ts';
import { userShell } from '../../e2e/user-shell.ts';
import { asCheckedOut, emitCase } from '../../golden/emit.ts';
import { largestMessage } from './edge-client.ts';

export const workloads = ['orders', 'billing'] as const;
export type WorkloadName = (typeof workloads)[number];

export interface EmittedServers {
  path: string;
  start(workload: WorkloadName, settings?: Record<string, string>): Promise<RunningServer>;
  remove(): void;
}

/** Emits, installs and builds. */
export async function buildServers(): Promise<EmittedServers> {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-nginx-'));
  const flags = workloads.flatMap((name) => ['--workload', name]);
  const path = emitCase({ name: 'shop', flags }, folder, process.execPath, asCheckedOut);
  echoMetadata(join(path, 'src/workloads/billing/billing.v1.BillingService.ts'));
  const env = userShell(process.execPath);
  const npm = (...args: string[]) => execa('npm', args, { cwd: path, env, extendEnv: false, all: true });
  await npm('install', '--prefer-offline');
  await npm('run', 'build');
  return {
    path,
    start: (workload, settings = {}) =>
      startServer([process.execPath, join('dist', workload, 'server.cjs')], path, {
        ...env,
        MAX_MESSAGE_BYTES: String(largestMessage),
        ...settings,
      }),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

/** As its owner would: Get sends back what it is told under names that begin with `echo`, before and after its answer. */
function echoMetadata(handler: string): void {
  const emitted = 'async get({ id }, { replica }) {\n';
  const text = readFileSync(handler, 'utf8');
  if (!text.includes(emitted)) throw new Error('the sample has another handler of Get');
  const echoing = `async get({ id }, call) {
    const { replica } = call;
    const echoed = call.metadata.clone();
    for (const name of Object.keys(echoed.getMap())) if (!name.startsWith('echo')) echoed.remove(name);
    call.sendHeader(echoed);
    call.trailer.merge(echoed);
`;
  writeFileSync(handler, text.replace(emitted, echoing));
}
