import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, type TestContext, test } from 'vitest';
import { findNode } from '../../scripts/find-node.ts';
import { type EmittedRepo, emitRepo } from './emitted-repo.ts';
import { openClient } from './grpc-client.ts';

/** What every emitted server is told here: the last two seconds are enough for callers on the same machine. */
const quick = { PRE_STOP: '1', LOG_LEVEL: 'warn' };

describe.each([20, 24] as const)('on Node %i', (major) => {
  test('a repo from a name alone lints, builds, tests, serves, drains and answers', async (context) => {
    const repo = await emitRepo({ name: 'orders', flags: [], node: await findNode(major) }, context);
    await repo.run('lint');
    await repo.run('build');
    await repo.run('test');
    await expectDrainLosesNoCall(repo, 'orders', '/orders.v1.OrdersService/Get', context);
    await expectAnswers(repo, 'orders', 'orders.v1.OrdersService');
  });

  test('a repo with two workloads builds both, tests both, and serves each', async (context) => {
    const flags = ['--workload', 'orders', '--workload', 'billing'];
    const repo = await emitRepo({ name: 'shop', flags, node: await findNode(major) }, context);
    await repo.run('lint');
    await repo.run('build');
    await repo.run('test');
    await expectAnswers(repo, 'orders', 'orders.v1.OrdersService');
    await expectAnswers(repo, 'billing', 'billing.v1.BillingService');
  });
});

/** The repo's own client reaches its server, and the answer names the replica. */
async function expectAnswers(repo: EmittedRepo, workload: string, service: string): Promise<void> {
  const server = await repo.serve(workload, { ...quick, REPLICA: 'replica-of-this-test' });
  const address = `localhost:${server.port}`;
  const one = await repo.run('call', '--address', address, `${service}/Get`, '{"id": "1"}');
  expect(one).toContain('replica-of-this-test');
  const stream = await repo.run('call', '--address', address, `${service}/Watch`, '{"count": 3}');
  expect(stream.split('replica-of-this-test')).toHaveLength(4);
  const metrics = await (await fetch(`http://localhost:${server.metricsPort}/metrics`)).text();
  expect(metrics).toContain(service);
  expect(await server.stop(), server.output()).toBe(0);
}

/** Callers stay busy on two replicas while one of them is told to stop. */
async function expectDrainLosesNoCall(repo: EmittedRepo, workload: string, path: string, context: TestContext) {
  const [leaving, staying] = [
    await repo.serve(workload, { ...quick, REPLICA: 'leaving' }),
    await repo.serve(workload, { ...quick, REPLICA: 'staying' }),
  ];
  const client = openClient([leaving.port, staying.port]);
  context.onTestFinished(() => client.close());
  const request = Buffer.from([0x0a, 0x01, '1'.charCodeAt(0)]);
  const answers = { leaving: 0, staying: 0 };
  const failures: unknown[] = [];
  let isCalling = true;
  const callers = Array.from({ length: 16 }, async () => {
    while (isCalling) {
      try {
        const answer = await client.call(path, request);
        answers[answer.includes('leaving') ? 'leaving' : 'staying'] += 1;
      } catch (error) {
        failures.push(error);
      }
    }
  });

  await sleep(500);
  expect(await leaving.stop(), leaving.output()).toBe(0);
  await sleep(300);
  isCalling = false;
  await Promise.all(callers);

  expect(failures).toEqual([]);
  expect(answers.leaving).toBeGreaterThan(100);
  expect(answers.staying).toBeGreaterThan(100);
}
