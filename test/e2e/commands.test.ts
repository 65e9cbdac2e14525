/** How `npm start` and `npm run dev` of a repo with two workloads share out ports, pass signals on, and end. */
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { execa } from 'execa';
import { expect, type TestContext, test } from 'vitest';
import { startGroup, stopGroups } from '../../scripts/processes.mjs';
import { type EmittedRepo, emitRepo } from './emitted-repo.ts';
import { findFreePorts } from './free-ports.ts';
import { userShell } from './user-shell.ts';

const flags = ['--workload', 'orders', '--workload', 'billing'];
const env = userShell(process.execPath);
const posix = process.platform !== 'win32';

test('npm start counts ports on in the order of grpc-aws.json, and ends with npm', async (context) => {
  const repo = await emitRepo({ name: 'shop', flags, node: process.execPath }, context);
  await repo.run('build');
  const [port, metricsPort] = [await findPortPair(), await findPortPair()];
  const settings = { PORT: String(port), METRICS_PORT: String(metricsPort) };
  const shop = await start(repo, 'start', { ...settings, PRE_STOP: '0.5' }, context);
  await shop.printed('"serving"', 2);

  const [, method = '', request = ''] =
    /^npm run call -- (\S+) '(.+)'$/m.exec(readFileSync(join(repo.path, 'README.md'), 'utf8')) ?? [];
  expect(method).toBe('orders.v1.OrdersService/Get');
  expect(await call(repo, settings, method, request)).toContain('replica');
  const second = ['--address', `localhost:${port + 1}`, 'billing.v1.BillingService/Get', request];
  expect(await call(repo, settings, ...second)).toContain('replica');

  if (!posix) return;
  const watch = await openWatch(port, 100);
  shop.npm.kill('SIGTERM');
  expect(await watch.ended).toBe(100);
  await shop.ended;
  expect(shop.output().match(/"cut":0,"msg":"stopped"/g), shop.output()).toHaveLength(2);
  expect(await listen(port)).toBe(port);
  expect(await listen(port + 1)).toBe(port + 1);
});

test('npm start hands on ports that are any, and those that are none', async (context) => {
  const repo = await emitRepo({ name: 'shop', flags, node: process.execPath }, context);
  await repo.run('build');
  const any = await start(repo, 'start', { PORT: '0', METRICS_PORT: '0' }, context);
  await any.printed('"serving"', 2);
  const none = await start(repo, 'start', { PORT: '0', METRICS_PORT: 'abc' }, context);
  expect(await none.ended).toBe(2);
  expect(none.output()).toContain('METRICS_PORT is "abc": expected a whole number from 0 to 65535');
  expect(none.output()).not.toContain('NaN');
});

test.runIf(posix)('Ctrl-C in npm run dev lets open calls finish', async (context) => {
  const repo = await emitRepo({ name: 'shop', flags, node: process.execPath }, context);
  const early = await execa('npm', ['run', 'call'], { cwd: repo.path, env, extendEnv: false, reject: false });
  expect([early.exitCode, early.stderr]).toEqual([2, expect.stringContaining('npm run generate')]);

  const port = await findPortPair();
  const settings = { PORT: String(port), METRICS_PORT: String(await findPortPair()) };
  const dev = await start(repo, 'dev', settings, context);
  await dev.printed('"serving"', 2);
  const watch = await openWatch(port, 100);
  // As a terminal does: to all that it started.
  process.kill(-(dev.npm.pid ?? 0), 'SIGINT');
  expect(await watch.ended, dev.output()).toBe(100);
  await dev.ended;
  expect(dev.output().match(/"cut":0,"msg":"stopped"/g), dev.output()).toHaveLength(2);
});

async function start(repo: EmittedRepo, script: string, settings: Record<string, string>, context: TestContext) {
  context.onTestFinished(stopGroups);
  const group = startGroup(repo.path, ['npm', 'run', script], { ...env, ...settings }, 'pipe');
  const npm: ChildProcess = group.child;
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
  return {
    npm,
    /** What npm ended with, once all that it started has ended too: they share its output. */
    ended: group.ended,
    output: () => output,
    async printed(text: string, times: number): Promise<void> {
      const deadline = Date.now() + 60_000;
      while (output.split(text).length <= times) {
        if (Date.now() > deadline)
          throw new Error(`npm run ${script} did not print ${text} ${times} times:\n${output}`);
        await sleep(50);
      }
    },
  };
}

async function call(repo: EmittedRepo, settings: Record<string, string>, ...args: string[]): Promise<string> {
  const options = { cwd: repo.path, env: { ...env, ...settings }, extendEnv: false };
  return (await execa('npm', ['run', 'call', '--', ...args], options)).stdout;
}

/** A stream of that many events, ten milliseconds apart. Resolves with the first of them, `ended` with their number. */
async function openWatch(port: number, count: number): Promise<{ ended: Promise<number> }> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const asIs = (bytes: Buffer) => bytes;
  const path = '/orders.v1.OrdersService/Watch';
  const stream = client.makeServerStreamRequest(path, asIs, asIs, Buffer.from([0x08, count]));
  let events = 0;
  const ended = new Promise<number>((resolve, reject) => {
    stream.on('end', () => resolve(events)).on('error', reject);
  }).finally(() => client.close());
  await new Promise<void>((resolve) => {
    stream.on('data', () => {
      events += 1;
      resolve();
    });
    ended.catch(() => resolve());
  });
  return { ended };
}

/** A port that is free, as is the next. */
async function findPortPair(): Promise<number> {
  for (;;) {
    const [port = 0] = await findFreePorts(1);
    if ((await listen(port + 1)) === port + 1) return port;
  }
}

/** The port, if it is free. */
function listen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
    server.on('error', () => resolve(undefined));
  });
}
