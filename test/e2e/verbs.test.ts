import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type EmittedRepo, emitRepo } from './emitted-repo.ts';
import { testHandlers } from './test-handlers.ts';

const node = process.execPath;
async function expectServed(repo: EmittedRepo, workload: string, method: string, answer: string): Promise<void> {
  const server = await repo.serve(workload, { PRE_STOP: '0', LOG_LEVEL: 'warn', REPLICA: 'the-replica' });
  const call = repo.run('call', '--address', `localhost:${server.port}`, method, '{"id": "1"}');
  expect(await call.catch(String)).toContain(answer);
  expect(await server.stop(), server.output()).toBe(0);
}

test('a service and a workload that are added lint, build, pass their tests, and are served', async (context) => {
  const repo = await emitRepo({ name: 'orders', flags: [], node }, context);
  await repo.tool('add', 'service', 'orders.v1.RefundsService', '--yes');
  await repo.tool('add', 'workload', 'billing', '--yes');
  expect(await repo.tool('upgrade', '--check')).toContain('Up to date');
  await repo.run('lint');
  await repo.run('build');
  await testHandlers(repo);
  await expectServed(repo, 'orders', 'orders.v1.OrdersService/Get', 'the-replica');
  await expectServed(repo, 'orders', 'orders.v1.RefundsService/Get', 'UNIMPLEMENTED');
  await expectServed(repo, 'billing', 'billing.v1.BillingService/Get', 'the-replica');
});

test('a repo that left the tool installs, lints, builds, passes its tests and serves', async (context) => {
  const repo = await emitRepo(
    { name: 'orders', flags: ['--workload', 'orders', '--workload', 'billing'], node },
    context,
  );
  expect(await repo.tool('eject', '--yes', '--no-install')).toMatch(/\n {2}npm install$/);
  expect(existsSync(join(repo.path, '.grpc-aws'))).toBe(false);
  await repo.install();
  for (const name of ['create-grpc-aws', 'projen'])
    expect(existsSync(join(repo.path, 'node_modules', name))).toBe(false);
  await repo.run('lint');
  await repo.run('build');
  await testHandlers(repo);
  await expectServed(repo, 'billing', 'billing.v1.BillingService/Get', 'the-replica');
});
