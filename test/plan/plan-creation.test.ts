import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspectTarget, planCreation } from '../../src/plan/plan-creation.ts';
import { type FolderEntry, openDisk } from '../../src/tree/disk.ts';
import { literalTree } from '../tree/literal-tree.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';

const directory = '/srv/orders';
const tree = literalTree(
  { LICENSE: 'Apache', 'README.md': '# ö\n', 'docs/README.md': '', 'run.sh': 'x' },
  { LICENSE: { ownership: 'seeded' }, 'README.md': { ownership: 'seeded' }, 'run.sh': { executable: true } },
);

function files(...names: string[]): FolderEntry[] {
  return names.map((name) => ({ name, kind: 'file' }));
}

test('a new folder gets every file, with size, owner and mode', () => {
  expect(planCreation({ directory, entries: undefined }, tree)).toEqual({
    directory,
    isNew: true,
    added: [
      { path: 'LICENSE', bytes: 6, ownership: 'seeded', executable: false },
      { path: 'README.md', bytes: 5, ownership: 'seeded', executable: false },
      { path: 'docs/README.md', bytes: 0, ownership: 'managed', executable: false },
      { path: 'run.sh', bytes: 1, ownership: 'managed', executable: true },
    ],
    kept: [],
    totals: { files: 4, bytes: 12, managed: 2, seeded: 2 },
  });
});

test('a plan is JSON', () => {
  const plan = planCreation({ directory, entries: [] }, tree);
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  expect(plan.isNew).toBe(false);
});

describe('what is kept', () => {
  test.each<[string, FolderEntry[], string[]]>([
    ['.git as a folder', [{ name: '.git', kind: 'folder' }], []],
    ['.git as a file', files('.git'), []],
    ['README.md', files('README.md'), ['README.md']],
    ['a README of another ending', files('readme.rst'), ['README.md']],
    ['a bare README', files('README'), ['README.md']],
    ['LICENSE', files('LICENSE'), ['LICENSE']],
    ['licences of other names', files('LICENSE-MIT', 'licence.txt'), ['LICENSE', 'LICENSE']],
    ['a link to a licence', [{ name: 'LICENSE', kind: 'link' }], ['LICENSE']],
  ])('%s stays, and ours is left out', (_, entries, insteadOf) => {
    const plan = planCreation({ directory, entries }, tree);
    expect(plan.kept.map(({ path }) => path)).toEqual(entries.map(({ name }) => name));
    expect(plan.kept.flatMap((kept) => kept.insteadOf ?? [])).toEqual(insteadOf);
    expect(plan.added.map(({ path }) => path)).toEqual([...tree.keys()].filter((path) => !insteadOf.includes(path)));
    expect(plan.totals.files).toBe(plan.added.length);
  });
});

describe('what is refused', () => {
  test.each<[string, FolderEntry[], string]>([
    ['another file', files('.git', 'package.json'), 'the folder has other files in it: package.json'],
    ['a folder', [{ name: 'src', kind: 'folder' }], 'the folder has other files in it: src/'],
    ['a folder named README', [{ name: 'README', kind: 'folder' }], 'README/'],
    ['what only begins like a README', files('readmeNow.ts', 'licensed'), 'readmeNow.ts, licensed'],
    ['.gitignore', files('.gitignore'), '.gitignore'],
    [
      'many files',
      files(...Array.from({ length: 13 }, (_, index) => `f${index}`)),
      'f0, f1, f2, f3, f4, f5, f6, f7, f8, f9 and 3 more',
    ],
    ['eleven files', files(...Array.from({ length: 11 }, (_, index) => `f${index}`)), 'f9 and 1 more'],
  ])('%s is listed', (_, entries, message) => {
    expect(() => planCreation({ directory, entries }, tree)).toThrow(message);
  });

  test('a file or a link in place of the folder', () => {
    const disk = openDisk();
    const folder = makeTemporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'link'));
    expect(() => inspectTarget(disk, join(folder, 'file'))).toThrow('there is a file where the folder is to be made');
    expect(() => inspectTarget(disk, join(folder, 'link'))).toThrow('there is a link where the folder is to be made');
    expect(inspectTarget(disk, join(folder, 'new'))).toEqual({ directory: join(folder, 'new'), entries: undefined });
    expect(inspectTarget(disk, join(folder, 'real')).entries).toEqual([]);
  });
});
