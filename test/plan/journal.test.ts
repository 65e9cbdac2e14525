import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import {
  compareWithJournal,
  discardJournal,
  findJournal,
  recoverJournal,
  restoreJournal,
} from '../../src/plan/journal.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { watchFileSystem } from './faulty-file-system.ts';
import {
  after,
  before,
  change,
  describeChanges,
  file,
  Killed,
  layOut,
  lookClosely,
  type Project,
  shortAfter,
  shortBefore,
} from './journal-project.ts';

const disk = openDisk();
let directory: string;
let journal: string;
beforeEach(() => {
  directory = join(makeTemporaryFolder(), 'orders');
  journal = join(directory, '.grpc-aws/journal');
});

function write(path: string, content: string): void {
  fs.writeFileSync(join(directory, path), content);
}

function read(path: string): string {
  return fs.readFileSync(join(directory, path), 'utf8');
}

/** Kills the run just before a file is put in its place. */
async function killBefore(from: Project, to: Project, path: string): Promise<void> {
  layOut(directory, from);
  const isFatal = (one: unknown) => one === join(directory, path);
  let isDead = false;
  const real = watchFileSystem(() => {
    if (isDead) {
      throw new Killed();
    }
  });
  const die = () => {
    isDead = true;
    throw new Killed();
  };
  const fileSystem = {
    ...real,
    linkSync: (...[staged, place]: Parameters<typeof fs.linkSync>) =>
      isFatal(place) ? die() : real.linkSync(staged, place),
    renameSync: (...[staged, place]: Parameters<typeof fs.renameSync>) =>
      isFatal(place) ? die() : real.renameSync(staged, place),
  };
  await expect(change({ directory, changes: describeChanges(from, to), fileSystem })).rejects.toThrow(Killed);
  expect(findJournal(disk, directory)?.state).toBe('begun');
}

function catchError(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
  throw new Error('nothing was thrown');
}

describe('a change that is kept', () => {
  test('is taken back exactly: bytes, modes, absence, folders', async () => {
    layOut(directory, before);
    const seen = lookClosely(directory);
    await change({ directory, keep: true, note: { head: 'abc' } });
    expect(findJournal(disk, directory)).toMatchObject({
      state: 'kept',
      purpose: 'upgrade',
      version: '1.2.3',
      note: { head: 'abc' },
    });
    expect(restoreJournal(disk, directory)).toEqual({ outcome: 'restored', edited: [] });
    expect(lookClosely(directory)).toEqual(seen);
    expect(findJournal(disk, directory)).toBeUndefined();
    expect(restoreJournal(disk, directory)).toEqual({ outcome: 'nothing', edited: [] });
  });

  test('tells which paths were edited since; those are left, and the others are taken back', async () => {
    layOut(directory, before);
    await change({ directory, keep: true });
    write('private.txt', 'edited');
    write('src/a/b/c/deep.ts', 'edited too');
    fs.rmSync(join(directory, 'logo.png'));
    write('docs', 'a file where the folder was');
    const standings = compareWithJournal(disk, directory);
    expect(standings?.edited).toEqual(['logo.png', 'private.txt', 'src/a/b/c/deep.ts']);
    expect(standings?.before).toEqual([]);
    expect(standings?.after).toContain('src/index.ts');
    const { edited } = restoreJournal(disk, directory);
    expect([...edited].sort()).toEqual(['docs/deep/er/old.md', 'logo.png', 'private.txt', 'src/a/b/c/deep.ts']);
    expect(read('private.txt')).toBe('edited');
    expect(read('src/a/b/c/deep.ts')).toBe('edited too');
    expect(read('docs')).toBe('a file where the folder was');
    expect(fs.existsSync(join(directory, 'logo.png'))).toBe(false);
    expect(read('src/index.ts')).toBe('export {};\n');
    expect(fs.existsSync(join(directory, 'src/a/b/script.sh'))).toBe(false);
  });

  test('is taken back wholly where the caller says that edits go', async () => {
    layOut(directory, before);
    const seen = lookClosely(directory);
    await change({ directory, keep: true });
    write('private.txt', '<<<<<<< resolved');
    write('src/a/b/c/deep.ts', 'edited too');
    fs.rmSync(join(directory, 'logo.png'));
    const overwritten = new Set(compareWithJournal(disk, directory)?.edited);
    expect(restoreJournal(disk, directory, overwritten)).toEqual({ outcome: 'restored', edited: [] });
    expect(lookClosely(directory)).toEqual(seen);
  });

  test('is never taken back through a link or over a folder, whatever the caller says', async () => {
    layOut(directory, before);
    await change({ directory, keep: true });
    const outside = makeTemporaryFolder();
    fs.writeFileSync(join(outside, 'index.ts'), 'export { x } from "./x.ts";\n');
    fs.rmSync(join(directory, 'src'), { recursive: true });
    fs.symlinkSync(outside, join(directory, 'src'));
    fs.rmSync(join(directory, 'private.txt'));
    fs.mkdirSync(join(directory, 'private.txt'));
    const overwritten = new Set(['src/index.ts', 'private.txt']);
    const { edited } = restoreJournal(disk, directory, overwritten);
    expect([...edited].sort()).toEqual(['private.txt', 'src/a/b/c/deep.ts', 'src/a/b/script.sh', 'src/index.ts']);
    expect(fs.readdirSync(outside)).toEqual(['index.ts']);
    expect(fs.readFileSync(join(outside, 'index.ts'), 'utf8')).toContain('./x.ts');
  });

  test('can be let be, and only then can the next one begin', async () => {
    layOut(directory, shortBefore);
    const changes = describeChanges(shortBefore, shortAfter);
    await change({ directory, changes, keep: true });
    const next = describeChanges(shortAfter, shortBefore);
    await expect(change({ directory, changes: next })).rejects.toThrow('can still be taken back');
    expect(read('src/new.ts')).toBe('new');
    discardJournal(disk, directory);
    discardJournal(disk, directory);
    expect(fs.readdirSync(join(directory, '.grpc-aws'))).toEqual(['manifest.json']);
    await change({ directory, changes: next });
    expect(read('docs/deep/old.md')).toBe('old');
  });

  test('is out of sight of git, and readable to a human', async () => {
    layOut(directory, shortBefore);
    await change({ directory, changes: describeChanges(shortBefore, shortAfter), keep: true });
    expect(fs.readdirSync(journal)).toEqual(['.gitignore', '1.before', '2.before', '3.before', 'kept', 'plan.json']);
    expect(fs.readFileSync(join(journal, '.gitignore'), 'utf8')).toBe('*\n');
    expect(fs.readFileSync(join(journal, '2.before'), 'utf8')).toBe('old');
    const plan = fs.readFileSync(join(journal, 'plan.json'), 'utf8');
    expect(plan).toContain(
      '\n    {"number":2,"path":"docs/deep/old.md","before":{"executable":false,"size":3,"crc32":"',
    );
  });
});

