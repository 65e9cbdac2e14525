import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { findJournal, recoverJournal } from '../../src/plan/journal.ts';
import { inspectTarget } from '../../src/plan/plan-creation.ts';
import { quotePath } from '../../src/steps/quote-path.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { tellRefusals } from '../../src/tree/disk-errors.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { systemError } from './faulty-file-system.ts';
import { change } from './journal-project.ts';

let directory: string;
beforeEach(() => {
  directory = join(makeTemporaryFolder(), 'a b; $(id)');
  mkdirSync(directory);
});

/** Each hint, without the paths that are quoted as they should be. */
async function takeHints(action: () => unknown): Promise<string[]> {
  try {
    await action();
  } catch (error) {
    if (error instanceof UserError) return error.faults.map(({ hint = '' }) => hint.replaceAll(/'[^']*'/g, 'QUOTED'));
    throw error;
  }
  throw new Error('it was not refused');
}

const layJournal = (...names: string[]) => {
  const folder = join(directory, '.grpc-aws/journal');
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(join(folder, name), '');
};

const put = (name: string) => writeFileSync(join(directory, name), '');

test.each<[string, () => void, () => unknown]>([
  ['a damaged journal', () => layJournal('kept'), () => findJournal(openDisk(), directory)],
  ['two markers', () => layJournal('kept', 'begun-0'), () => recoverJournal(openDisk(), directory)],
  ['another run', () => layJournal(`begun-${process.ppid}`), () => recoverJournal(openDisk(), directory)],
  ['a file where our folder is to be', () => put('.grpc-aws'), () => change({ directory })],
  ['a file where the repo is to be', () => put('x'), () => inspectTarget(openDisk(), join(directory, 'x'))],
])('the command that is told of %s can be pasted, whatever the folder is called', async (_, lay, action) => {
  lay();
  await expectQuoted(action);
});

test.each(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'ELOOP', 'EWHATEVER'])(
  'the command that is told where the disk answers %s can be pasted, whatever the folder is called',
  async (code) => {
    await expectQuoted(() =>
      tellRefusals('try it', directory, () => {
        throw systemError(code);
      }),
    );
  },
);

async function expectQuoted(action: () => unknown): Promise<void> {
  const hints = (await takeHints(action)).join('\n');
  expect(hints).toContain('QUOTED');
  expect(hints).not.toContain('a b');
}

test('a quote in a path is quoted too', () => {
  expect(quotePath("it's")).toBe("'it'\\''s'");
});
