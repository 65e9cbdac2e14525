import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { diffTrees } from '../../src/tree/diff-trees.ts';
import { type FileSystem, openDisk } from '../../src/tree/disk.ts';
import { readTree, writeTree } from '../../src/tree/disk-trees.ts';
import { literalTree } from './literal-tree.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const disk = openDisk();
const onWindows = process.platform === 'win32';

function catchError(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
  throw new Error('nothing was thrown');
}

describe('trees on disk', () => {
  test('what is written is read back, text, modes and all', () => {
    const folder = makeTemporaryFolder();
    const tree = literalTree(
      { '.github/ci.yml': '${{ x }}\r\n', 'a/b/c': 'ü\u2028\ufeff', 'a/b/d': '', run: '#!/bin/sh\n' },
      onWindows ? {} : { run: { executable: true } },
    );
    for (const _ of writeTree(disk, folder, tree));
    expect(diffTrees(tree, readTree(disk, folder))).toEqual({ added: [], removed: [], changed: [] });
  });

  test('every folder is made once', () => {
    const made: string[] = [];
    const counting: FileSystem = { ...fs, mkdirSync: ((path: string) => void made.push(path)) as typeof fs.mkdirSync };
    const writing = { ...counting, writeFileSync: () => undefined };
    for (const _ of writeTree(openDisk(writing), '/p', literalTree({ 'a/b/c': '', 'a/b/d': '', 'a/e': '', f: '' })));
    expect(made).toEqual(['/p/a', '/p/a/b'].map((path) => join(path)));
  });

  test('folders can be skipped, links are left out', () => {
    const folder = makeTemporaryFolder();
    for (const _ of writeTree(disk, folder, literalTree({ '.git/HEAD': '', 'a/x': '1' })));
    fs.symlinkSync('a/x', join(folder, 'link'));
    expect([...readTree(disk, folder, (path) => path === '.git').keys()]).toEqual(['a/x']);
  });

  test('a file that is not UTF-8 is named', () => {
    const folder = makeTemporaryFolder();
    fs.writeFileSync(join(folder, 'x.bin'), Uint8Array.of(0xff, 0xfe, 0x00));
    expect(catchError(() => readTree(disk, folder)).faults).toMatchObject([
      { at: join(folder, 'x.bin'), message: 'the file is not UTF-8 text' },
    ]);
  });
});

test('a staging folder takes the first name that is free', () => {
  const folder = makeTemporaryFolder();
  const made = [disk.makeStagingFolder(folder), disk.makeStagingFolder(folder)];
  expect(made).toEqual(['.create-grpc-aws-1', '.create-grpc-aws-2'].map((name) => join(folder, name)));
});

describe('putting in place', () => {
  function stage() {
    const folder = makeTemporaryFolder();
    disk.write(join(folder, 'file'), 'ours', false);
    disk.makeFolder(join(folder, 'folder'));
    return { folder, to: join(folder, 'to') };
  }

  test.each(['file', 'folder'])('a %s never replaces a file that is there', (staged) => {
    const { folder, to } = stage();
    disk.write(to, 'theirs', false);
    expect(catchError(() => disk.place(join(folder, staged), to)).faults).toMatchObject([
      { at: to, message: 'cannot put it in place: something appeared there meanwhile' },
    ]);
    expect(fs.readFileSync(to, 'utf8')).toBe('theirs');
  });

  test.each(['file', 'folder'])('a %s never replaces a folder that is there, not even an empty one', (staged) => {
    const { folder, to } = stage();
    disk.makeFolder(to);
    const before = fs.lstatSync(to).ino;
    expect(catchError(() => disk.place(join(folder, staged), to)).message).toContain('appeared there meanwhile');
    expect(fs.lstatSync(to).ino).toBe(before);
  });

  test('on a disk without hard links a file is renamed, and still replaces nothing', () => {
    const { folder, to } = stage();
    const linkSync = () => {
      throw Object.assign(new Error('no links here'), { code: 'EPERM', syscall: 'link' });
    };
    const linkless = openDisk({ ...fs, linkSync });
    linkless.place(join(folder, 'file'), to);
    expect(fs.readdirSync(folder)).toEqual(['folder', 'to']);
    linkless.write(join(folder, 'file'), 'later', false);
    catchError(() => linkless.place(join(folder, 'file'), to));
    expect(fs.readFileSync(to, 'utf8')).toBe('ours');
  });
});