describe('a run that was killed in the middle', () => {
  test('is taken back, edits of the meantime apart', async () => {
    await killBefore(before, after, 'src/index.ts');
    write('private.txt', 'edited meanwhile');
    write('src/index.ts', 'edited meanwhile');
    const { outcome, edited } = recoverJournal(disk, directory);
    expect(outcome).toBe('restored');
    expect([...edited].sort()).toEqual(['private.txt', 'src/index.ts']);
    expect(read('private.txt')).toBe('edited meanwhile');
    expect(read('src/index.ts')).toBe('edited meanwhile');
    expect(read('old/name.ts')).toBe('moved');
    expect(fs.existsSync(join(directory, 'new'))).toBe(false);
    expect(fs.existsSync(journal)).toBe(false);
  });

  test('leaves room for what somebody put into a folder that was to go', async () => {
    await killBefore(before, after, '.grpc-aws/manifest.json');
    write('tool/mine.txt', 'mine');
    write('new/mine.txt', 'mine');
    const { edited } = recoverJournal(disk, directory);
    expect(edited).toEqual(['tool']);
    expect(lookClosely(join(directory, 'tool'))).toEqual({ 'mine.txt': expect.stringMatching(/ mine$/) });
    expect(Object.keys(lookClosely(join(directory, 'new')))).toEqual(['mine.txt']);
    expect(read('private.txt')).toBe('one');
  });

  test('is finished when no file is left to do, however much was edited since', async () => {
    layOut(directory, before);
    // The journal cannot be put away: neither renamed nor made invalid.
    const fileSystem = watchFileSystem(() => undefined);
    let isDead = false;
    const dying = {
      ...fileSystem,
      renameSync: (...[from, to]: Parameters<typeof fs.renameSync>) => {
        isDead ||= from === journal;
        return isDead ? fail() : fs.renameSync(from, to);
      },
      unlinkSync: (path: fs.PathLike) => (isDead ? fail() : fs.unlinkSync(path)),
      lstatSync: ((path: fs.PathLike, options?: fs.StatSyncOptions) =>
        isDead ? fail() : fs.lstatSync(path, options)) as typeof fs.lstatSync,
    };
    await expect(change({ directory, fileSystem: dying })).rejects.toThrow(Killed);
    const whole = lookClosely(directory);
    write('private.txt', 'a week of work');
    expect(recoverJournal(disk, directory)).toEqual({ outcome: 'finished', edited: ['private.txt'] });
    expect(read('private.txt')).toBe('a week of work');
    expect(read('src/index.ts')).toContain('./x.ts');
    const rest = (seen: Record<string, string>) =>
      Object.keys(seen).filter((path) => !path.startsWith('.grpc-aws/journal'));
    expect(rest(lookClosely(directory))).toEqual(rest(whole));
    expect(fs.existsSync(journal)).toBe(false);

    function fail(): never {
      throw new Killed();
    }
  });

  test('is not discarded, nor is another change begun', async () => {
    await killBefore(shortBefore, shortAfter, 'src');
    expect(catchError(() => discardJournal(disk, directory)).message).toContain('is not done');
    const again = change({ directory, changes: describeChanges(shortBefore, shortAfter) });
    await expect(again).rejects.toThrow('a change was stopped in the middle here');
    expect(findJournal(disk, directory)?.state).toBe('begun');
  });
});

