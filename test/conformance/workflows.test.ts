import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { cases } from '../golden/cases.ts';
import { root } from '../structure/repo-files.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { findActionlint } from './find-actionlint.ts';

let actionlint: readonly string[] | string;
beforeAll(() => {
  actionlint = findActionlint();
}, 300_000);

const repos = [
  ['this repo', root] as const,
  ...cases.map(({ name }) => [name, join(root, 'test/golden', name)] as const),
];

test.for(repos)('actionlint finds nothing in the workflows of %s', async ([, repo], { skip }) => {
  if (typeof actionlint === 'string') return skip(actionlint);
  // It looks for the workflows that others call from the root of the git repository.
  const folder = makeTemporaryFolder();
  cpSync(join(repo, '.github'), join(folder, '.github'), { recursive: true });
  await execa('git', ['init', '--quiet'], { cwd: folder });
  const [program = '', ...args] = actionlint;
  const { all, exitCode } = await execa(program, [...args, '-no-color'], { cwd: folder, all: true, reject: false });
  expect([all, exitCode]).toEqual(['', 0]);
  expect(readdirSync(join(folder, '.github/workflows'))).toContain('build.yml');
});
