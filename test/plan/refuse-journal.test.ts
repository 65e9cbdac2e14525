import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCode, UserError } from '../../src/errors.ts';
import { applyChangesAtOnce, recoverJournal } from '../../src/plan/journal.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { systemError, watchFileSystem } from './faulty-file-system.ts';
import {
  after,
  before,
  change,
  describeChanges,
  layOut,
  lookClosely,
  type Project,
  refuseAt,
  shortAfter,
  shortBefore,
  type Trial,
} from './journal-project.ts';

const changes = describeChanges(shortBefore, shortAfter);

async function refuse(trial: Trial): Promise<UserError | undefined> {
  const error = await change(trial).catch((thrown: unknown) => thrown);
  expect(error === undefined || error instanceof UserError).toBe(true);
  return error as UserError | undefined;
}

test.each<[string, Project, Project]>([
  ['ENOSPC', before, after],
  ['EACCES', shortBefore, shortAfter],
])(
  '%s at any call: all is undone and told, or all is there',
  async (code, from, to) => {
    const root = makeTemporaryFolder();
    const whole = join(root, 'whole');
    layOut(whole, from);
    const seen = lookClosely(whole);
    const asked = describeChanges(from, to);
    await change({ directory: whole, changes: asked });
    let refusals = 0;
    for (let failing = 1, isThrough = false; !isThrough; failing++) {
      const directory = join(root, `${failing}`);
      layOut(directory, from);
      const { fileSystem, hasRefused } = refuseAt(failing, code);
      const error = await refuse({ directory, changes: asked, fileSystem });
      isThrough = !hasRefused();
      if (error === undefined) {
        // Nothing but the journal's rest can have been refused to be removed.
        recoverJournal(openDisk(), directory);
        expect(lookClosely(directory)).toEqual(lookClosely(whole));
      } else {
        refusals += 1;
        expect(error.code).toBe(exitCode.refused);
        expect(error.faults[0]?.at).toContain(directory);
        expect(error.faults[0]?.hint).toBeTruthy();
        expect(error.faults).toHaveLength(1);
        expect(lookClosely(directory)).toEqual(seen);
      }
      fs.rmSync(directory, { recursive: true });
    }
    expect(refusals).toBeGreaterThan(50);
  },
  60_000,
);

test.each(['ENOSPC', 'EACCES'])(
  'a disk that refuses everything with %s from some call on: the next run undoes it',
  async (code) => {
    const root = makeTemporaryFolder();
    const whole = join(root, 'whole');
    layOut(whole, shortBefore);
    const seen = lookClosely(whole);
    await change({ directory: whole, changes });
    let unfinished = 0;
    for (let from = 1, isThrough = false; !isThrough; from++) {
      const directory = join(root, `${from}`);
      layOut(directory, shortBefore);
      isThrough = true;
      const fileSystem = watchFileSystem((call) => {
        if (call >= from) {
          isThrough = false;
          throw systemError(code);
        }
      });
      const error = await refuse({ directory, changes, fileSystem });
      const isUndone = error?.faults.some(({ message }) => message.startsWith('it is not undone yet')) === false;
      if (error !== undefined && !isUndone) {
        unfinished += 1;
        expect(error.faults.at(-1)?.hint).toContain('brings back what was there');
      }
      recoverJournal(openDisk(), directory);
      const found = lookClosely(directory);
      expect(found).toEqual(found['src/new.ts'] === undefined ? seen : lookClosely(whole));
      fs.rmSync(directory, { recursive: true });
    }
    expect(unfinished).toBeGreaterThan(10);
  },
  60_000,
);

test('a disk that takes nothing new from some call on is left as it was, or with all of it', async () => {
  const root = makeTemporaryFolder();
  const whole = join(root, 'whole');
  layOut(whole, shortBefore);
  const seen = lookClosely(whole);
  await change({ directory: whole, changes });
  const writing = ['mkdirSync', 'writeFileSync', 'linkSync', 'renameSync'];
  for (let from = 1, isThrough = false; !isThrough; from++) {
    const directory = join(root, `${from}`);
    layOut(directory, shortBefore);
    isThrough = true;
    const fileSystem = watchFileSystem((call, name) => {
      if (call >= from && writing.includes(name)) {
        isThrough = false;
        throw systemError('ENOSPC');
      }
    });
    const error = await refuse({ directory, changes, fileSystem });
    if (error?.message.includes('not undone yet')) {
      recoverJournal(openDisk(), directory);
    }
    expect(lookClosely(directory)).toEqual(error ? seen : lookClosely(whole));
    fs.rmSync(directory, { recursive: true });
  }
}, 60_000);

test('an interrupt at any call comes before the point of no return, and nothing happened, or after it, and all did', async () => {
  const root = makeTemporaryFolder();
  const whole = join(root, 'whole');
  layOut(whole, shortBefore);
  const seen = lookClosely(whole);
  await change({ directory: whole, changes });
  const counts = { interrupted: 0, done: 0 };
  for (let at = 1, isThrough = false; !isThrough; at++) {
    const directory = join(root, `${at}`);
    layOut(directory, shortBefore);
    const controller = new AbortController();
    const fileSystem = watchFileSystem((call) => call === at && controller.abort());
    const error = await refuse({ directory, changes, fileSystem, signal: controller.signal });
    isThrough = !controller.signal.aborted;
    counts[error ? 'interrupted' : 'done'] += 1;
    expect(error?.code).toBe(error && exitCode.interrupted);
    expect(lookClosely(directory)).toEqual(error ? seen : lookClosely(whole));
    fs.rmSync(directory, { recursive: true });
  }
  expect(Math.min(counts.interrupted, counts.done)).toBeGreaterThan(10);
}, 60_000);

test('an interrupt that the event loop delivers midway changes nothing', async () => {
  const directory = makeTemporaryFolder();
  const many = Array.from({ length: 200 }, (_, index) => {
    return { path: `f${index}`, before: undefined, after: { bytes: Buffer.from('x'), executable: false } };
  });
  const controller = new AbortController();
  setImmediate(() => controller.abort());
  const error = await refuse({ directory, changes: many, signal: controller.signal });
  expect(error?.code).toBe(exitCode.interrupted);
  expect(error?.message).toBe('interrupted, and nothing was written');
  expect(fs.readdirSync(directory)).toEqual([]);
});

test('without a pause the same comes about', async () => {
  const root = makeTemporaryFolder();
  for (const name of ['slowly', 'at-once']) {
    layOut(join(root, name), before);
  }
  await change({ directory: join(root, 'slowly') });
  applyChangesAtOnce({
    disk: openDisk(),
    directory: join(root, 'at-once'),
    changes: describeChanges(before, after),
    purpose: 'upgrade',
    toolVersion: '1.2.3',
    keep: false,
  });
  expect(lookClosely(join(root, 'at-once'))).toEqual(lookClosely(join(root, 'slowly')));
});

test('what changes nothing touches nothing', async () => {
  const directory = makeTemporaryFolder();
  layOut(directory, shortBefore);
  const fileSystem = watchFileSystem((_, name) => {
    throw new Error(`${name} was called`);
  });
  await change({ directory, changes: describeChanges(shortBefore, shortBefore), keep: true, fileSystem });
});
