import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import type { RunProgram } from '../../src/steps/ports.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { abortUpgrade } from '../../src/upgrade/abort-upgrade.ts';
import { openGit } from '../../src/upgrade/git.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import {
  addTemplates,
  changeTemplates,
  commitAll,
  edit,
  emitRepo,
  git,
  initGit,
  lookAt,
  makeExecutable,
  openPorts,
  put,
  read,
  remove,
  upgradeRepo,
  withoutNpm,
} from './upgrade-repo.ts';

const path = 'src/server/log.ts';
const later = changeTemplates({ [`server/${path}`]: (text) => text.replace(/^.*\n/, '/** Another line. */\n') });
const clash = (text: string) => text.replace(/^.*\n/, '/** Mine. */\n');

/** Where in a repo the project is: on its own, in a monorepo, in a worktree, in a clone of the last commit alone. */
const places: [name: string, lay: (root: string) => Promise<string>][] = [
  ['a repo', (root) => layOut(root, '.')],
  ['a subfolder of a monorepo with a difficult name', (root) => layOut(root, `teams/it's "a" ü b/orders`)],
  [
    'a worktree',
    async (root) => {
      await layOut(root, 'orders');
      git(join(root, 'mono'), 'worktree', 'add', '--quiet', '../tree');
      return join(root, 'tree/orders');
    },
  ],
  [
    'a shallow clone',
    async (root) => {
      await layOut(root, 'orders');
      git(join(root, 'mono'), 'commit', '--quiet', '--allow-empty', '--message', 'Second');
      git(root, 'clone', '--quiet', '--depth=1', `file://${join(root, 'mono')}`, 'shallow');
      return join(root, 'shallow/orders');
    },
  ],
];

async function layOut(root: string, folder: string): Promise<string> {
  const mono = join(root, 'mono');
  const directory = join(mono, folder);
  await emitRepo(directory);
  edit(directory, path, clash);
  initGit(mono);
  return directory;
}

const stagesOf = (directory: string, file = path) =>
  git(directory, 'ls-files', '--stage', '--', file)
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(/[ \t]/).slice(0, 3))
    .map(([mode, id = '', stage]) => `${mode} ${stage} ${git(directory, 'cat-file', 'blob', id).split('\n')[0]}`);

const stateOf = (directory: string) => [
  git(directory, 'ls-files', '--stage', '-z'),
  git(directory, 'status', '--porcelain', '-z', '--ignored'),
  lookAt(directory),
];

describe.each(places)('in %s', (_, lay) => {
  let directory: string;
  beforeEach(async () => {
    directory = await lay(makeTemporaryFolder());
  });

  test('a conflict has its sides in the index, and is taken back without a trace', async () => {
    const before = stateOf(directory);
    expect(await upgradeRepo(directory, { templates: later })).toMatchObject({ code: 3, notes: [] });
    expect(stagesOf(directory)).toEqual([
      expect.stringMatching(/^100644 1 \/\*\* (?!Mine|Another)/),
      '100644 2 /** Mine. */',
      '100644 3 /** Another line. */',
    ]);
    expect(git(directory, 'diff', '--name-only', '--diff-filter=U', '--relative').trim()).toBe(path);
    expect(await abortUpgrade(directory, openPorts())).toEqual({ edited: [], notes: [] });
    expect(stateOf(directory)).toEqual(before);
  });

  test('a conflict that is resolved and added lets the next upgrade go on', async () => {
    await upgradeRepo(directory, { templates: later });
    await expect(upgradeRepo(directory, { templates: later })).rejects.toMatchObject({
      code: 3,
      faults: [{ at: path, message: expect.stringContaining('line 1') }],
    });
    put(directory, path, '/** Both. */\n');
    await expect(upgradeRepo(directory, { templates: later }, { check: true })).rejects.toMatchObject({
      code: 3,
      faults: [{ message: expect.stringContaining('to git'), hint: expect.stringContaining(`\`git add -- ${path}\``) }],
    });
    git(directory, 'add', '--', path);
    expect((await upgradeRepo(directory, { templates: later })).status).toBe('current');
    expect(existsSync(join(directory, '.grpc-aws/journal'))).toBe(false);
    expect(read(directory, path)).toBe('/** Both. */\n');
  });

  test('edits that are not committed stop an upgrade that would write there, and only then', async () => {
    edit(directory, path, (text) => `${text}// more\n`);
    edit(directory, 'src/server/run.ts', (text) => `${text}// more\n`);
    put(directory, 'notes.txt', 'mine');
    const before = stateOf(directory);
    const attempt = upgradeRepo(directory, { templates: later });
    await expect(attempt).rejects.toBeInstanceOf(UserError);
    await expect(attempt).rejects.toMatchObject({ code: 1 });
    await expect(attempt).rejects.toThrow(`not committed: ${path}`);
    expect(stateOf(directory)).toEqual(before);
    git(directory, 'checkout', 'HEAD', '--', path);
    expect(await upgradeRepo(directory, { templates: later })).toMatchObject({ code: 3 });
  });
});

