import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixtures } from '../golden/emit.ts';
import { emitRepo, upgradeRepo } from './emitted-repo.ts';
import { testHandlers } from './test-handlers.ts';

const node = process.execPath;
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