describe('what was changed meanwhile', () => {
  test.each(['private.txt', 'docs/deep/er/old.md', 'new/name.ts', 'tool'])('%s refuses the change', async (path) => {
    layOut(directory, before);
    fs.mkdirSync(join(directory, 'new'));
    write(path, 'theirs');
    const seen = lookClosely(directory);
    await expect(change({ directory })).rejects.toThrow(`${join(directory, path)}: something changed it meanwhile`);
    expect(lookClosely(directory)).toEqual(seen);
  });

  test('a mode counts as a change, where the system keeps one', async () => {
    layOut(directory, before);
    fs.chmodSync(join(directory, 'private.txt'), 0o700);
    await expect(change({ directory })).rejects.toThrow('something changed it meanwhile');
  });

  test('a folder that was replaced by a link outside is not written through', async () => {
    layOut(directory, before);
    const outside = join(directory, '../outside');
    fs.renameSync(join(directory, 'src'), outside);
    fs.symlinkSync(outside, join(directory, 'src'));
    const seen = [lookClosely(directory), lookClosely(outside)];
    const error = await change({ directory }).catch((thrown: unknown) => thrown as UserError);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).faults).toMatchObject([
      { at: join(directory, 'src'), message: 'it is no folder, and nothing is written through it' },
    ]);
    expect([lookClosely(directory), lookClosely(outside)]).toEqual(seen);
  });

  test('nor is one that becomes a link after all was looked at', async () => {
    layOut(directory, before);
    const outside = join(directory, '../outside');
    const real = watchFileSystem(() => undefined);
    const fileSystem = {
      ...real,
      renameSync: (...[from, to]: Parameters<typeof fs.renameSync>) => {
        fs.renameSync(from, to);
        if (to === journal) {
          fs.renameSync(join(directory, 'src'), outside);
          fs.symlinkSync(outside, join(directory, 'src'));
        }
      },
    };
    await expect(change({ directory, fileSystem })).rejects.toThrow('nothing is written through it');
    expect(Object.keys(lookClosely(outside))).toEqual(['index.ts']);
    expect(fs.readFileSync(join(outside, 'index.ts'), 'utf8')).toBe('export {};\n');
    expect(read('private.txt')).toBe('one');
  });

  test.each(['.grpc-aws', '.grpc-aws/journal'])('%s as a link is refused', async (path) => {
    layOut(directory, shortBefore);
    const outside = join(directory, '../outside');
    fs.mkdirSync(outside);
    fs.rmSync(join(directory, path), { recursive: true, force: true });
    fs.symlinkSync(outside, join(directory, path));
    await expect(change({ directory, changes: describeChanges({}, { 'x.txt': file('x') }) })).rejects.toThrow(
      UserError,
    );
    const recover = () => recoverJournal(disk, directory);
    if (path === '.grpc-aws') expect(recover().outcome).toBe('nothing');
    else expect(recover).toThrow('something that is no folder');
    expect(fs.readdirSync(outside)).toEqual([]);
    expect(fs.existsSync(join(directory, 'x.txt'))).toBe(false);
  });
});