describe('git', () => {
  let root: string;
  let directory: string;
  beforeEach(async () => {
    root = makeTemporaryFolder();
    directory = join(root, 'orders');
    await emitRepo(directory);
  });

  test('is asked nothing where nobody edited anything', async () => {
    initGit(directory);
    const calls: string[] = [];
    await upgradeRepo(directory, {
      templates: later,
      runProgram: (call) => {
        calls.push(call.args.join(' '));
        return withoutNpm(call);
      },
    });
    expect(calls).toEqual([]);
  });

  test('lets an upgrade write over what an earlier one wrote and nobody committed', async () => {
    initGit(directory);
    await upgradeRepo(directory, { templates: later });
    edit(directory, 'grpc-aws.json', (text) => text.replace('"orders"', '"other"'));
    const result = await upgradeRepo(directory, {
      templates: changeTemplates({ [`server/${path}`]: () => 'third\n' }),
    });
    expect(result.status).toBe('upgraded');
    expect(read(directory, path)).toBe('third\n');
  });

  test('has staged edits: they count as not committed', async () => {
    edit(directory, path, clash);
    initGit(directory);
    edit(directory, path, (text) => `${text}// more\n`);
    git(directory, 'add', '--all');
    await expect(upgradeRepo(directory, { templates: later })).rejects.toThrow('not committed');
  });

  test('has nothing committed: edits count as not committed', async () => {
    edit(directory, path, (text) => `${text}// more\n`);
    git(directory, '-c', 'init.defaultBranch=main', 'init', '--quiet');
    await expect(upgradeRepo(directory, { templates: later })).rejects.toMatchObject({
      faults: [{ hint: expect.stringContaining(`git add -- ${path} && git commit`) }],
    });
  });

  test('ignores a file: it is merged, and gets no stages', async () => {
    edit(directory, path, clash);
    edit(directory, '.gitignore', (text) => `${text}${path}\n`);
    initGit(directory);
    const before = stateOf(directory);
    expect(await upgradeRepo(directory, { templates: later })).toMatchObject({ code: 3 });
    expect(stagesOf(directory)).toEqual([]);
    await abortUpgrade(directory, openPorts());
    expect(stateOf(directory)).toEqual(before);
  });

  test.skipIf(process.platform === 'win32')(
    'keeps the mode of ours in its stage, and the emitted one in the others',
    async () => {
      edit(directory, path, clash);
      makeExecutable(directory, path);
      initGit(directory);
      await upgradeRepo(directory, { templates: later });
      expect(stagesOf(directory).map((line) => line.slice(0, 8))).toEqual(['100644 1', '100755 2', '100644 3']);
    },
  );

  test.skipIf(process.platform === 'win32')('says that modes mean nothing here: then they are no edits', async () => {
    initGit(directory);
    git(directory, 'config', 'core.fileMode', 'false');
    makeExecutable(directory, path);
    expect((await upgradeRepo(directory)).plan.changes.filter((change) => change.path === path)).toEqual([]);
  });

  test('stores the sides with the line endings it stores the file with', async () => {
    edit(directory, '.gitattributes', () => '');
    edit(directory, path, (text) => clash(text).replaceAll('\n', '\r\n'));
    initGit(directory);
    await upgradeRepo(directory, { templates: later });
    const ids = git(directory, 'ls-files', '--stage', '--', path).match(/[0-9a-f]{40}/g) ?? [];
    expect(ids).toHaveLength(3);
    for (const id of ids) expect(git(directory, 'cat-file', 'blob', id)).toMatch(/^([^\r\n]*\r\n)+$/);
    expect(read(directory, path)).toMatch(/^([^\r\n]*\r\n)+$/);
  });

  test('turns line endings around by its attributes in every side', async () => {
    edit(directory, '.gitattributes', (text) => `${text}*.ts text eol=crlf\n`);
    edit(directory, path, (text) => clash(text).replaceAll('\n', '\r\n'));
    initGit(directory);
    await upgradeRepo(directory, { templates: later });
    const ids = git(directory, 'ls-files', '--stage', '--', path).match(/[0-9a-f]{40}/g) ?? [];
    expect(ids).toHaveLength(3);
    for (const id of ids) expect(git(directory, 'cat-file', 'blob', id)).not.toContain('\r');
  });

  test('has bytes that are no text: they stay, with all sides in the index', async () => {
    put(directory, path, Uint8Array.of(0xff, 0xfe, 0x00));
    initGit(directory);
    const before = stateOf(directory);
    expect(await upgradeRepo(directory, { templates: later })).toMatchObject({ code: 3 });
    expect(git(directory, 'ls-files', '--unmerged').trim().split('\n')).toHaveLength(3);
    expect(lookAt(directory).get(path)).toBe('\xff\xfe\x00');
    await expect(upgradeRepo(directory, { templates: later })).rejects.toThrow('not resolved: the whole file');
    await abortUpgrade(directory, openPorts());
    expect(stateOf(directory)).toEqual(before);
  });

  test('has a file where a new one comes: a conflict without a base', async () => {
    put(directory, 'new.txt', 'mine\n');
    initGit(directory);
    const before = stateOf(directory);
    const result = await upgradeRepo(directory, { templates: addTemplates({ 'base/new.txt': { text: 'a\n' } }) });
    expect(result.code).toBe(3);
    expect(stagesOf(directory, 'new.txt')).toEqual(['100644 2 mine', '100644 3 a']);
    await abortUpgrade(directory, openPorts());
    expect(stateOf(directory)).toEqual(before);
  });

  test('has a file that moves into a conflict: its sides are at the new place', async () => {
    const moved = 'src/server/logging.ts';
    edit(directory, path, clash);
    initGit(directory);
    const before = stateOf(directory);
    const { [`server/${path}`]: log = { text: '' } } = later.files;
    const result = await upgradeRepo(directory, {
      templates: addTemplates({ [`server/${moved}`]: log }, [`server/${path}`]),
      migrations: [{ version: '0.2.0', renames: [{ from: path, to: moved }] }],
    });
    expect(result).toMatchObject({ code: 3, remaining: [`git add -- ${moved}`] });
    expect(stagesOf(directory, moved).map((line) => line.slice(7))).toEqual([
      expect.stringContaining('1 /**'),
      '2 /** Mine. */',
      '3 /** Another line. */',
    ]);
    await abortUpgrade(directory, openPorts());
    expect(stateOf(directory)).toEqual(before);
  });

  test('takes an upgrade back of which some was added already', async () => {
    edit(directory, path, clash);
    initGit(directory);
    const before = stateOf(directory);
    await upgradeRepo(directory, { templates: later });
    git(directory, 'add', '--all');
    await abortUpgrade(directory, openPorts());
    expect(stateOf(directory)).toEqual(before);
  });

  test('is not installed, or refuses: the files are merged without it, and that is told', async () => {
    edit(directory, path, clash);
    initGit(directory);
    const absent = async () => ({ exitCode: undefined, output: '', startFault: 'spawn git ENOENT' });
    const refusing = async () => ({ exitCode: 128, output: 'fatal: detected dubious ownership\nmore' });
    for (const [runProgram, note] of [
      [absent, 'git was not asked: spawn git ENOENT'],
      [refusing, 'git was not asked: fatal: detected dubious ownership'],
    ] as const) {
      const before = lookAt(directory);
      const result = await upgradeRepo(directory, { templates: later, runProgram });
      expect(result).toMatchObject({ code: 3, notes: [note] });
      expect(read(directory, path)).toContain('<<<<<<<');
      await abortUpgrade(directory, openPorts({ runProgram }));
      expect(lookAt(directory)).toEqual(before);
    }
  });

  test('is interrupted with us: nothing is written', async () => {
    edit(directory, path, clash);
    initGit(directory);
    const before = stateOf(directory);
    const interruption = new AbortController();
    const attempt = upgradeRepo(directory, {
      templates: later,
      signal: interruption.signal,
      runProgram(call) {
        interruption.abort();
        return withoutNpm(call);
      },
    });
    await expect(attempt).rejects.toMatchObject({ code: 130 });
    expect(stateOf(directory)).toEqual(before);
  });

  test('is not there at all: the file alone says whether its conflict is resolved', async () => {
    edit(directory, path, clash);
    const before = lookAt(directory);
    expect(await upgradeRepo(directory, { templates: later })).toMatchObject({ code: 3, notes: [] });
    await expect(upgradeRepo(directory, { templates: later })).rejects.toThrow('not resolved');
    await abortUpgrade(directory, openPorts());
    expect(lookAt(directory)).toEqual(before);
    await upgradeRepo(directory, { templates: later });
    edit(directory, path, clash);
    put(directory, path, '/** Both. */\n');
    expect((await upgradeRepo(directory, { templates: later })).status).toBe('current');
  });

  test.each(['sha1', 'sha256'])(
    'names its objects by %s: a path is taken out of the index all the same',
    async (format) => {
      git(root, '-c', 'init.defaultBranch=main', 'init', '--quiet', `--object-format=${format}`, 'other');
      const other = join(root, 'other');
      put(other, 'new.txt', 'new\n');
      put(other, 'old.txt', 'old\n');
      git(other, 'add', '--all');
      const ports = { disk: openDisk(), runProgram: withoutNpm, signal: new AbortController().signal };
      const { git: opened } = await openGit(other, ports);
      expect(await opened?.writeIndex(['new.txt'], [])).toBeUndefined();
      expect((await opened?.readIndex(['new.txt', 'old.txt']))?.map((entry) => entry.path)).toEqual(['old.txt']);
    },
  );

  test('asked from a folder that is no work tree gives no answer', async () => {
    git(root, 'init', '--quiet', '--bare', 'bare/.git');
    const { git: opened, note } = await openGit(join(root, 'bare/.git'), {
      disk: openDisk(),
      runProgram: withoutNpm,
      signal: new AbortController().signal,
    });
    expect([opened, note]).toEqual([undefined, 'git was not asked: it knows no work tree here']);
  });
});

