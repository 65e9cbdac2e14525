/** Runs the tests of a repo's own handlers. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EmittedRepo } from './emitted-repo.ts';

/** The runtime's own tests are the same in every repo; sample.test.ts runs them. */
export async function testHandlers(repo: EmittedRepo): Promise<void> {
  const root = join(repo.path, 'src/workloads');
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.test.ts'));
  await repo.run('test', ...paths.map((path) => `src/workloads/${path.replaceAll('\\', '/')}`));
}
