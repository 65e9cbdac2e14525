import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RunningServer } from '../../e2e/running-server.ts';
import { encodeText, keepCalling, openEdgeClient } from './edge-client.ts';
import { describeEdgeSpec } from './edge-files.ts';
import { buildServers, type EmittedServers } from './emitted-servers.ts';
import { findNginx, type Nginx } from './find-nginx.ts';
import { startFlowBalancer } from './flow-balancer.ts';
import { type RunningEdge, startEdge } from './running-edge.ts';

const found = findNginx();
/** Told as one that is skipped, where there is none. */
const installed = typeof found === 'string' ? [{ version: 'any version', command: '' }] : found;
const spec = describeEdgeSpec(['orders']);
const get = { path: '/orders.v1.OrdersService/Get', requests: [encodeText('7')] };
const names = ['first', 'second', 'third'] as const;

let emitted: EmittedServers;

beforeAll(async () => {
  if (typeof found !== 'string') emitted = await buildServers();
}, 240_000);

afterAll(() => emitted?.remove(), 60_000);

interface Task {
  server: RunningServer;
  edge: RunningEdge;
}

/** Three tasks behind what balances connections, as a Network Load Balancer does. */
async function startTasks(nginx: Nginx, changes: Record<string, string> = {}) {
  const tasks: Task[] = [];
  for (const REPLICA of names) {
    const server = await emitted.start('orders', { REPLICA, PRE_STOP: '3' });
    onTestFinished(() => server.kill());
    const edge = await startEdge({ nginx, spec, servers: [server.port], changes, preStop: 1 });
    onTestFinished(() => edge.kill());
    tasks.push({ server, edge });
  }
  const balancer = await startFlowBalancer(tasks.map(({ edge }) => edge.port));
  onTestFinished(() => balancer.close());
  const open = () => {
    const client = openEdgeClient(balancer.port);
    onTestFinished(client.close);
    return client.call;
  };
  return { tasks, balancer, open };
}

describe.for(installed)('three tasks with nginx $version', (nginx) => {
  const proven = (name: string, prove: () => Promise<void>) =>
    test(name, { timeout: 60_000 }, async ({ skip }) => (typeof found === 'string' ? skip(found) : prove()));

  proven('are all seen by clients that connect one after the other', async () => {
    const { open } = await startTasks(nginx);
    const answers = [];
    for (let times = 0; times < names.length; times += 1) answers.push(...(await open()(get)).messages);
    expect(countReplicas(answers)).toEqual({ first: 1, second: 1, third: 1 });
  });

  proven('are all seen by one busy client as its connection ages, and no call is lost over it', async () => {
    const { open } = await startTasks(nginx, { 'keepalive_time 1800s': 'keepalive_time 500ms' });
    const call = open();
    const calling = keepCalling(16, () => call(get));
    await sleep(4000);
    await calling.stop();
    expect(calling.failures).toEqual([]);
    for (const count of Object.values(countReplicas(calling.answers))) expect(count).toBeGreaterThan(50);
  });

  proven('would be seen but once by one whose connection does not age', async () => {
    const { open } = await startTasks(nginx);
    const call = open();
    const calling = keepCalling(16, () => call(get));
    await sleep(1500);
    await calling.stop();
    expect(calling.failures).toEqual([]);
    expect(Object.values(countReplicas(calling.answers)).filter((count) => count > 0)).toHaveLength(1);
  });

  proven('lose no call when one is stopped that was deregistered before, nginx first, then its server', async () => {
    const { tasks, balancer, open } = await startTasks(nginx);
    const clients = names.map(open);
    let next = 0;
    const calling = keepCalling(24, () => clients[next++ % clients.length]!(get));
    await sleep(500);
    const [{ server, edge } = expect.unreachable()] = tasks;
    balancer.deregister(edge.port);
    expect(await edge.stop()).toBe(0);
    expect(await server.stop(), server.output()).toBe(0);
    await sleep(500);
    await calling.stop();
    expect(calling.failures).toEqual([]);
    for (const count of Object.values(countReplicas(calling.answers))) expect(count).toBeGreaterThan(50);
  });

  proven(
    'lose no call while one that was told to stop is still sent new connections, for as long as it waits',
    async () => {
      const { tasks, balancer, open } = await startTasks(nginx);
      const [{ edge } = expect.unreachable()] = tasks;
      const stopped = edge.stop();
      const until = Date.now() + 700;
      const answers = [];
      while (Date.now() < until) answers.push(...(await open()(get)).messages);
      balancer.deregister(edge.port);
      expect(countReplicas(answers).first).toBeGreaterThan(3);
      expect(await stopped).toBe(0);
      await expect(openEdgeClient(edge.port).call({ ...get, patience: 500 })).rejects.toThrow();
    },
  );

  proven('lose no call when nginx and its server are told to stop at once', async () => {
    const { tasks, balancer, open } = await startTasks(nginx);
    const clients = names.map(open);
    let next = 0;
    const calling = keepCalling(24, () => clients[next++ % clients.length]!(get));
    await sleep(500);
    const [{ server, edge } = expect.unreachable()] = tasks;
    balancer.deregister(edge.port);
    expect(await Promise.all([edge.stop(), server.stop()])).toEqual([0, 0]);
    await sleep(500);
    await calling.stop();
    expect(calling.failures).toEqual([]);
  });
});

function countReplicas(answers: readonly Buffer[]): Record<(typeof names)[number], number> {
  const count = (name: string) => answers.filter((answer) => answer.includes(name)).length;
  return { first: count('first'), second: count('second'), third: count('third') };
}