describe('taking back', () => {
  test('leaves what somebody edited since, and tells it', async () => {
    const directory = join(makeTemporaryFolder(), 'orders');
    await emitRepo(directory);
    edit(directory, path, clash);
    initGit(directory);
    await upgradeRepo(directory, { templates: addTemplates({ ...later.files, 'base/new.txt': { text: 'a\n' } }) });
    put(directory, 'new.txt', 'mine\n');
    expect(await abortUpgrade(directory, openPorts())).toEqual({ edited: ['new.txt'], notes: [] });
    expect(read(directory, 'new.txt')).toBe('mine\n');
  });

  const absent: RunProgram = async () => ({ exitCode: undefined, output: '', startFault: 'spawn git ENOENT' });

  test.each([
    ['its index is locked', withoutNpm, 'git does not take its index back: '],
    ['it is not found', absent, 'git was not asked: spawn git ENOENT'],
  ])('is refused before any file is touched where git had a part in it and %s', async (why, runProgram, message) => {
    const directory = join(makeTemporaryFolder(), 'orders');
    await emitRepo(directory);
    edit(directory, path, clash);
    initGit(directory);
    const before = stateOf(directory);
    await upgradeRepo(directory, { templates: later });
    const conflicting = stateOf(directory);
    const isLocked = why.includes('locked');
    if (isLocked) put(directory, '.git/index.lock', '');
    const attempt = abortUpgrade(directory, openPorts({ runProgram }));
    await expect(attempt).rejects.toMatchObject({
      code: 1,
      faults: [{ message: expect.stringContaining(message), hint: expect.stringContaining('upgrade --abort') }],
    });
    if (isLocked) remove(directory, '.git/index.lock');
    expect(stateOf(directory)).toEqual(conflicting);
    expect(await abortUpgrade(directory, openPorts())).toEqual({ edited: [], notes: [] });
    expect(stateOf(directory)).toEqual(before);
  });

  test('is refused where no upgrade waits for it', async () => {
    const directory = join(makeTemporaryFolder(), 'orders');
    await emitRepo(directory);
    await upgradeRepo(directory, { templates: later });
    await expect(abortUpgrade(directory, openPorts())).rejects.toMatchObject({ code: 1 });
  });
});

