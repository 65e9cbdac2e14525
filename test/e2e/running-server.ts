/** A server of an emitted repo as a process: started, asked for its health, told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { findFreePorts } from './free-ports.ts';
import { openClient } from './grpc-client.ts';

export interface RunningServer {
  port: number;
  metricsPort: number;
  pid: number;
  /** Sends SIGTERM; resolves with the exit code. */
  stop(): Promise<number | undefined>;
  kill(): void;
  /** What it has printed so far. */
  output(): string;
}

const patience = 30_000;

/** Resolves once it answers SERVING. Throws with its output when it ends before, or takes too long. */
export async function startServer(
  [program, ...args]: readonly [string, ...string[]],
  cwd: string,
  env: Record<string, string>,
): Promise<RunningServer> {
  const [port = 0, metricsPort = 0] = await findFreePorts(2);
  const child = execa(program, args, {
    cwd,
    env: { ...env, PORT: String(port), METRICS_PORT: String(metricsPort) },
    extendEnv: false,
    reject: false,
    buffer: false,
    all: true,
  });
  let printed = '';
  child.all.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const server: RunningServer = {
    port,
    metricsPort,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      return (await child).exitCode;
    },
    kill: () => void child.kill('SIGKILL'),
    output: () => printed,
  };
  const deadline = Date.now() + patience;
  while (!(await isServing(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      server.kill();
      throw new Error(`${args.join(' ')} does not serve:\n${printed}`);
    }
    await sleep(50);
  }
  return server;
}

/** What `grpc.health.v1.Health/Check` answers for the whole server: status 1 is SERVING. */
async function isServing(port: number): Promise<boolean> {
  const client = openClient([port]);
  try {
    return (await client.call('/grpc.health.v1.Health/Check')).equals(Buffer.from([0x08, 0x01]));
  } catch {
    return false;
  } finally {
    client.close();
  }
}
