import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { exitCode, UserError } from '../../src/errors.ts';
import { applyCreation } from '../../src/plan/apply-creation.ts';
import { inspectTarget, planCreation } from '../../src/plan/plan-creation.ts';
import { diffTrees } from '../../src/tree/diff-trees.ts';
import { type FileSystem, openDisk } from '../../src/tree/disk.ts';
import { readTree } from '../../src/tree/disk-trees.ts';
import type { FileTree } from '../../src/tree/file-tree.ts';
import { literalTree } from '../tree/literal-tree.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { lookAtDisk, systemError, watchFileSystem } from './faulty-file-system.ts';

const tree = literalTree(
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

interface Attempt {
  directory: string;
  fileSystem?: FileSystem;
  content?: FileTree;
  signal?: AbortSignal;
}

async function create({ directory, fileSystem = fs, content = tree, signal }: Attempt): Promise<void> {
  const disk = openDisk(fileSystem);
  const plan = planCreation(inspectTarget(disk, directory), content);
  await applyCreation({ plan, tree: content, disk, ...(signal && { signal }) });
}

async function catchUserError(attempt: Promise<void>): Promise<UserError> {
  const error = await attempt.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

/** The three kinds of place a repo can be made in, each with what is there before. */
const targets: [name: string, directory: string, lay: (root: string) => void][] = [
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

  test('a refusal of the disk at any call leaves everything as it was', async () => {
    const before = lookAtDisk(root);
    let calls = 0;
    for (const code of ['ENOSPC', 'EACCES', 'EIO']) {
      for (let failing = 1, isThrough = false; !isThrough; failing++) {
        isThrough = true;
        const fileSystem = watchFileSystem((call) => {
          if (call === failing) {
            isThrough = false;
            throw systemError(code);
          }
        });
        if (await createsDespite({ directory, fileSystem })) {
          expect(isThrough).toBe(true);
          calls = failing - 1;
          fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
          lay(root);
        }
        expect(lookAtDisk(root)).toEqual(before);
      }
    }
    expect(calls).toBeGreaterThan(12);
  });

  test('a disk that is full from some call on leaves everything as it was', async () => {
    const before = lookAtDisk(root);
    const writing = ['mkdirSync', 'writeFileSync', 'linkSync', 'renameSync'];
    const total = await countCalls(directory, root, name, lay);
    for (let from = 1; from <= total; from++) {
      let isFull = false;
      const fileSystem = watchFileSystem((call, operation) => {
        if (call >= from && writing.includes(operation)) {
          isFull = true;
          throw systemError('ENOSPC');
        }
      });
      if (await createsDespite({ directory, fileSystem })) {
        expect(isFull).toBe(false);
        fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
        lay(root);
      }
      expect(lookAtDisk(root)).toEqual(before);
    }
  });

  test('an interrupt at any call leaves everything as it was, or comes too late', async () => {
    const before = lookAtDisk(root);
    const total = await countCalls(directory, root, name, lay);
    let interrupted = 0;
    for (let at = 1; at <= total; at++) {
      const controller = new AbortController();
      const fileSystem = watchFileSystem((call) => call === at && controller.abort());
      const error = await create({ directory, fileSystem, signal: controller.signal }).catch(
        (thrown: unknown) => thrown,
      );
      if (error === undefined) {
        expect(readTree(openDisk(), directory).has('src/x.ts')).toBe(true);
        fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
        lay(root);
      } else {
        interrupted += 1;
        expect((error as UserError).code).toBe(exitCode.interrupted);
      }
      expect(lookAtDisk(root)).toEqual(before);
    }
    expect(interrupted).toBeGreaterThan(8);
  });

  test('what appears meanwhile at any call is never overwritten or taken away', async () => {
    const before = lookAtDisk(root);
    const total = await countCalls(directory, root, name, lay);
    for (const theirs of ['.gitignore', 'src']) {
      for (let at = 3; at <= total; at++) {
        const path = join(directory, theirs);
        let isTheirs = false;
        const fileSystem = watchFileSystem((call) => {
          if (call === at && !fs.existsSync(path)) {
            fs.mkdirSync(directory, { recursive: true });
            fs.writeFileSync(path, 'theirs');
            isTheirs = true;
          }
        });
        const error = await create({ directory, fileSystem }).catch((thrown: unknown) => thrown);
        if (isTheirs) {
          expect((error as UserError).code).toBe(exitCode.refused);
          expect(fs.readFileSync(path, 'utf8')).toBe('theirs');
          const after = Object.entries(lookAtDisk(root)).filter(([, text]) => text !== null && text !== 'theirs');
          expect(after).toEqual(Object.entries(before).filter(([, text]) => text !== null));
        }
        for (const entry of fs.readdirSync(root)) {
          fs.rmSync(join(root, entry), { recursive: true });
        }
        lay(root);
      }
    }
  });

  async function createsDespite(attempt: Attempt): Promise<boolean> {
    try {
      await create(attempt);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      const { code, faults } = error as UserError;
      expect(code).toBe(exitCode.refused);
      expect(faults).toHaveLength(1);
      expect(faults[0]?.at).toContain(root);
      expect(faults[0]?.hint).toBeTruthy();
      return false;
    }
  }
});

async function countCalls(directory: string, root: string, name: string, lay: (root: string) => void): Promise<number> {
  let total = 0;
  const fileSystem = watchFileSystem((call) => {
    total = call;
  });
  await create({ directory, fileSystem });
  fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
  lay(root);
  return total;
}

test('when undoing fails too, the error names what is left and how to remove it', async () => {
  const root = makeTemporaryFolder();
  const fileSystem = watchFileSystem((_, operation) => {
    if (operation === 'renameSync') {
      throw systemError('EIO');
    }
    if (operation === 'rmSync') {
      throw systemError('EACCES');
    }
  });
  const { faults } = await catchUserError(create({ directory: join(root, 'orders'), fileSystem }));
  const [left] = fs.readdirSync(root);
  expect(faults).toMatchObject([
    { at: join(root, 'orders'), message: 'cannot put it in place: the disk failed' },
    { at: join(root, left ?? ''), hint: `Remove it: \`rm -r ${join(root, left ?? '')}\`.` },
  ]);
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