test('a file that may not be read is refused, with its path', async ({ skip }) => {
  skip(process.platform === 'win32', 'Windows keeps no such mode');
  skip(process.getuid?.() === 0, 'root may read everything');
  const directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory);
  chmodSync(join(directory, path), 0o000);
  await expect(upgradeRepo(directory, { templates: later })).rejects.toThrow(path);
});

test('an index that is locked is told, and the files have their markers', async () => {
  const directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory);
  edit(directory, path, clash);
  initGit(directory);
  put(directory, '.git/index.lock', '');
  const { notes, code } = await upgradeRepo(directory, { templates: later });
  expect(code).toBe(3);
  expect(notes).toEqual([expect.stringContaining('git did not take the conflicts into its index: ')]);
  expect(read(directory, path)).toContain('<<<<<<<');
});

test.each<[string, (note: { paths: string[]; entries: object[]; stages: object[] }) => void]>([
  ['a path of its own', ({ paths }) => void paths.push('mine.txt')],
  ['a path outside', ({ paths }) => void paths.push('../mine.txt')],
  ['an entry of its own', ({ entries }) => void entries.push({ path: 'mine.txt', mode: '100644', id: '0a', stage: 0 })],
  ['a stage of its own', ({ stages }) => void stages.push({ path: 'mine.txt', mode: '100644', id: '0a', stage: 2 })],
  ['an entry that is none', ({ entries }) => void entries.push({ path })],
])('a note of the index that somebody gave %s is refused, and the index is left alone', async (_, spoil) => {
  const directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory);
  edit(directory, path, clash);
  put(directory, 'mine.txt', 'mine\n');
  initGit(directory);
  await upgradeRepo(directory, { templates: later });
  edit(directory, '.grpc-aws/journal/plan.json', (text) => {
    const plan = JSON.parse(text);
    spoil(plan.note);
    return JSON.stringify(plan);
  });
  const before = stateOf(directory);
  await expect(abortUpgrade(directory, openPorts())).rejects.toThrow('cannot be used: its note of the index');
  await expect(upgradeRepo(directory, { templates: later })).rejects.toThrow('cannot be used: its note of the index');
  expect(stateOf(directory)).toEqual(before);
});

