import { existsSync, mkdirSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import {
  addTemplates,
  changeTemplates,
  edit,
  emitRepo,
  lookAt,
  makeExecutable,
  put,
  read,
  remove,
  upgradeRepo,
} from './upgrade-repo.ts';

const path = 'src/server/log.ts';
const template = `server/${path}`;
/** A version with another first line in one file of the server. */
const later = changeTemplates({ [template]: (text) => text.replace(/^.*\n/, '/** Another line. */\n') });

let root: string;
let directory: string;
beforeEach(async () => {
  root = makeTemporaryFolder();
  directory = join(root, 'orders');
  await emitRepo(directory);
});

describe('a repo that nobody edited', () => {
  test('becomes what a fresh one is', async () => {
    const result = await upgradeRepo(directory, { templates: later });
    expect(result).toMatchObject({ status: 'upgraded', code: 0 });
    expect(result.plan.changes.map((change) => [change.verdict, change.path])).toEqual([
      ['updated', '.grpc-aws/base.json'],
      ['updated', '.grpc-aws/manifest.json'],
      ['updated', path],
    ]);
    await emitRepo(join(root, 'fresh/orders'), { templates: later, toolVersion: '0.2.0' });
    expect(lookAt(directory)).toEqual(lookAt(join(root, 'fresh/orders')));
  });

  test('is left alone by a second upgrade, to the last time stamp', async () => {
    await upgradeRepo(directory, { templates: later });
    const before = [...lookAt(directory).keys()].map(
      (one) => statSync(join(directory, one.replace(/ x$/, ''))).mtimeMs,
    );
    const result = await upgradeRepo(directory, { templates: later });
    expect(result).toMatchObject({ status: 'current', code: 0, plan: { changes: [] } });
    const after = [...lookAt(directory).keys()].map((one) => statSync(join(directory, one.replace(/ x$/, ''))).mtimeMs);
    expect(after).toEqual(before);
  });

  test('loses what is no longer emitted, the empty folder too', async () => {
    await emitRepo(join(root, 'with/orders'), { templates: addTemplates({ 'base/extra/a.txt': { text: 'a\n' } }) });
    await upgradeRepo(join(root, 'with/orders'));
    expect(existsSync(join(root, 'with/orders/extra'))).toBe(false);
  });
});

describe('edits', () => {
  test('elsewhere in the file survive', async () => {
    edit(directory, path, (text) => `${text}// mine\n`);
    const result = await upgradeRepo(directory, { templates: later });
    expect(result).toMatchObject({ status: 'upgraded', code: 0 });
    expect(read(directory, path)).toMatch(/^\/\*\* Another line\. \*\/\n[\s\S]*\/\/ mine\n$/);
    expect((await upgradeRepo(directory, { templates: later })).status).toBe('current');
  });

  test('of what the version leaves alone are listed, and no reason to write', async () => {
    await upgradeRepo(directory);
    edit(directory, path, () => 'mine');
    const result = await upgradeRepo(directory);
    expect(result).toMatchObject({
      status: 'current',
      plan: { changes: [{ path, verdict: 'kept', because: 'edited' }] },
    });
  });

  test('in the same place end in markers and exit code 3, and all else is upgraded', async () => {
    edit(directory, path, (text) => text.replace(/^.*\n/, '/** Mine. */\n'));
    const result = await upgradeRepo(directory, { templates: later });
    expect(result).toMatchObject({ status: 'conflicting', code: 3 });
    expect(result.plan.changes).toContainEqual({
      path,
      verdict: 'conflicting',
      ownership: 'managed',
      conflicts: ['line 1'],
    });
    expect(read(directory, path)).toContain('<<<<<<< yours\n/** Mine. */\n');
    expect(read(directory, '.grpc-aws/manifest.json')).toContain('"version": "0.2.0"');
  });

  test('that delete a file stay', async () => {
    remove(directory, path);
    const result = await upgradeRepo(directory, { templates: later });
    expect(result.plan.changes).toContainEqual(expect.objectContaining({ path, verdict: 'kept', because: 'deleted' }));
    expect(existsSync(join(directory, path))).toBe(false);
    expect((await upgradeRepo(directory, { templates: later })).plan.changes).toEqual([]);
  });

  test('of a file that is no longer emitted keep it', async () => {
    const elder = join(root, 'with/orders');
    await emitRepo(elder, { templates: addTemplates({ 'base/extra.txt': { text: 'a\n' } }) });
    edit(elder, 'extra.txt', () => 'mine\n');
    const result = await upgradeRepo(elder);
    expect(result.plan.changes).toContainEqual(
      expect.objectContaining({ path: 'extra.txt', because: 'no-longer-emitted' }),
    );
    expect(read(elder, 'extra.txt')).toBe('mine\n');
  });

  test.skipIf(process.platform === 'win32')('of modes and links are kept', async () => {
    makeExecutable(directory, path);
    put(directory, '../elsewhere.ts', 'mine');
    remove(directory, 'tsconfig.json');
    symlinkSync('../elsewhere.ts', join(directory, 'tsconfig.json'));
    remove(directory, 'docs');
    symlinkSync('..', join(directory, 'docs'));
    const result = await upgradeRepo(directory, {
      templates: changeTemplates({
        [template]: (text) => `${text}\n`,
        'server/tsconfig.json': () => '{}\n',
      }),
    });
    expect(statSync(join(directory, path)).mode & 0o100).toBe(0o100);
    expect(read(directory, '../elsewhere.ts')).toBe('mine');
    const blocked = result.plan.changes.filter(({ because }) => because === 'not-a-file');
    expect(blocked.map((change) => change.blockedBy)).toEqual(['docs', 'docs', 'tsconfig.json']);
    expect(existsSync(join(root, 'architecture.md'))).toBe(false);
  });

  test.skipIf(process.platform === 'win32')(
    'that put a link in the way miss nothing of what came meanwhile',
    async () => {
      const { files } = changeTemplates({ 'base/package.json': (text) => text.replace('"pino"', '"pino-next"') });
      const templates = addTemplates({ ...files, 'base/notes/new.txt': { text: 'new\n' } });
      renameSync(join(directory, 'package.json'), join(root, 'package.json'));
      symlinkSync('../package.json', join(directory, 'package.json'));
      symlinkSync('..', join(directory, 'notes'));
      const { plan } = await upgradeRepo(directory, { templates });
      const kept = plan.changes.filter(({ verdict }) => verdict === 'kept');
      expect(kept.map((change) => [change.path, change.because, change.blockedBy])).toEqual([
        ['notes/new.txt', 'not-a-file', 'notes'],
        ['package.json', 'not-a-file', 'package.json'],
      ]);
      expect(await upgradeRepo(directory, { templates })).toMatchObject({ status: 'current', plan: { changes: kept } });
      remove(directory, 'notes');
      renameSync(join(root, 'package.json'), join(directory, 'package.json'));
      await upgradeRepo(directory, { templates });
      await emitRepo(join(root, 'fresh/orders'), { templates, toolVersion: '0.2.0' });
      expect(lookAt(directory)).toEqual(lookAt(join(root, 'fresh/orders')));
    },
  );

  test('follow a file that this version calls otherwise', async () => {
    const moved = 'src/server/logging.ts';
    const { [template]: log } = later.files;
    edit(directory, path, (text) => `${text}// mine\n`);
    await upgradeRepo(directory, {
      templates: addTemplates(log === undefined ? {} : { [`server/${moved}`]: log }, [template]),
      migrations: [{ version: '0.2.0', renames: [{ from: path, to: moved }] }],
    });
    expect(existsSync(join(directory, path))).toBe(false);
    expect(read(directory, moved)).toMatch(/^\/\*\* Another line\. \*\/\n[\s\S]*\/\/ mine\n$/);
  });
});

describe('a run that writes nothing', () => {
  test.each([
    ['a check finds something', { check: true }, 3],
    ['a dry run plans', { dryRun: true }, 0],
  ])('%s', async (_, request, code) => {
    const before = lookAt(directory);
    const result = await upgradeRepo(directory, { templates: later }, request);
    expect(result).toMatchObject({ status: 'planned', code, plan: { totals: { updated: 3 } } });
    expect(lookAt(directory)).toEqual(before);
  });

  test('a check of a repo with edits alone finds nothing', async () => {
    await upgradeRepo(directory);
    edit(directory, path, () => 'mine');
    expect(await upgradeRepo(directory, {}, { check: true })).toMatchObject({ status: 'current', code: 0 });
  });

  test('one that is declined', async () => {
    const before = lookAt(directory);
    const confirm = async () => false;
    expect(await upgradeRepo(directory, { templates: later, confirm })).toMatchObject({ status: 'declined', code: 0 });
    expect(lookAt(directory)).toEqual(before);
  });

  test('one that is interrupted', async () => {
    const before = lookAt(directory);
    await expect(upgradeRepo(directory, { templates: later, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 130,
    });
    expect(lookAt(directory)).toEqual(before);
  });
});

describe('npm install', () => {
  const newer = changeTemplates({ 'base/package.json': (text) => text.replace('"pino"', '"pino-next"') });
  const listen = (exitCode = 0) => {
    const calls: string[] = [];
    const runProgram = async ({ program, args }: { program: string; args: readonly string[] }) => {
      calls.push([program, args[0]].join(' '));
      return { exitCode, output: '' };
    };
    return { calls, runProgram };
  };

  test('runs when a dependency changed, and only then', async () => {
    const { calls, runProgram } = listen();
    expect(await upgradeRepo(directory, { templates: newer, runProgram })).toMatchObject({
      install: { status: 'done' },
    });
    expect(calls).toEqual(['npm install']);
    await upgradeRepo(directory, { templates: newer, runProgram, toolVersion: '0.3.0' });
    expect(calls).toEqual(['npm install']);
  });

  test('is left to the user who says so, and told', async () => {
    const { calls, runProgram } = listen();
    const result = await upgradeRepo(directory, { templates: newer, runProgram }, { install: false });
    expect(result).toMatchObject({ code: 0, remaining: ['npm install'], install: { status: 'skipped' } });
    expect(calls).toEqual([]);
  });

  test.each([
    ['pnpm-lock.yaml', 'pnpm install'],
    ['yarn.lock', 'yarn install'],
  ])('is not for a repo with %s', async (lockfile, command) => {
    put(directory, lockfile, '');
    const { calls, runProgram } = listen();
    expect(await upgradeRepo(directory, { templates: newer, runProgram })).toMatchObject({ remaining: [command] });
    expect(calls).toEqual([]);
  });

  test('that fails leaves the files, and exit code 1', async () => {
    const { runProgram } = listen(7);
    const result = await upgradeRepo(directory, { templates: newer, runProgram });
    expect(result).toMatchObject({
      status: 'upgraded',
      code: 1,
      remaining: ['npm install'],
      install: { status: 'failed' },
    });
    expect(read(directory, 'package.json')).toContain('pino-next');
  });

  test('waits for conflicts', async () => {
    edit(directory, path, (text) => text.replace(/^.*\n/, '/** Mine. */\n'));
    const { calls, runProgram } = listen();
    const both = { ...newer, files: { ...newer.files, [template]: later.files[template] ?? { text: '' } } };
    const result = await upgradeRepo(directory, { templates: both, runProgram });
    expect(result).toMatchObject({ code: 3, remaining: ['npm install'] });
    expect(calls).toEqual([]);
  });
});

test('a folder in the way of a new file is kept', async () => {
  mkdirSync(join(directory, 'new.txt'));
  const result = await upgradeRepo(directory, { templates: addTemplates({ 'base/new.txt': { text: 'a\n' } }) });
  expect(result.plan.changes).toContainEqual(expect.objectContaining({ path: 'new.txt', blockedBy: 'new.txt' }));
});
