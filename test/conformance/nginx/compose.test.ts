import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RunningServer } from '../../e2e/running-server.ts';
import { encodeText, keepCalling, openEdgeClient } from './edge-client.ts';
import { describeEdgeSpec } from './edge-files.ts';
import { buildServers, type EmittedServers } from './emitted-servers.ts';
import { findNginx, type Nginx } from './find-nginx.ts';
import { startEdge } from './running-edge.ts';

const found = findNginx();
/** Told as one that is skipped, where there is none. */
const installed = typeof found === 'string' ? [{ version: 'any version', command: '' }] : found;
const spec = describeEdgeSpec(['orders', 'billing']);
const names = ['first', 'second', 'third'] as const;
const get = { path: '/orders.v1.OrdersService/Get', requests: [encodeText('7')] };

let emitted: EmittedServers;

beforeAll(async () => {
  if (typeof found !== 'string') emitted = await buildServers();
}, 240_000);

afterAll(() => emitted?.remove(), 60_000);

/** As compose.yaml brings it up: nginx in front of three servers of one workload, and one of the other. */
async function start(nginx: Nginx) {
  const open = async (workload: 'orders' | 'billing', REPLICA: string) => {
    const server = await emitted.start(workload, { REPLICA });
    onTestFinished(() => server.kill());
    return server;
  };
  const orders = await Promise.all(names.map((name) => open('orders', name)));
  const billing = await open('billing', 'other');
  const portsOf = (servers: readonly RunningServer[]) => servers.map(({ port }) => port);
  const replicas = { orders: portsOf(orders), billing: portsOf([billing]) };
  const edge = await startEdge({ nginx, spec, replicas });
  onTestFinished(() => edge.kill());
  const { call, close } = openEdgeClient(edge.port);
  onTestFinished(close);
  return { orders, edge, call };
}

describe.for(installed)('nginx $version in front of three replicas', (nginx) => {
  const proven = (name: string, prove: () => Promise<void>) =>
    test(name, { timeout: 60_000 }, async ({ skip }) => (typeof found === 'string' ? skip(found) : prove()));

  proven('has one channel see all of them evenly, and the other workload too', async () => {
    const { edge, call } = await start(nginx);
    const calling = keepCalling(8, () => call(get));
    await sleep(1500);
    await calling.stop();
    expect(calling.failures).toEqual([]);
    const counts = countReplicas(calling.answers);
    // nginx counts its turns in each of its processes.
    for (const count of counts) expect(count).toBeGreaterThan(calling.answers.length / 5);
    const { messages } = await call({ ...get, path: '/billing.v1.BillingService/Get' });
    expect(messages[0]!.includes('other')).toBe(true);
    expect(edge.complaints()).toBe('');
  });

  proven('goes on with the others when one of them is gone', async () => {
    const { orders, call } = await start(nginx);
    orders[0]!.kill();
    await sleep(200);
    const calling = keepCalling(8, () => call(get));
    await sleep(1000);
    await calling.stop();
    expect(calling.failures).toEqual([]);
    const [first, ...others] = countReplicas(calling.answers);
    expect(first).toBe(0);
    for (const count of others) expect(count).toBeGreaterThan(10);
  });
});

function countReplicas(answers: readonly Buffer[]): number[] {
  return names.map((name) => answers.filter((answer) => answer.includes(name)).length);
}