test.each([
  ['', later, path, (text: string) => clash(text)],
  [
    ' without markers',
    changeTemplates({ 'base/package.json': (text) => text.replace('"private": true', '"private": "theirs"') }),
    'package.json',
    (text: string) => text.replace('"private": true', '"private": "mine"'),
  ],
])('a conflict%s that a locked index kept out of git is not forgotten', async (_, templates, conflicting, change) => {
  const directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory);
  edit(directory, conflicting, change);
  initGit(directory);
  put(directory, '.git/index.lock', '');
  expect(await upgradeRepo(directory, { templates })).toMatchObject({ code: 3 });
  const attempt = upgradeRepo(directory, { templates });
  await expect(attempt).rejects.toMatchObject({ code: 3, faults: [{ at: conflicting }] });
  await expect(upgradeRepo(directory, { templates }, { check: true })).rejects.toThrow('not resolved');
  remove(directory, '.git/index.lock');
  await expect(upgradeRepo(directory, { templates })).rejects.toThrow('not resolved');
  expect(stagesOf(directory, conflicting)).toHaveLength(3);
  edit(directory, conflicting, (text) => text.replace(/^<<<<<<<[\s\S]*?^>>>>>>>.*$/m, ''));
  git(directory, 'add', '--', conflicting);
  expect(await upgradeRepo(directory, { templates })).toMatchObject({ status: 'current' });
});

test('a conflict without markers that a locked index kept out of git is resolved by an edit', async () => {
  const directory = join(makeTemporaryFolder(), 'orders');
  const templates = changeTemplates({
    'base/package.json': (text) => text.replace('"private": true', '"private": "theirs", "also": "new"'),
  });
  await emitRepo(directory);
  edit(directory, 'package.json', (text) => text.replace('"private": true', '"private": "mine"'));
  initGit(directory);
  put(directory, '.git/index.lock', '');
  await upgradeRepo(directory, { templates });
  expect(read(directory, 'package.json')).toContain('"also"');
  edit(directory, 'package.json', (text) => text.replace('"private": "mine"', '"private": "theirs"'));
  expect(await upgradeRepo(directory, { templates })).toMatchObject({ status: 'current' });
});

test('a conflict in a repo where others were committed leaves those alone', async () => {
  const directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory);
  edit(directory, path, clash);
  initGit(directory);
  put(directory, 'mine.txt', 'mine\n');
  commitAll(directory, 'Mine');
  const other = git(directory, 'ls-files', '--stage', '--', 'mine.txt');
  await upgradeRepo(directory, { templates: later });
  expect(git(directory, 'ls-files', '--stage', '--', 'mine.txt')).toBe(other);
});
