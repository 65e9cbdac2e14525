import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { cases } from '../golden/cases.ts';
import { compareTrees } from '../golden/compare-trees.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { env } from './synthesize.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const modules = join(root, 'node_modules');

/** The registry's test has this with packages that npm installed; here every golden goes through, without a network. */
test.each(cases.map(({ name }) => name))(
  'npx projen leaves %s as it was created',
  { timeout: 60_000 },
  async (name) => {
    const golden = join(root, 'test/golden', name);
    const folder = makeTemporaryFolder();
    const project = join(folder, name);
    cpSync(golden, project, { recursive: true });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules/create-grpc-aws'), 'junction');
    const projen = join(modules, 'projen/bin/projen');
    const PATH = [join(modules, '.bin'), process.env.PATH].join(delimiter);
    const { all } = await execa(process.execPath, [projen], { cwd: project, env: { ...env, PATH }, all: true });
    expect(all).toContain('Up to date with create-grpc-aws');
    expect(compareTrees(golden, project)).toEqual([]);
  },
);
