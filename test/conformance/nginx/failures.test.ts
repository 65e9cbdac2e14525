import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { sampleContract } from '../../../src/contract/sample.ts';
import { ecsNlbNginx } from '../../../src/targets/ecs-nlb-nginx.ts';
import type { RunningServer } from '../../e2e/running-server.ts';
import { encodeText, keepCalling, openEdgeClient } from './edge-client.ts';
import { describeEdgeSpec } from './edge-files.ts';
import { buildServers, type EmittedServers } from './emitted-servers.ts';
import { findNginx, type Nginx } from './find-nginx.ts';
import { probe } from './find-probe.ts';
import { openRawCall } from './raw-call.ts';
import { startEdge } from './running-edge.ts';

const found = findNginx();
/** Told as one that is skipped, where there is none. */
const installed = typeof found === 'string' ? [{ version: 'any version', command: '' }] : found;
const spec = describeEdgeSpec(['orders']);
const get = { path: '/orders.v1.OrdersService/Get', requests: [encodeText('7')] };

let emitted: EmittedServers;

beforeAll(async () => {
  if (typeof found !== 'string') emitted = await buildServers();
}, 240_000);

afterAll(() => emitted?.remove(), 60_000);

async function startTask(nginx: Nginx, changes: Record<string, string> = {}, settings: Record<string, string> = {}) {
  const server = await emitted.start('orders', settings);
  onTestFinished(() => server.kill());
  const edge = await startEdge({ nginx, spec, servers: [server.port], changes });
  onTestFinished(() => edge.kill());
  const { call, close } = openEdgeClient(edge.port);
  onTestFinished(close);
  return { server, edge, call };
}

/** From then on it takes connections, as the kernel does for it, and answers nothing. */
function hang({ pid }: RunningServer): () => void {
  process.kill(pid, 'SIGSTOP');
  return () => process.kill(pid, 'SIGCONT');
}

describe.for(installed)('through nginx $version', (nginx) => {
  const proven = (name: string, prove: () => Promise<void>) =>
    test(name, { timeout: 30_000 }, async ({ skip }) => (typeof found === 'string' ? skip(found) : prove()));

  proven('a server that hangs makes the probe fail sooner than ECS gives it up, and is told of', async () => {
    const { server, edge, call } = await startTask(nginx);
    const check = readCheck();
    const ask = () => probe(check.command, edge.port, emitted.path);
    expect(await ask()).toMatchObject({ code: 0 });
    const wake = hang(server);
    const failed = await ask();
    expect(failed.code, failed.said).not.toBe(0);
    expect(failed.said).not.toBe('');
    expect(failed.took).toBeLessThan(1000 * check.timeout);
    // What went well before is not logged, what failed is.
    await expect.poll(() => edge.calls().map(({ path }) => path)).toEqual(['/grpc.health.v1.Health/Check']);
    wake();
    await call(get);
    expect(await ask()).toMatchObject({ code: 0 });
  });

  proven('a server that is stopping makes the probe fail, and still answers calls', async () => {
    const { server, edge, call } = await startTask(nginx, {}, { PRE_STOP: '2' });
    const stopped = server.stop();
    await expect
      .poll(async () => (await probe(readCheck().command, edge.port, emitted.path)).code, { timeout: 1500 })
      .not.toBe(0);
    expect((await call(get)).messages).toHaveLength(1);
    expect(await stopped).toBe(0);
  });

  proven('a server that is gone is UNAVAILABLE, in headers alone', async () => {
    const { server, edge, call } = await startTask(nginx);
    await call(get);
    server.kill();
    await expect.poll(async () => (await openRawCall(edge.port, get.path)).headers['grpc-status']).toBe('14');
    await expect(call(get)).rejects.toMatchObject({
      code: status.UNAVAILABLE,
      details: 'the server does not answer',
    });
    const { headers, isAlone } = await openRawCall(edge.port, get.path);
    expect(headers).toMatchObject({ ':status': 200, 'content-type': 'application/grpc' });
    expect(isAlone).toBe(true);
    expect(edge.complaints()).toContain('Connection refused');
    await expect.poll(() => edge.calls().at(-1)?.grpcStatus).toBe('14');
  });

  proven('a server that says nothing for longer than a stream may be silent is UNAVAILABLE', async () => {
    const { server, edge, call } = await startTask(nginx, { 'grpc_read_timeout 300s': 'grpc_read_timeout 1s' });
    onTestFinished(hang(server));
    await expect(call(get)).rejects.toMatchObject({
      code: status.UNAVAILABLE,
      details: 'the server does not answer',
    });
    expect(edge.complaints()).toContain('upstream timed out');
  });

  proven('connections to the server cost no call as they age or lie idle, for nginx gives them up first', async () => {
    // A call that crosses with the server's goodbye is lost: with nginx's own default of an hour, some of these were.
    const changes = {
      'keepalive_time 900s': 'keepalive_time 500ms',
      'keepalive_timeout 60s': 'keepalive_timeout 100ms',
    };
    const { edge, call } = await startTask(nginx, changes, { CONNECTION_AGE: '1', CONNECTION_IDLE: '1' });
    const calling = keepCalling(8, () => call(get));
    await sleep(4000);
    await calling.stop();
    expect(calling.failures).toEqual([]);
    for (let times = 0; times < 5; times += 1) {
      await sleep(150);
      await call(get);
    }
    expect(edge.complaints()).toBe('');
  });
});

function readCheck(): { command: readonly string[]; timeout: number } {
  const { liveness } = ecsNlbNginx.derive(spec, sampleContract(['orders'])).workloads[0]!.containers.at(-1)!;
  if (liveness?.probe.kind !== 'exec') throw new Error('nginx is not checked by a program');
  return { command: liveness.probe.command, timeout: liveness.timeout };
}