describe('replacing', () => {
  test('a file and a link are replaced in one step; what the link led to stays', () => {
    const folder = makeTemporaryFolder();
    const [staged, path, target] = ['staged', 'path', 'target'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    disk.write(target, 'theirs', false);
    fs.symlinkSync(target, path);
    for (const text of ['one', 'two']) {
      disk.write(staged, text, false);
      disk.replace(staged, path);
      expect(disk.identify(path)).toBe('file');
      expect(fs.readFileSync(path, 'utf8')).toBe(text);
    }
    expect(fs.readFileSync(target, 'utf8')).toBe('theirs');
    expect(fs.readdirSync(folder)).toEqual(['path', 'target']);
  });

  test('a folder is neither replaced nor removed as a file', () => {
    const folder = makeTemporaryFolder();
    disk.write(join(folder, 'staged'), '', false);
    disk.makeFolder(join(folder, 'empty'));
    catchError(() => disk.replace(join(folder, 'staged'), join(folder, 'empty')));
    catchError(() => disk.removeFile(join(folder, 'empty')));
    expect(catchError(() => disk.removeFile(join(folder, 'none'))).message).toContain('it is gone');
    disk.removeFile(join(folder, 'staged'));
    expect(fs.readdirSync(folder)).toEqual(['empty']);
  });

  test('bytes and a mode arrive as they are', ({ skip }) => {
    skip(onWindows, 'Windows keeps no such modes');
    const path = join(makeTemporaryFolder(), 'x');
    disk.write(path, Uint8Array.of(0xff, 0x00), false);
    disk.setMode(path, 0o640);
    expect(disk.readMode(path)).toBe(0o640);
    expect([...disk.read(path)]).toEqual([0xff, 0x00]);
  });
});

describe('what the system refuses', () => {
  test.each([
    ['ENOSPC', 'the disk is full', 'df -h'],
    ['EDQUOT', 'your quota on the disk is used up', 'df -h'],
    ['EACCES', 'the permission is missing', 'ls -ld'],
    ['EROFS', 'the disk is read-only', 'Choose a folder'],
    ['EIO', 'the disk failed', 'Check the disk'],
    ['EWHATEVER', 'EWHATEVER', 'ls -ld'],
  ])('%s is told with path, cause and hint', (code, because, hint) => {
    const writeFileSync = () => {
      throw Object.assign(new Error(code), { code, syscall: 'open' });
    };
    const error = catchError(() => openDisk({ ...fs, writeFileSync }).write('/p/x', '', false));
    expect(error.code).toBe(1);
    expect(error.faults).toMatchObject([{ at: '/p/x', message: `cannot write the file: ${because}` }]);
    expect(error.faults[0]?.hint).toContain(hint);
    expect(error.cause).toBeInstanceOf(Error);
  });

  test('a folder that cannot be made is told with the one that it was to be in', () => {
    const mkdirSync = () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'mkdir' });
    };
    const error = catchError(() => openDisk({ ...fs, mkdirSync }).makeFolder(join('/p', 'x')));
    expect(error.faults[0]).toMatchObject({ at: join('/p', 'x'), hint: expect.stringContaining('`ls -ld /p`') });
  });

  test('a file where a folder should be, and a name that is too long, are told', () => {
    const folder = makeTemporaryFolder();
    disk.write(join(folder, 'file'), '', false);
    expect(catchError(() => disk.write(join(folder, 'file/x'), '', false)).message).toContain('is a file');
    expect(catchError(() => disk.makeFolder(join(folder, 'x'.repeat(300)))).message).toContain('too long');
  });

  test('what is no refusal of the system stays what it is', () => {
    const writeFileSync = () => {
      throw new TypeError('a bug');
    };
    expect(() => openDisk({ ...fs, writeFileSync }).write('/p/x', '', false)).toThrow(TypeError);
  });
});
