/** nginx as it is emitted, in front of servers of this machine: started by its own script, and its log of calls. */
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { Spec } from '../../../src/spec/spec.ts';
import { findFreePorts } from '../../e2e/free-ports.ts';
import { makeTemporaryFolder } from '../../tree/temporary-folder.ts';
import { mapText, renderEdge } from './edge-files.ts';
import type { Nginx } from './find-nginx.ts';

export interface EdgeToStart {
  nginx: Nginx;
  spec: Spec;
  /** Where the server of each workload listens here, in their order. */
  servers?: readonly number[];
  /** The same as compose has it: by the workload's name, all of its replicas. */
  replicas?: Readonly<Record<string, readonly number[]>>;
  /** What is said otherwise than emitted: times that a test cannot wait for. */
  changes?: Readonly<Record<string, string>>;
  /** In seconds. */
  preStop?: number;
}

export interface RunningEdge {
  port: number;
  /** What it logged of calls so far. */
  calls(): CallLine[];
  /** What nginx itself complained of so far. */
  complaints(): string;
  /** Sends SIGTERM; resolves with the exit code. */
  stop(): Promise<number | undefined>;
  kill(): void;
}

export interface CallLine {
  path: string;
  grpcStatus: string;
  httpStatus: string;
  requestId: string;
}

/** Resolves once it takes connections. */
export async function startEdge({ nginx, spec, changes, preStop = 0, ...where }: EdgeToStart): Promise<RunningEdge> {
  const folder = makeTemporaryFolder();
  const [port = 0] = await findFreePorts(1);
  const log = join(folder, 'calls.log');
  const file = where.replicas === undefined ? 'nginx.conf' : 'compose.conf';
  const emitted = renderEdge({ ...spec, nginxVersion: nginx.version }, file);
  writeFileSync(
    join(folder, 'nginx.conf'),
    mapText(emitted, {
      ...mapServers(where),
      'listen 10080': `listen 127.0.0.1:${port}`,
      '/tmp/nginx': `${folder}/nginx`,
      '/dev/stdout': log,
      ...changes,
    }),
  );
  writeFileSync(join(folder, 'start.sh'), renderEdge(spec, 'start.sh'));
  mkdirSync(join(folder, 'bin'));
  // What the image has at nginx's own places.
  const stand = `#!/bin/sh\nexec ${nginx.command} -p ${folder} -c ${folder}/nginx.conf -e stderr "$@"\n`;
  writeFileSync(join(folder, 'bin/nginx'), stand, { mode: 0o755 });
  const child = execa('sh', [join(folder, 'start.sh')], {
    env: { PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter), PRE_STOP: String(preStop) },
    reject: false,
    buffer: false,
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const running: RunningEdge = {
    port,
    calls: () => (existsSync(log) ? readLines(log) : []),
    complaints: () => said,
    async stop() {
      child.kill('SIGTERM');
      return (await child).exitCode;
    },
    kill() {
      // The script alone would leave nginx behind.
      if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
    },
  };
  const deadline = Date.now() + 10_000;
  while (!(await takesConnections(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      running.kill();
      throw new Error(`nginx does not start:\n${said}`);
    }
    await sleep(20);
  }
  return running;
}

/** nginx makes a server of each address that a name has when it starts; no name of this machine has several. */
function mapServers({ servers = [], replicas = {} }: Pick<EdgeToStart, 'servers' | 'replicas'>) {
  const server = (port: number) => `server 127.0.0.1:${port} max_fails=0;`;
  return Object.fromEntries([
    ...servers.map((port, index) => [server(8080 + index), server(port)]),
    ...Object.entries(replicas).map(([name, ports]) => [
      `server ${name}:8080 max_fails=0;`,
      ports.map(server).join(' '),
    ]),
  ]);
}

function readLines(path: string): CallLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
