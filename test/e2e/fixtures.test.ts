import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listCases } from '../contract/fixture-cases.ts';
import { fixtures } from '../golden/emit.ts';
import { emitRepo } from './emitted-repo.ts';

describe.concurrent('a repo from protos of one’s own', () => {
  test.for(listCases('valid'))('$name: generates, typechecks, builds, tests and serves', async (fixture, context) => {
    const flags = fixture.proto.flatMap((path) => ['--proto', `${relative(fixtures, fixture.folder)}/${path}`]);
    const repo = await emitRepo({ name: 'own', flags, node: process.execPath }, context);
    await repo.run('build');
    // The runtime's own tests are the same in every repo; sample.test.ts runs them.
    const seeded = readdirSync(join(repo.path, 'src/workloads/own')).filter((file) => file.endsWith('.test.ts'));
    await repo.run('test', ...seeded.map((file) => `src/workloads/own/${file}`));
    const server = await repo.serve('own', { LOG_LEVEL: 'warn' });
    expect(await server.stop(), server.output()).toBe(0);
  });
});
