import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cases } from '../golden/cases.ts';
import { emitRepo } from './emitted-repo.ts';

/** With and without tracing, whose packages and bundle the others lack. */
test.for([
  { name: 'ledger', workload: 'ledger', bundles: ['probe.cjs', 'server.cjs'] },
  { name: 'depot', workload: 'fleet', bundles: ['probe.cjs', 'server.cjs', 'tracing.cjs'] },
])('$name installs, builds, tests and serves like any other repo', async ({ name, workload, bundles }, context) => {
  const flags = cases.find((one) => one.name === name)?.flags ?? [];
  const repo = await emitRepo({ name, flags, node: process.execPath }, context);
  await repo.run('build');
  expect(readdirSync(join(repo.path, 'dist', workload)).filter((file) => file.endsWith('.cjs'))).toEqual(bundles);
  // The runtime's own tests are the same in every repo; sample.test.ts runs them.
  const seeded = readdirSync(join(repo.path, 'src/workloads', workload)).filter((file) => file.endsWith('.test.ts'));
  await repo.run('test', ...seeded.map((file) => `src/workloads/${workload}/${file}`));
  // Without a collector nobody is sent traces, and nothing fails for it.
  const server = await repo.serve(workload, { LOG_LEVEL: 'warn' });
  expect(await server.stop(), server.output()).toBe(0);
});
