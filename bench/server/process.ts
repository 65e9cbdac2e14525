/** A server in a process of its own: started, asked whether it serves, its CPU and memory read, and ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { connect as connectSocket, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Running {
  port: number;
  child: ChildProcess;
}

/** None outlives a benchmark that fails. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** On a free port; resolves at once, whether or not it listens yet. */
export async function startServer(
  node: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Running> {
  const port = await findFreePort();
  const child = spawn(node, [...args], {
    // A log that goes nowhere is still written: that is part of what is measured.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), METRICS_PORT: '0', ...environment },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return { port, child };
}

/** Resolves when a connection is taken. */
export async function waitForPort({ port, child }: Running): Promise<void> {
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`a server ended with ${child.exitCode} before it listened`);
    await sleep(1);
  }
}

/** Resolves when the server answers that it is SERVING. */
export async function waitForServing(server: Running): Promise<void> {
  await waitForPort(server);
  for (;;) {
    const session = connect(`http://127.0.0.1:${server.port}`);
    // It ends the stream too, which is asked again.
    session.on('error', () => {});
    const answer = await checkHealth(session).catch(() => Buffer.alloc(0));
    session.destroy();
    // HealthCheckResponse { status: SERVING }, framed.
    if (answer.equals(Buffer.from([0, 0, 0, 0, 2, 8, 1]))) return;
    await sleep(1);
  }
}

async function checkHealth(session: ClientHttp2Session): Promise<Buffer> {
  const stream = session.request({
    ':method': 'POST',
    ':path': '/grpc.health.v1.Health/Check',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.end(Buffer.alloc(5));
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Resolves when the process is gone. */
export async function stopServer({ child }: Running, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** Milliseconds of CPU, of user and kernel, since the process began. Reads /proc, whose clock ticks 100 times a second. */
export function readCpu({ child }: Running): number {
  // The second field is the name in brackets, which may hold spaces.
  const [, fields = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(/\) (?=[A-Z] )/);
  const [, , , , , , , , , , , user, system] = fields.split(' ');
  return (Number(user) + Number(system)) * 10;
}

/** Resident memory in bytes. */
export function readMemory({ child }: Running): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** Below those that systems give to outgoing connections, of which there are thousands here. */
let lastPort = 20_000 + (process.pid % 10_000);

async function findFreePort(): Promise<number> {
  for (;;) {
    const port = ++lastPort;
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
