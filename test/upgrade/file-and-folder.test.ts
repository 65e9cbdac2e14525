import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { addTemplates, emitRepo, put, read, upgradeRepo } from './upgrade-repo.ts';

const asFile = addTemplates({ 'base/notes': { text: 'a file\n' } });
const asFolder = addTemplates({ 'base/notes/one.md': { text: 'one\n' }, 'base/notes/deep/two.md': { text: 'two\n' } });

let directory: string;
const emit = (templates: typeof asFile) => emitRepo(directory, { templates });
const upgradeTo = (templates: typeof asFile) => upgradeRepo(directory, { templates });
const changesOf = async (templates: typeof asFile) =>
  (await upgradeTo(templates)).plan.changes
    .filter(({ path }) => path.startsWith('notes'))
    .map(({ path, verdict, because }) => [path, because ?? verdict]);

beforeEach(() => {
  directory = join(makeTemporaryFolder(), 'orders');
});

test('a file that a version makes a folder of gives way', async () => {
  await emit(asFile);
  expect(await changesOf(asFolder)).toEqual([
    ['notes', 'removed'],
    ['notes/deep/two.md', 'added'],
    ['notes/one.md', 'added'],
  ]);
  expect(read(directory, 'notes/deep/two.md')).toBe('two\n');
  expect((await upgradeTo(asFolder)).status).toBe('current');
});

test('a folder that a version makes a file of gives way', async () => {
  await emit(asFolder);
  expect(await changesOf(asFile)).toEqual([
    ['notes', 'added'],
    ['notes/deep/two.md', 'removed'],
    ['notes/one.md', 'removed'],
  ]);
  expect(read(directory, 'notes')).toBe('a file\n');
  expect((await upgradeTo(asFile)).status).toBe('current');
});

test('an edited file stays in the way of a folder, and both are named', async () => {
  await emit(asFile);
  put(directory, 'notes', 'mine\n');
  expect(await changesOf(asFolder)).toEqual([
    ['notes', 'no-longer-emitted'],
    ['notes/deep/two.md', 'not-a-file'],
    ['notes/one.md', 'not-a-file'],
  ]);
  expect(read(directory, 'notes')).toBe('mine\n');
});

test.each([
  ['a file of the user', (folder: string) => put(folder, 'notes/mine.md', 'mine\n')],
  ['an edit', (folder: string) => put(folder, 'notes/one.md', 'mine\n')],
  ['an empty folder', (folder: string) => mkdirSync(join(folder, 'notes/empty'))],
  ['a link', (folder: string) => symlinkSync('nowhere', join(folder, 'notes/link'))],
])('a folder with %s in it stays in the way of a file, and that is told', async (_, change) => {
  await emit(asFolder);
  change(directory);
  expect(await changesOf(asFile)).toContainEqual(['notes', 'not-a-file']);
  expect(existsSync(join(directory, 'notes/'))).toBe(true);
});
