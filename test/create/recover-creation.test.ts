import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { create } from '../../src/create/create.ts';
import { exitCode, UserError } from '../../src/errors.ts';
import { applyChanges, findJournal } from '../../src/plan/journal.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { lookAtDisk } from '../plan/faulty-file-system.ts';
import { dieAt, Killed } from '../plan/journal-project.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { openPorts, request } from './creation-ports.ts';

vi.mock('../../src/render/render.ts', () => import('./stand-in-render.ts'));

let root: string;
let directory: string;
beforeEach(() => {
  root = makeTemporaryFolder();
  directory = join(root, 'orders');
  fs.mkdirSync(directory);
  fs.writeFileSync(join(directory, 'README.md'), 'mine');
});

async function catchUserError(attempt: Promise<unknown>): Promise<UserError> {
  const error = await attempt.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

/** Kills a creation at the first call by which the folder is as asked for. */
async function killWhen(isReached: () => boolean): Promise<void> {
  for (let fatal = 2; !isReached(); fatal += 2) {
    fs.rmSync(directory, { recursive: true });
    fs.mkdirSync(directory);
    fs.writeFileSync(join(directory, 'README.md'), 'mine');
    const disk = openDisk(dieAt(fatal, { torn: false }));
    await expect(create(request(directory), { ...openPorts(root), disk })).rejects.toThrow(Killed);
  }
}

const stops: [when: string, isReached: () => boolean][] = [
  ['before the first file', () => fs.existsSync(join(directory, '.grpc-aws'))],
  ['in the middle', () => fs.existsSync(join(directory, 'src/workloads/orders/main.ts'))],
];

test.each(stops)('what a run killed %s has left is taken back, and the repo is made', async (_, isReached) => {
  await killWhen(isReached);
  const { status, plan } = await create(request(directory), openPorts(root));
  expect(status).toBe('created');
  const files = Object.entries(lookAtDisk(directory)).filter(([, text]) => text !== null);
  expect(files.map(([path]) => path)).toEqual([...plan.added.map(({ path }) => path), 'README.md'].sort());
  expect(fs.readFileSync(join(directory, 'README.md'), 'utf8')).toBe('mine');
});

test.each(stops)('a dry run after one killed %s changes nothing and says what to do', async (_, isReached) => {
  await killWhen(isReached);
  const left = lookAtDisk(directory);
  const { code, faults } = await catchUserError(create(request(directory, { dryRun: true }), openPorts(root)));
  expect(code).toBe(exitCode.refused);
  expect(faults).toMatchObject([
    {
      at: directory,
      message: 'an earlier run was stopped in the middle here',
      hint: expect.stringContaining('--dry-run'),
    },
  ]);
  expect(lookAtDisk(directory)).toEqual(left);
});

test('a repo that an earlier run had made but for its journal is told, and stays', async () => {
  const whole = join(root, 'whole');
  await create(request(whole), openPorts(root));
  const last = Object.keys(lookAtDisk(whole)).filter((path) => path.startsWith('.grpc-aws/'));
  await killWhen(() => last.every((path) => fs.existsSync(join(directory, path))));
  const { code, faults } = await catchUserError(create(request(directory), openPorts(root)));
  expect(code).toBe(exitCode.refused);
  expect(faults[0]?.message).toContain('just after it had made this repo');
  expect(Object.keys(lookAtDisk(directory)).sort()).toEqual(Object.keys(lookAtDisk(whole)).sort());
});

test('the journal of an upgrade is left to the upgrade, and the folder is refused', async () => {
  const after = { bytes: Buffer.from('x'), executable: false };
  await applyChanges({
    disk: openDisk(),
    directory,
    changes: [{ path: 'x.txt', before: undefined, after }],
    purpose: 'upgrade',
    toolVersion: '0.1.0',
    keep: true,
  });
  const left = lookAtDisk(directory);
  const error = await catchUserError(create(request(directory), openPorts(root)));
  expect(error.message).toContain('the folder has other files in it: .grpc-aws/');
  expect(lookAtDisk(directory)).toEqual(left);
  expect(findJournal(openDisk(), directory)?.state).toBe('kept');
});
