/** The same small repo, made in every kind of place. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { applyCreation } from '../../src/plan/apply-creation.ts';
import { inspectTarget, planCreation } from '../../src/plan/plan-creation.ts';
import { type FileSystem, openDisk } from '../../src/tree/disk.ts';
import type { FileTree } from '../../src/tree/file-tree.ts';
import { literalTree } from '../tree/literal-tree.ts';

export const tree = literalTree(
  {
    '.gitignore': 'node_modules/\n',
    LICENSE: 'Apache',
    'README.md': '# orders\n',
    'src/server/index.ts': 'export {};\n',
    'src/server/run.sh': '#!/bin/sh\n',
    'src/x.ts': '',
  },
  process.platform === 'win32' ? {} : { 'src/server/run.sh': { executable: true } },
);

export interface Attempt {
  directory: string;
  fileSystem?: FileSystem;
  content?: FileTree;
  signal?: AbortSignal;
}

export async function create({ directory, fileSystem = fs, content = tree, signal }: Attempt): Promise<void> {
  const disk = openDisk(fileSystem);
  const plan = planCreation(inspectTarget(disk, directory), content);
  await applyCreation({ plan, tree: content, disk, toolVersion: '1.2.3', ...(signal && { signal }) });
}

export async function catchUserError(attempt: Promise<void>): Promise<UserError> {
  const error = await attempt.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

/** The three kinds of place a repo can be made in, each with what is there before. */
export const targets: [name: string, directory: string, lay: (root: string) => void][] = [
  ['a new folder', 'orders', () => undefined],
  ['a new folder in new folders', 'team/backend/orders', () => undefined],
  ['an empty folder', 'orders', (root) => fs.mkdirSync(join(root, 'orders'))],
  [
    'a folder with .git, README and LICENSE',
    'orders',
    (root) => {
      fs.mkdirSync(join(root, 'orders/.git'), { recursive: true });
      fs.writeFileSync(join(root, 'orders/.git/HEAD'), 'ref: refs/heads/main\n');
      fs.writeFileSync(join(root, 'orders/README.md'), 'mine');
      fs.writeFileSync(join(root, 'orders/LICENSE.txt'), 'mine');
    },
  ],
];
