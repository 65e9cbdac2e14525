import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findJournal, noteTakingBack, recoverJournal, restoreJournal } from '../../src/plan/journal.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import {
  after,
  before,
  change,
  describeChanges,
  dieAt,
  Killed,
  layOut,
  lookClosely,
  type Project,
  shortAfter,
  shortBefore,
  type Trial,
} from './journal-project.ts';

interface Sides {
  before: Record<string, string>;
  after: Record<string, string>;
}

/** A change that nothing disturbs: what is there before it and after it. */
async function tryOut(from: Project, to: Project): Promise<Sides> {
  const root = makeTemporaryFolder();
  const directory = join(root, 'tried');
  layOut(directory, from);
  const seen = lookClosely(directory);
  await change({ directory, changes: describeChanges(from, to) });
  return { before: seen, after: lookClosely(directory) };
}

/** Returns whether the process was killed before it was through. */
async function runUntilKilled(trial: Trial): Promise<boolean> {
  try {
    await change(trial);
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(Killed);
    return true;
  }
}

function dies(action: () => unknown): boolean {
  try {
    action();
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(Killed);
    return true;
  }
}

test('a change that nothing disturbs leaves the new files, the modes of the old ones, and no journal', async () => {
  const seen = await tryOut(before, after);
  const root = makeTemporaryFolder();
  layOut(root, after);
  const umask = process.umask();
  const expected = lookClosely(root);
  for (const path of ['new/name.ts', 'src/a/b/c/deep.ts', 'src/a/b/script.sh', 'tool/run', 'turn']) {
    const { mode } = fs.statSync(join(root, path));
    fs.chmodSync(join(root, path), ((mode & 0o111) !== 0 ? 0o777 : 0o666) & ~umask);
    expected[path] = lookClosely(root)[path] ?? '';
  }
  expect(seen.after).toEqual(expected);
  expect(seen.after['private.txt']).toBe('600 two');
  expect(seen.after.docs).toBeUndefined();
  expect(seen.after.empty).toBeDefined();
});

describe.each([false, true])('killed at any call (writes torn: %s)', (torn) => {
  test('the next run finds the project as before or wholly changed, byte for byte', async () => {
    const sides = await tryOut(before, after);
    const root = makeTemporaryFolder();
    const ends = { before: 0, after: 0 };
    let isKilled = true;
    let total = 0;
    for (let fatal = 1; isKilled; fatal++) {
      const directory = join(root, `${fatal}`);
      layOut(directory, before);
      isKilled = await runUntilKilled({ directory, fileSystem: dieAt(fatal, { torn }) });
      total = fatal;
      const { outcome, edited } = recoverJournal(openDisk(), directory);
      const found = lookClosely(directory);
      const end = found['src/index.ts'] === sides.after['src/index.ts'] ? 'after' : 'before';
      ends[end] += 1;
      expect(found).toEqual(sides[end]);
      expect(edited).toEqual([]);
      expect(outcome).not.toBe(end === 'after' ? 'restored' : 'finished');
      fs.rmSync(directory, { recursive: true });
    }
    expect(total).toBeGreaterThan(100);
    expect(ends.before).toBeGreaterThan(100);
    expect(ends.after).toBeGreaterThan(3);
  }, 60_000);

  test('taking a kept change back, killed at any call, is done by the next run or by asking again', async () => {
    const { before: expected } = await tryOut(shortBefore, shortAfter);
    const changes = describeChanges(shortBefore, shortAfter);
    const root = makeTemporaryFolder();
    let isKilled = true;
    let recovered = 0;
    for (let fatal = 1; isKilled; fatal++) {
      const directory = join(root, `${fatal}`);
      layOut(directory, shortBefore);
      await change({ directory, changes, keep: true });
      isKilled = dies(() => restoreJournal(openDisk(dieAt(fatal, { torn })), directory));
      recovered += recoverJournal(openDisk(), directory).outcome === 'restored' ? 1 : 0;
      if (findJournal(openDisk(), directory)?.state === 'kept') {
        expect(recoverJournal(openDisk(), directory).outcome).toBe('nothing');
        expect(restoreJournal(openDisk(), directory)).toEqual({ outcome: 'restored', edited: [] });
      }
      expect(lookClosely(directory)).toEqual(expected);
      fs.rmSync(directory, { recursive: true });
    }
    expect(recovered).toBeGreaterThan(5);
  });

  test('taking back what is half resolved as well, killed at any call, still brings back what was there', async () => {
    const { before: expected } = await tryOut(shortBefore, shortAfter);
    const changes = describeChanges(shortBefore, shortAfter);
    const root = makeTemporaryFolder();
    const overwritten = new Set(['run.sh']);
    let isKilled = true;
    let recovered = 0;
    for (let fatal = 1; isKilled; fatal++) {
      const directory = join(root, `${fatal}`);
      layOut(directory, shortBefore);
      await change({ directory, changes, keep: true });
      fs.writeFileSync(join(directory, 'run.sh'), 'half resolved');
      isKilled = dies(() => restoreJournal(openDisk(dieAt(fatal, { torn })), directory, overwritten));
      const recovery = recoverJournal(openDisk(), directory);
      expect(recovery.edited).toEqual([]);
      recovered += recovery.outcome === 'restored' ? 1 : 0;
      if (findJournal(openDisk(), directory)?.state === 'kept') {
        expect(restoreJournal(openDisk(), directory, overwritten)).toEqual({ outcome: 'restored', edited: [] });
      }
      expect(lookClosely(directory), `call ${fatal}`).toEqual(expected);
      fs.rmSync(directory, { recursive: true });
    }
    expect(recovered).toBeGreaterThan(5);
  });
});

