import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixtures } from '../golden/emit.ts';
import { type EmittedRepo, emitRepo, upgradeRepo } from './emitted-repo.ts';

const node = process.execPath;
/** The runtime's own tests are the same in every repo; sample.test.ts runs them. */
async function testHandlers(repo: EmittedRepo): Promise<void> {
  const root = join(repo.path, 'src/workloads');
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.test.ts'));
  await repo.run('test', ...paths.map((path) => `src/workloads/${path.replaceAll('\\', '/')}`));
}

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

const released = readdirSync(join(fixtures, 'released')).flatMap((version) =>
  readdirSync(join(fixtures, 'released', version)).map((name) => [version, name] as const),
);

describe.concurrent.each(released)('what %s emitted as %s', (version, name) => {
  const from = join(fixtures, 'released', version, name);

  test('builds after an upgrade, and what its owner has passes its tests', async (context) => {
    const repo = await upgradeRepo(from, node, context);
    const handlers = readdirSync(join(repo.path, 'src/workloads'), { recursive: true, encoding: 'utf8' });
    for (const path of handlers.filter((one) => /\.v\w+\.\w+\.ts$/.test(one))) {
      const place = join(repo.path, 'src/workloads', path);
      writeFileSync(place, `${readFileSync(place, 'utf8')}\nexport const edited = true;\n`);
    }
    await repo.run('build');
    await testHandlers(repo);
  });
});

describe.each(readdirSync(join(fixtures, 'released')))('the door of the server in %s', (version) => {
  /** Called by main.ts alone, which is ours: 0.2.0 took `tracing` in place of `tracer`. */
  const boundary = `
    import type * as former from './former/index.ts';
    import * as now from './server/index.ts';

    export const values: Omit<typeof former, 'run'> = now;
    declare const context: now.CallContext;
    export const given: former.CallContext = context;
    declare const handlers: former.Handlers<never>;
    export const written: now.Handlers<never> = handlers;
    export type Types = [now.Detail, now.Reader<string>, now.Workload, now.Service, now.Trace, now.Tracer, now.TestServer<never>];
  `;

  test('still has all that seeded code could import, as what it was', async (context) => {
    const repo = await emitRepo({ name: 'orders', flags: [], node }, context);
    cpSync(join(fixtures, 'released', version, 'orders/src/server'), join(repo.path, 'src/former'), {
      recursive: true,
    });
    rmSync(join(repo.path, 'src/former/test'), { recursive: true });
    writeFileSync(join(repo.path, 'src/boundary.ts'), boundary);
    await repo.run('build');
    writeFileSync(
      join(repo.path, 'src/boundary.ts'),
      boundary.replace("Omit<typeof former, 'run'>", 'typeof former & { gone: 1 }'),
    );
    await expect(repo.run('build')).rejects.toThrow('gone');
  });
});
