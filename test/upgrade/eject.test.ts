import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { UserError } from '../../src/errors.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { type EjectPorts, eject } from '../../src/upgrade/eject.ts';
import { watchFileSystem } from '../plan/faulty-file-system.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import {
  commitAll,
  copyRepo,
  edit,
  emitRepo,
  git,
  initGit,
  lookAt,
  openPorts,
  put,
  read,
  remove,
  upgradeRepo,
} from './upgrade-repo.ts';

const copy = '.grpc-aws/create-grpc-aws.tgz';

let directory: string;
beforeEach(async () => {
  directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory, { toolVersion: '0.2.0' });
  put(directory, copy, 'a package');
});

function leave(given: Partial<EjectPorts> = {}, dryRun = false) {
  const { confirm: _, ...ports } = openPorts();
  return eject({ directory, dryRun, install: false }, { ...ports, ...given });
}

const paths = () => [...lookAt(directory).keys()];

describe('eject', () => {
  test('removes what only the tool needs, and changes nothing else', async () => {
    const before = lookAt(directory);
    const result = await leave();
    expect(result).toMatchObject({ status: 'ejected', code: 0, remaining: ['npm install'], notes: [] });
    const removed = [
      '.grpc-aws/base.json',
      copy,
      '.grpc-aws/manifest.json',
      '.grpc-aws/schema.json',
      '.projen/files.json',
      '.projen/tasks.json',
      '.projenrc.ts',
    ];
    const changed = [
      '.dockerignore',
      '.gitattributes',
      '.github/workflows/build.yml',
      'Dockerfile',
      'grpc-aws.json',
      'package.json',
      'renovate.json',
    ];
    expect(result.plan.changes).toEqual(
      [
        ...removed.map((path) => ({ path, verdict: 'removed', ownership: 'managed' })),
        ...changed.map((path) => ({ path, verdict: 'updated', ownership: 'managed' })),
      ].sort((a, b) => (a.path < b.path ? -1 : 1)),
    );
    const after = lookAt(directory);
    expect([...after.keys()]).toEqual([...before.keys()].filter((path) => !removed.includes(path)));
    for (const [path, text] of after)
      if (!changed.includes(path)) expect([path, text]).toEqual([path, before.get(path)]);
    expect(existsSync(join(directory, '.grpc-aws'))).toBe(false);
    expect(existsSync(join(directory, '.projen'))).toBe(false);
  });

  test('leaves no word about the tool in what a machine reads, and names where people read of it', async () => {
    const { mentions } = await leave();
    for (const path of ['package.json', '.gitattributes', '.dockerignore', 'Dockerfile', 'compose.yaml']) {
      expect([path, read(directory, path)]).toEqual([
        path,
        expect.not.stringMatching(/create-grpc-aws|projen|\.grpc-aws/),
      ]);
    }
    expect(JSON.parse(read(directory, 'grpc-aws.json'))).not.toHaveProperty('$schema');
    expect(JSON.parse(read(directory, 'grpc-aws.json'))).toMatchObject({ workloads: [{ name: 'orders' }] });
    const told = new Set(mentions.map((place) => place.split(':')[0]));
    expect([...told]).toEqual(['README.md']);
    const line = Number(mentions[0]?.split(':')[1]);
    expect(read(directory, 'README.md').split('\n')[line - 1]).toMatch(/grpc-aws|projen/);
  });

  test('keeps what the user put into the same files', async () => {
    edit(directory, 'package.json', (text) =>
      text
        .replace('"devDependencies": {', '"devDependencies": {\n    "left-pad": "^1.0.0",')
        .replace(/"projen": "[^"]*"/, '"projen": "^9.9.9"'),
    );
    edit(directory, '.gitattributes', (text) => `*.bin binary\n${text}`);
    edit(directory, '.github/workflows/build.yml', (text) => text.replace('npm test', 'npm test -- --mine'));
    const result = await leave();
    expect(result.plan.totals).toMatchObject({ merged: 3, conflicting: 0 });
    const { devDependencies } = JSON.parse(read(directory, 'package.json'));
    expect(devDependencies).toHaveProperty('left-pad', '^1.0.0');
    expect(Object.keys(devDependencies)).not.toContain('projen');
    expect(Object.keys(devDependencies)).not.toContain('create-grpc-aws');
    expect(read(directory, '.gitattributes')).toContain('*.bin binary\n');
    expect(read(directory, '.github/workflows/build.yml')).toContain('npm test -- --mine');
    expect(read(directory, '.github/workflows/build.yml')).not.toContain('create-grpc-aws');
  });

  test('keeps and names a range that was edited, and the tool itself in no case', async () => {
    edit(directory, 'package.json', (text) => {
      const parsed = JSON.parse(text) as { devDependencies: Record<string, string> };
      Object.assign(parsed.devDependencies, { constructs: '10.5.0', 'create-grpc-aws': '0.0.1' });
      return `${JSON.stringify(parsed, null, 2)}\n`;
    });
    const result = await leave();
    const { devDependencies } = JSON.parse(read(directory, 'package.json')) as {
      devDependencies: Record<string, string>;
    };
    expect(devDependencies).toMatchObject({ constructs: '10.5.0' });
    expect(Object.keys(devDependencies)).not.toEqual(expect.arrayContaining(['create-grpc-aws']));
    expect(Object.keys(devDependencies)).not.toEqual(expect.arrayContaining(['projen']));
    expect(result.notes).toEqual([expect.stringMatching(/^package\.json keeps .*: \/devDependencies\/constructs$/)]);
  });

  test('keeps and names a file of the tool that was edited, and what is not ours', async () => {
    edit(directory, '.projenrc.ts', (text) => `${text}// mine\n`);
    put(directory, '.grpc-aws/notes.txt', 'mine\n');
    const result = await leave();
    expect(result.plan.changes).toContainEqual({
      path: '.projenrc.ts',
      verdict: 'kept',
      ownership: 'managed',
      because: 'no-longer-emitted',
    });
    expect(result.notes).toEqual([expect.stringMatching(/^\.projenrc\.ts stays, .*`rm \.projenrc\.ts`$/)]);
    expect(paths()).toContain('.projenrc.ts');
    expect(paths()).toContain('.grpc-aws/notes.txt');
  });

  test('writes nothing in a dry run, and nothing when it is declined', async () => {
    const before = lookAt(directory);
    expect(await leave({}, true)).toMatchObject({ status: 'planned', code: 0 });
    expect(await leave({ confirm: async () => false })).toMatchObject({ status: 'declined', code: 0 });
    expect(lookAt(directory)).toEqual(before);
  });

  test('is refused while a file that it would write has edits that are not committed', async () => {
    initGit(directory);
    edit(directory, 'README.md', (text) => `${text}mine\n`);
    expect((await leave({}, true)).status).toBe('planned');
    edit(directory, '.projenrc.ts', (text) => text.replace('//', '///'));
    edit(directory, 'package.json', (text) => text.replace('0.1.0', '0.1.1'));
    const before = lookAt(directory);
    await expect(leave()).rejects.toMatchObject({
      code: 1,
      faults: [{ message: 'eject would remove or change files with edits that are not committed: package.json' }],
    });
    expect(lookAt(directory)).toEqual(before);
    commitAll(directory);
    expect((await leave()).status).toBe('ejected');
    expect(git(directory, 'status', '--porcelain')).toContain(' D .grpc-aws/manifest.json');
  });

  test('is once and for all: an upgrade afterwards says what to do', async () => {
    initGit(directory);
    await leave();
    await expect(upgradeRepo(directory)).rejects.toMatchObject({
      code: 1,
      faults: [{ message: expect.stringContaining('eject'), hint: expect.stringContaining('not committed yet') }],
    });
    commitAll(directory);
    edit(directory, 'README.md', (text) => `${text}mine\n`);
    commitAll(directory);
    const hint = await leave().catch((error: UserError) => error.faults[0]?.hint);
    const [, command = ''] = /`git ([^`]+)`/.exec(String(hint)) ?? [];
    expect(git(directory, ...command.split(' ')).trim()).toBe(git(directory, 'rev-parse', '--short', 'HEAD~1').trim());
    await expect(leave()).rejects.toMatchObject({ code: 1 });
  });

  test('that is not committed is taken back by the command that an upgrade names', async () => {
    initGit(directory);
    const before = lookAt(directory);
    await leave();
    const hint = await leave().catch((error: UserError) => error.faults[0]?.hint);
    const [, command = ''] = /`git ([^`]+)`/.exec(String(hint)) ?? [];
    git(directory, ...command.split(' '));
    expect(lookAt(directory)).toEqual(before);
  });

  test('of a repo that never named this package removes what we keep', async () => {
    const old = join(makeTemporaryFolder(), 'old');
    await emitRepo(old, { toolVersion: '0.2.0' });
    directory = old;
    await leave();
    expect(paths().filter((path) => path.startsWith('.grpc-aws'))).toEqual([]);
  });
});

