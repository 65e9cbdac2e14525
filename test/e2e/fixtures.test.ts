import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { emitRepo } from './emitted-repo.ts';

const valid = fileURLToPath(new URL('../fixtures/valid/', import.meta.url));
const fixtures = readdirSync(valid, { withFileTypes: true }).map((entry) => entry.name.replace(/\.proto$/, ''));
const paths = new Map(readdirSync(valid).map((name) => [name.replace(/\.proto$/, ''), `valid/${name}`]));

describe.concurrent('a repo from protos of one’s own', () => {
  test.for(fixtures)('%s: generates, typechecks, builds, tests and serves', async (fixture, context) => {
    const flags = ['--proto', paths.get(fixture) ?? ''];
    const repo = await emitRepo({ name: 'own', flags, node: process.execPath }, context);
    await repo.run('build');
    await repo.run('test');
    const server = await repo.serve('own', { LOG_LEVEL: 'warn' });
    expect(await server.stop(), server.output()).toBe(0);
  });
});