test('what is edited after a killed taking back is not overwritten by the next run', async () => {
  const directory = join(makeTemporaryFolder(), 'project');
  layOut(directory, shortBefore);
  await change({ directory, changes: describeChanges(shortBefore, shortAfter), keep: true });
  fs.writeFileSync(join(directory, 'run.sh'), 'half resolved');
  const folder = join(directory, '.grpc-aws/journal');
  noteTakingBack(openDisk(), directory, new Set(['run.sh']));
  fs.renameSync(join(folder, 'kept'), join(folder, 'begun-0'));
  fs.writeFileSync(join(directory, 'run.sh'), 'another idea');
  expect(recoverJournal(openDisk(), directory)).toEqual({ outcome: 'restored', edited: ['run.sh'] });
  expect(fs.readFileSync(join(directory, 'run.sh'), 'utf8')).toBe('another idea');
});

test('a kept change that is killed at any call is as before, or done and still to be taken back', async () => {
  const sides = await tryOut(shortBefore, shortAfter);
  const changes = describeChanges(shortBefore, shortAfter);
  const root = makeTemporaryFolder();
  let isKilled = true;
  for (let fatal = 1; isKilled; fatal++) {
    const directory = join(root, `${fatal}`);
    layOut(directory, shortBefore);
    isKilled = await runUntilKilled({ directory, changes, keep: true, fileSystem: dieAt(fatal, { torn: false }) });
    recoverJournal(openDisk(), directory);
    if (findJournal(openDisk(), directory) !== undefined) {
      expect(findJournal(openDisk(), directory)?.state).toBe('kept');
      expect(fs.readFileSync(join(directory, 'src/new.ts'), 'utf8')).toBe('new');
      expect(restoreJournal(openDisk(), directory).outcome).toBe('restored');
    }
    expect(lookClosely(directory)).toEqual(sides.before);
    fs.rmSync(directory, { recursive: true });
  }
});

test('a recovery that is killed at any call is recovered in its turn', async () => {
  const sides = await tryOut(shortBefore, shortAfter);
  const changes = describeChanges(shortBefore, shortAfter);
  const root = makeTemporaryFolder();
  let recoveries = 0;
  let isKilled = true;
  for (let fatal = 1; isKilled; fatal++) {
    let isRecoveryKilled = true;
    // Neighbours look much alike: a third of the pairs is still every call of a recovery.
    for (let second = 1 + (fatal % 3); isRecoveryKilled; second += 3) {
      const directory = join(root, `${fatal}-${second}`);
      layOut(directory, shortBefore);
      isKilled = await runUntilKilled({ directory, changes, fileSystem: dieAt(fatal, { torn: true }) });
      isRecoveryKilled = dies(() => recoverJournal(openDisk(dieAt(second, { torn: true })), directory));
      recoverJournal(openDisk(), directory);
      const found = lookClosely(directory);
      expect(found).toEqual(found['src/new.ts'] === undefined ? sides.before : sides.after);
      fs.rmSync(directory, { recursive: true });
      recoveries += 1;
    }
  }
  expect(recoveries).toBeGreaterThan(200);
}, 60_000);