/** A kill between two reads is one before the next of these. */
const changing = [
  'chmodSync',
  'linkSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'unlinkSync',
  'writeFileSync',
];

test('killed at any step, the next run leaves wholly', async () => {
  const root = makeTemporaryFolder();
  const dieAt = (at: number) => {
    let steps = 0;
    const fileSystem = watchFileSystem((_, name) => {
      if (changing.includes(name)) steps += 1;
      if (at > 0 && steps >= at) throw new Error('killed');
    });
    return { disk: openDisk(fileSystem), count: () => steps };
  };
  const original = directory;
  const reset = (name: string) => {
    directory = join(root, name);
    copyRepo(original, directory);
  };
  reset('whole');
  const whole = dieAt(0);
  await leave({ disk: whole.disk });
  const left = lookAt(directory);
  expect(whole.count()).toBeGreaterThan(20);
  for (let at = 1; at <= whole.count(); at += 1) {
    reset(`at-${at}`);
    await leave({ disk: dieAt(at).disk }).catch(() => undefined);
    await leave().catch((error: unknown) => {
      // All of it was done, the journal's own removal too.
      expect(String(error)).toContain('this repo left create-grpc-aws');
    });
    expect([at, [...lookAt(directory)]]).toEqual([at, [...left]]);
    remove(directory, '.');
  }
});

test.each([
  ['is no JSON', '{ "name": "orders", // mine\n}'],
  ['is no object', '[]'],
  ['is no text', Uint8Array.of(0xff, 0xfe, 0x00)],
])('a package.json that %s is refused before anything is removed', async (_, content) => {
  put(directory, 'package.json', content);
  const before = lookAt(directory);
  await expect(leave()).rejects.toMatchObject({
    code: 1,
    faults: [{ at: 'package.json', hint: expect.stringContaining('`git checkout HEAD -- package.json`') }],
  });
  expect(lookAt(directory)).toEqual(before);
});

test('another file that cannot be read as text stays, and that is told', async () => {
  put(directory, 'Dockerfile', Uint8Array.of(0xff, 0xfe, 0x00));
  const result = await leave();
  expect(result).toMatchObject({ status: 'ejected', notes: [expect.stringContaining('Dockerfile stays as it is')] });
  expect(lookAt(directory).get('Dockerfile')).toBe('\xff\xfe\x00');
});
