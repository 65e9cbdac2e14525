import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { abortUpgrade } from '../../src/upgrade/abort-upgrade.ts';
import { type CallName, watchFileSystem } from '../plan/faulty-file-system.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import {
  addTemplates,
  changeTemplates,
  copyRepo,
  edit,
  emitRepo,
  git,
  initGit,
  lookAt,
  openPorts,
  put,
  read,
  upgradeRepo,
  withoutNpm,
} from './upgrade-repo.ts';

const path = 'src/server/log.ts';
const later = addTemplates({
  ...changeTemplates({ [`server/${path}`]: (text) => text.replace(/^.*\n/, '/** Another line. */\n') }).files,
  'base/new/file.txt': { text: 'new\n' },
});

const copy = '.grpc-aws/create-grpc-aws.tgz';
const loadPackage = () => ({ path: copy, bytes: Buffer.from('new') });

/** A kill between two reads is one before the next of these. */
const changing: readonly CallName[] = [
  'chmodSync',
  'linkSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'unlinkSync',
  'writeFileSync',
];

/** Ports of a process that is killed at its step number `at`: a change of the disk, or a program before or after its run. */
function dieAt(at: number) {
  let steps = 0;
  let isDead = false;
  const step = () => {
    steps += 1;
    isDead ||= steps === at;
    if (isDead) throw new Error('killed');
  };
  const fileSystem = watchFileSystem((_, name) => {
    if (isDead || changing.includes(name)) step();
  });
  return {
    count: () => steps,
    ports: openPorts({
      templates: later,
      loadPackage,
      disk: openDisk(fileSystem),
      async runProgram(call) {
        step();
        const end = await withoutNpm(call);
        step();
        return end;
      },
    }),
  };
}

describe.each([
  ['a clean upgrade', false],
  ['an upgrade with a conflict', true],
])('%s that is killed at any step', (_, hasConflict) => {
  let root: string;
  let original: string;
  const stateOf = (directory: string) => [lookAt(directory), git(directory, 'ls-files', '--stage')];
  const reset = (name: string) => {
    const directory = join(root, name);
    copyRepo(original, directory);
    return directory;
  };

  beforeEach(async () => {
    root = makeTemporaryFolder();
    original = join(root, 'orders');
    await emitRepo(original);
    edit(original, path, (text) => (hasConflict ? text.replace(/^.*\n/, '/** Mine. */\n') : `${text}// mine\n`));
    put(original, copy, 'old');
    initGit(original);
    // It is copied many times: one file is quicker than one for each blob.
    git(original, 'gc', '--quiet');
  });

  test('is as before or as after once the next run has ended', { timeout: 240_000 }, async () => {
    const whole = reset('whole');
    const before = stateOf(whole);
    const alive = dieAt(0);
    await upgradeRepo(whole, alive.ports);
    const after = withoutJournal(stateOf(whole));
    const total = alive.count();
    expect(total).toBeGreaterThan(20);
    for (let at = 1; at <= total; at++) {
      const directory = reset(`at-${at}`);
      await expect(upgradeRepo(directory, dieAt(at).ports), `step ${at}`).rejects.toThrow('killed');
      const again = await upgradeRepo(directory, { templates: later, loadPackage }).catch((error: unknown) => error);
      if (hasConflict && again instanceof UserError) expect(again.message).toContain('not resolved');
      else expect(again).toMatchObject({ code: hasConflict ? 3 : 0 });
      expect(withoutJournal(stateOf(directory)), `step ${at}`).toEqual(after);
      if (!hasConflict) continue;
      await abortUpgrade(directory, openPorts());
      expect(stateOf(directory), `step ${at}`).toEqual(before);
    }
  });

  // Without one there is nothing to take back.
  if (!hasConflict) return;

  test('and whose taking back is killed too can be taken back again', { timeout: 240_000 }, async () => {
    const whole = reset('aborted');
    const before = stateOf(whole);
    await upgradeRepo(whole, { templates: later, loadPackage });
    const conflicting = join(root, 'conflicting');
    copyRepo(whole, conflicting);
    const alive = dieAt(0);
    await abortUpgrade(whole, alive.ports);
    expect(stateOf(whole)).toEqual(before);
    for (let at = 1; at <= alive.count(); at++) {
      const directory = join(root, `abort-${at}`);
      copyRepo(conflicting, directory);
      await expect(abortUpgrade(directory, dieAt(at).ports)).rejects.toThrow('killed');
      const again = await abortUpgrade(directory, openPorts()).catch((error: unknown) => error);
      if (again instanceof UserError) expect(again.message).toContain('no upgrade to take back');
      expect(withoutJournal(stateOf(directory)), `step ${at}`).toEqual(before);
    }
  });

  test('and whose taking back is killed once its file is half resolved can be taken back again', {
    timeout: 240_000,
  }, async () => {
    const whole = reset('aborted');
    const before = stateOf(whole);
    await upgradeRepo(whole, { templates: later, loadPackage });
    // Git alone says that it is open still.
    put(whole, path, 'half resolved\n');
    const conflicting = join(root, 'conflicting');
    copyRepo(whole, conflicting);
    const alive = dieAt(0);
    expect(await abortUpgrade(whole, alive.ports)).toEqual({ edited: [], notes: [] });
    expect(stateOf(whole)).toEqual(before);
    for (let at = 1; at <= alive.count(); at++) {
      const directory = join(root, `abort-${at}`);
      copyRepo(conflicting, directory);
      await expect(abortUpgrade(directory, dieAt(at).ports)).rejects.toThrow('killed');
      // Whoever upgrades first either finds it open still, or has it taken back.
      const next = await upgradeRepo(directory, { templates: later, loadPackage }, { dryRun: at % 2 === 0 }).catch(
        String,
      );
      expect(JSON.stringify(next), `step ${at}`).not.toContain('"current"');
      const again = await abortUpgrade(directory, openPorts()).catch((error: unknown) => error);
      if (again instanceof UserError) expect(again.message).toContain('no upgrade to take back');
      expect(withoutJournal(stateOf(directory)), `step ${at}`).toEqual(before);
    }
  });
});

/** Its copies are for the way back, and what a killed run left of one is for the next run to clear. */
function withoutJournal(state: unknown[]): unknown[] {
  const [files, ...rest] = state as [Map<string, string>, ...unknown[]];
  return [new Map([...files].filter(([file]) => !file.startsWith('.grpc-aws/journal'))), ...rest];
}

test('an installation that a killed run never came to is named by the next one', async () => {
  const directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory, { toolVersion: '0.2.0' });
  const { dependencies, devDependencies } = JSON.parse(read(directory, 'package.json'));
  put(directory, 'package-lock.json', JSON.stringify({ packages: { '': { devDependencies, dependencies } } }));
  expect(await upgradeRepo(directory)).toMatchObject({ status: 'current', notes: [], remaining: [] });
  const newer = changeTemplates({ 'base/package.json': (text) => text.replace('"pino"', '"pino-next"') });
  await upgradeRepo(directory, { templates: newer }, { install: false });
  const named = { notes: [expect.stringContaining('to be installed')], remaining: ['npm install'] };
  expect(await upgradeRepo(directory, { templates: newer })).toMatchObject({ status: 'current', ...named });
  const newest = changeTemplates({
    'base/package.json': (text) => text.replace('"pino"', '"pino-next"'),
    [`server/${path}`]: (text) => text.replace(/^.*\n/, '/** Another line. */\n'),
  });
  expect(await upgradeRepo(directory, { templates: newest })).toMatchObject({ status: 'upgraded', ...named });
});
