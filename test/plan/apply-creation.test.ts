import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { exitCode } from '../../src/errors.ts';
import { diffTrees } from '../../src/tree/diff-trees.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { readTree } from '../../src/tree/disk-trees.ts';
import { literalTree } from '../tree/literal-tree.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { lookAtDisk } from './faulty-file-system.ts';
import { catchUserError, create, targets, tree } from './small-creation.ts';

describe.each(targets)('into %s', (_, name, lay) => {
  let root: string;
  let directory: string;
  beforeEach(() => {
    root = makeTemporaryFolder();
    directory = join(root, name);
    lay(root);
  });

  test('every file arrives, with its mode, beside what was there', async () => {
    const before = fs.existsSync(directory) ? readTree(openDisk(), directory) : new Map();
    await create({ directory });
    const after = readTree(openDisk(), directory);
    const leftOut = before.size > 0 ? ['LICENSE', 'README.md'] : [];
    const ours = new Map([...tree].filter(([path]) => !leftOut.includes(path)));
    expect(diffTrees(new Map([...before, ...ours]), after)).toEqual({ added: [], removed: [], changed: [] });
    expect(fs.readdirSync(join(root, name, '..'))).toEqual(['orders']);
  });

  test('a new folder is open to others as far as the umask says', async () => {
    await create({ directory });
    expect(fs.statSync(directory).mode & 0o777).toBe(0o777 & ~process.umask());
    expect(fs.statSync(join(directory, 'src/x.ts')).mode & 0o777).toBe(0o666 & ~process.umask());
  });
});

test('an interrupt that the event loop delivers midway leaves nothing', async () => {
  const root = makeTemporaryFolder();
  const content = literalTree(Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}`, 'x'])));
  const controller = new AbortController();
  setImmediate(() => controller.abort());
  const error = await catchUserError(create({ directory: join(root, 'a/b'), content, signal: controller.signal }));
  expect(error.code).toBe(exitCode.interrupted);
  expect(error.message).toBe('interrupted, and nothing was written');
  expect(fs.readdirSync(root)).toEqual([]);
});

test('of two that make one folder at once, one succeeds whole and the other is refused', async () => {
  const root = makeTemporaryFolder();
  const directory = join(root, 'orders');
  const content = literalTree(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}`, 'x'])));
  const ends = await Promise.allSettled([create({ directory, content }), create({ directory, content })]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(fs.readdirSync(root)).toEqual(['orders']);
  expect(fs.readdirSync(directory)).toHaveLength(40);
});

test('a part of the path that is a file is told', async () => {
  const root = makeTemporaryFolder();
  fs.writeFileSync(join(root, 'file'), 'x');
  const error = await catchUserError(create({ directory: join(root, 'file/a/orders') }));
  expect(error.code).toBe(exitCode.refused);
  expect(error.message).toContain('a part of the path is a file');
  expect(lookAtDisk(root)).toEqual({ file: 'x' });
});

describe('a disk of its own', () => {
  const unmountable = 'only root on Linux may mount a disk, and not in every container';

  test.for([false, true])('that is full is left as it was (existing folder: %s)', async (isExisting, { skip }) => {
    const root = makeTemporaryFolder();
    skip(!mountSmallDisk(root), unmountable);
    const directory = join(root, 'orders');
    if (isExisting) {
      fs.mkdirSync(directory);
    }
    const before = lookAtDisk(root);
    const texts = Array.from({ length: 40 }, (_, index) => [`d/f${index}`, 'x'.repeat(5000)] as const);
    const error = await catchUserError(create({ directory, content: literalTree(Object.fromEntries(texts)) }));
    expect(error.code).toBe(exitCode.refused);
    expect(error.message).toContain('the disk is full');
    expect(lookAtDisk(root)).toEqual(before);
    await create({ directory });
    expect(fs.readFileSync(join(directory, 'LICENSE'), 'utf8')).toBe('Apache');
  });

  test('that is read-only is told', async ({ skip }) => {
    const root = makeTemporaryFolder();
    skip(!mountSmallDisk(root), unmountable);
    execFileSync('mount', ['-o', 'remount,ro', root]);
    const error = await catchUserError(create({ directory: join(root, 'a/orders') }));
    expect(error.code).toBe(exitCode.refused);
    expect(error.message).toBe(`${join(root, 'a')}: cannot make the folder: the disk is read-only`);
    expect(lookAtDisk(root)).toEqual({});
  });

  function mountSmallDisk(folder: string): boolean {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', folder], { stdio: 'pipe' });
    } catch {
      return false;
    }
    onTestFinished(() => void execFileSync('umount', [folder]));
    return true;
  }
});
