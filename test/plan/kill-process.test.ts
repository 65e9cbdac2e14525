import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { findJournal, recoverJournal } from '../../src/plan/journal.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { before, change, layOut, lookClosely } from './journal-project.ts';

const program = join(import.meta.dirname, 'change-on-and-on.ts');
const kills = 20;
/** As many more until one was in the middle of it: a machine that is busy with other things may take long to begin. */
const mostKills = 200;

test('a process that is killed at any moment leaves a project that the next one sets right', async () => {
  const root = makeTemporaryFolder();
  const [directory, whole] = [join(root, 'orders'), join(root, 'whole')];
  for (const folder of [directory, whole]) {
    layOut(folder, before);
  }
  const seen = lookClosely(directory);
  await change({ directory: whole });
  const changed = lookClosely(whole);
  let inTheMiddle = 0;
  for (let count = 0; count < kills || (inTheMiddle === 0 && count < mostKills); count++) {
    const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    await Promise.race([once(child.stdout, 'data'), ended]);
    const delay = Math.random() * (40 + count);
    await wait(delay);
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    inTheMiddle += findJournal(openDisk(), directory)?.state === 'begun' ? 1 : 0;
    recoverJournal(openDisk(), directory);
    const isKept = findJournal(openDisk(), directory)?.state === 'kept';
    const found = Object.entries(lookClosely(directory)).filter(([path]) => !path.startsWith('.grpc-aws/journal'));
    expect(Object.fromEntries(found), `after ${delay} ms`).toEqual(isKept ? changed : seen);
  }
  expect(inTheMiddle).toBeGreaterThan(0);
}, 120_000);
