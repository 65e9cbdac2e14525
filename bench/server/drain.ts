/** Stops one of two servers under load, with an open Watch, and counts what failed. */
import { Client, credentials, type MethodDefinition } from '@grpc/grpc-js';
import { callOnce } from './calls.ts';
import type { GetRequest, GetResponse } from './get.ts';
import { startServer, stopServer, waitForServing } from './process.ts';

export interface DrainSample {
  /** Milliseconds from SIGTERM to the end of the process. */
  took: number;
  /** Milliseconds that the slowest call waited of those that ended meanwhile: no drain can be shorter. */
  longest: number;
  calls: number;
  failed: number;
}

const callers = 32;

export async function measureDrain(
  node: string,
  program: string,
  get: MethodDefinition<GetRequest, GetResponse>,
): Promise<DrainSample> {
  const servers = await Promise.all([0, 1].map(() => startServer(node, [program], { PRE_STOP: '0' })));
  const [first, second] = servers;
  if (first === undefined || second === undefined) throw new Error('no servers');
  await Promise.all(servers.map(waitForServing));
  // A client of both, like a load balancer.
  const client = new Client(`ipv4:127.0.0.1:${first.port},127.0.0.1:${second.port}`, credentials.createInsecure(), {
    'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  });
  const watcher = new Client(`127.0.0.1:${first.port}`, credentials.createInsecure());
  await openWatch(watcher);

  let calls = 0;
  let failed = 0;
  let longest = 0;
  let draining = false;
  let until = Number.POSITIVE_INFINITY;
  let enough: (() => void) | undefined;
  const underLoad = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const load = Array.from({ length: callers }, async () => {
    while (calls < until) {
      const called = performance.now();
      await callOnce(client, get).catch(() => failed++);
      if (draining) longest = Math.max(longest, performance.now() - called);
      calls += 1;
      if (calls === 5000) enough?.();
    }
  });
  await underLoad;
  draining = true;
  const began = performance.now();
  await stopServer(first, 'SIGTERM');
  const took = performance.now() - began;
  draining = false;
  until = calls + 1000;
  await Promise.all(load);
  client.close();
  watcher.close();
  await stopServer(second);
  return { took, longest, calls, failed };
}

/** Resolves with the first answer; the stream stays open until the server ends it. */
function openWatch(client: Client): Promise<void> {
  const asIs = (bytes: Buffer) => bytes;
  const stream = client.makeServerStreamRequest('/grpc.health.v1.Health/Watch', asIs, asIs, Buffer.alloc(0));
  stream.on('error', () => {});
  return new Promise((resolve) => stream.on('data', () => resolve()));
}
