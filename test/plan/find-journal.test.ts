import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { exitCode, UserError } from '../../src/errors.ts';
import {
  compareWithJournal,
  discardJournal,
  findJournal,
  recoverJournal,
  restoreJournal,
} from '../../src/plan/journal.ts';
import { isRunning, nameProcess } from '../../src/plan/name-process.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { watchFileSystem } from './faulty-file-system.ts';
import { change, describeChanges, layOut, lookClosely, shortAfter, shortBefore } from './journal-project.ts';

const disk = openDisk();
const changes = describeChanges(shortBefore, shortAfter);
let directory: string;
let journal: string;
beforeEach(() => {
  directory = join(makeTemporaryFolder(), 'orders');
  journal = join(directory, '.grpc-aws/journal');
  layOut(directory, shortBefore);
});

function catchError(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
  throw new Error('nothing was thrown');
}

/** A journal as a run of another process would have it that has changed everything already. */
async function leaveJournal(process: string): Promise<void> {
  await change({ directory, changes, keep: true });
  fs.renameSync(join(journal, 'kept'), join(journal, `begun-${process}`));
}

function editPlan(edit: (text: string) => string): void {
  const place = join(journal, 'plan.json');
  const text = fs.readFileSync(place, 'utf8');
  const edited = edit(text);
  expect(edited).not.toBe(text);
  fs.writeFileSync(place, edited);
}

async function startProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log()'], { stdio: 'pipe' });
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

describe('another run', () => {
  test('that goes on right now is left alone; once it was killed, what it left is set right', async () => {
    const other = await startProcess();
    await leaveJournal(nameProcess(other.pid));
    const seen = lookClosely(directory);
    const acts = [
      () => recoverJournal(disk, directory),
      () => findJournal(disk, directory),
      () => compareWithJournal(disk, directory),
      () => restoreJournal(disk, directory),
    ];
    for (const act of acts) {
      const error = catchError(act);
      expect(error.code).toBe(exitCode.refused);
      expect(error.message).toContain(`another run (process ${other.pid}) is changing this project right now`);
      expect(error.faults[0]?.hint).toContain(`mv ${journal}/begun-${nameProcess(other.pid)} ${journal}/begun-0`);
    }
    await expect(change({ directory, changes: describeChanges(shortAfter, {}) })).rejects.toThrow('right now');
    expect(lookClosely(directory)).toEqual(seen);
    await other.kill();
    expect(recoverJournal(disk, directory).outcome).toBe('finished');
  });

  test('whose number went to another process is not taken for it, where the system tells when that one began', async ({
    skip,
  }) => {
    skip(process.platform !== 'linux', 'only Linux tells');
    const other = await startProcess();
    const [pid, start] = nameProcess(other.pid).split('-');
    expect(isRunning(`${pid}-${start}`)).toBe(true);
    expect(isRunning(`${pid}-${Number(start) - 1}`)).toBe(false);
    expect(isRunning(`${pid}`)).toBe(true);
    await leaveJournal(`${pid}-${Number(start) - 1}`);
    expect(recoverJournal(disk, directory).outcome).toBe('finished');
  });

  test('of which the user says that it is none is set right', async () => {
    await leaveJournal('0');
    expect(recoverJournal(disk, directory).outcome).toBe('finished');
    expect(isRunning('0')).toBe(false);
    expect(isRunning('99999999999999')).toBe(false);
  });

  test('that is still writing aside keeps its folder; when it is dead the folder goes', async () => {
    const other = await startProcess();
    const aside = join(directory, `.grpc-aws/journal-${nameProcess(other.pid)}.1`);
    fs.mkdirSync(aside);
    fs.writeFileSync(join(aside, '1.after'), 'half');
    expect(recoverJournal(disk, directory).outcome).toBe('nothing');
    expect(fs.readdirSync(aside)).toEqual(['1.after']);
    await other.kill();
    recoverJournal(disk, directory);
    expect(fs.readdirSync(join(directory, '.grpc-aws'))).toEqual(['manifest.json']);
  });

  test('that comes first wins, in one process too; the other one changes nothing', async () => {
    const many = Array.from({ length: 40 }, (_, index) => {
      return { path: `f${index}`, before: undefined, after: { bytes: Buffer.from('x'), executable: false } };
    });
    const twice = [change({ directory, changes: many }), change({ directory, changes: many })];
    const ends = await Promise.allSettled(twice);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(fs.readdirSync(directory)).toHaveLength(40 + 4);
    expect(fs.readdirSync(join(directory, '.grpc-aws'))).toEqual(['manifest.json']);
  });

  test('of two that recover at once one wins', async () => {
    await leaveJournal('0');
    const seen = lookClosely(directory);
    const real = watchFileSystem(() => undefined);
    const late = openDisk({
      ...real,
      renameSync: (...[from, to]: Parameters<typeof fs.renameSync>) => {
        fs.renameSync(join(journal, 'begun-0'), join(journal, 'begun-1'));
        fs.renameSync(from, to);
      },
    });
    expect(catchError(() => recoverJournal(late, directory)).message).toContain('it is gone');
    expect(lookClosely(directory)).toEqual(
      Object.fromEntries(Object.entries(seen).map(([path, content]) => [path.replace('begun-0', 'begun-1'), content])),
    );
  });
});

describe('a journal that cannot be believed', () => {
  test.each<[string, (text: string) => string, string]>([
    [
      'a path that leaves the project',
      (text) => text.replace('docs/deep/old.md', '../../etc/passwd'),
      'leaves the project',
    ],
    ['an absolute path', (text) => text.replace('docs/deep/old.md', '/etc/passwd'), 'is absolute'],
    ["git's own", (text) => text.replace('docs/deep/old.md', '.git/hooks/pre-commit'), 'no part of the project'],
    ["git's own, as Windows knows it", (text) => text.replace('docs/deep/old.md', 'x/GIT~1/config'), 'no part of'],
    ["the journal's own", (text) => text.replace('docs/deep/old.md', '.grpc-aws/journal/kept'), 'no part of'],
    ['a path twice', (text) => text.replace('docs/deep/old.md', 'run.sh'), 'two changes have this path'],
    [
      'a folder of somewhere else',
      (text) => text.replace('"madeFolders": ["src"]', '"madeFolders": [".."]'),
      'not those of',
    ],
    ['a mode that is none', (text) => text.replace(/"mode":\d+/, '"mode":"x"'), 'not those of'],
    [
      'a change without sides',
      (text) => text.replace(/"before":.*(?=\})/, '"before":null,"after":null'),
      'as this tool',
    ],
    ['a sum that is none', (text) => text.replace(/"crc32":"./, '"crc32":"'), 'the changes in its plan.json'],
    ['another purpose', (text) => text.replace('"upgrade"', '"burglary"'), 'no format, version, purpose'],
    ['half the text', (text) => text.slice(0, text.length / 2), 'no JSON object'],
    ['nothing', () => '', 'no JSON object'],
    ['a list', () => '[]', 'no JSON object'],
  ])('%s in it: it is refused, and nothing is done', async (_, edit, message) => {
    await leaveJournal('0');
    editPlan(edit);
    const seen = lookClosely(directory);
    for (const act of [recoverJournal, findJournal, restoreJournal, compareWithJournal]) {
      const error = catchError(() => act(disk, directory));
      expect(error.code).toBe(exitCode.refused);
      expect(error.message).toContain(message);
      expect(error.faults[0]?.hint).toContain(`rm -r ${journal}`);
    }
    expect(lookClosely(directory)).toEqual(seen);
  });

  test('one that a newer version wrote is left to that version', async () => {
    await leaveJournal('0');
    editPlan((text) => text.replace('"format": 1', '"format": 2').replace('1.2.3', '9.1.0-rc.1'));
    const error = catchError(() => recoverJournal(disk, directory));
    expect(error.code).toBe(exitCode.refused);
    expect(error.faults[0]?.hint).toContain('npx create-grpc-aws@9.1.0-rc.1');
    editPlan((text) => text.replace('9.1.0-rc.1', '1; rm -r ~'));
    expect(catchError(() => recoverJournal(disk, directory)).faults[0]?.hint).toContain('npx create-grpc-aws@latest');
  });

  test('a copy that is not what the plan says is not put anywhere', async () => {
    await leaveJournal('0');
    fs.appendFileSync(join(journal, '2.before'), '!');
    const error = catchError(() => restoreJournal(disk, directory));
    expect(error.message).toContain('2.before is not the copy that its plan.json tells of');
    expect(fs.existsSync(join(directory, 'docs'))).toBe(false);
  });

  test('a copy that is a link is not put anywhere', async () => {
    await leaveJournal('0');
    fs.renameSync(join(journal, '2.before'), join(journal, 'elsewhere'));
    fs.symlinkSync('elsewhere', join(journal, '2.before'));
    expect(catchError(() => restoreJournal(disk, directory)).message).toContain('2.before is not the copy');
  });

  test('two states at once, or no plan, are refused', async () => {
    await leaveJournal('0');
    fs.writeFileSync(join(journal, 'kept'), '');
    expect(catchError(() => recoverJournal(disk, directory)).message).toContain('it holds both begun-0 and kept');
    fs.rmSync(join(journal, 'kept'));
    fs.rmSync(join(journal, 'plan.json'));
    expect(catchError(() => recoverJournal(disk, directory)).message).toContain('its plan.json is missing');
  });

  test('one without a state never counted, and goes', async () => {
    await leaveJournal('0');
    fs.rmSync(join(journal, 'begun-0'));
    expect(findJournal(disk, directory)).toBeUndefined();
    discardJournal(disk, directory);
    expect(recoverJournal(disk, directory).outcome).toBe('nothing');
    expect(fs.readdirSync(join(directory, '.grpc-aws'))).toEqual(['manifest.json']);
  });
});

test.each(['../out', '/etc/x', '.git/config', '.GIT/config', '.grpc-aws/journal/plan.json', 'aux', 'a//b'])(
  'a change of %s is refused before anything is written',
  async (path) => {
    const seen = lookClosely(directory);
    const after = { bytes: Buffer.from('x'), executable: false };
    await expect(change({ directory, changes: [{ path, before: undefined, after }] })).rejects.toThrow(UserError);
    expect(lookClosely(directory)).toEqual(seen);
  },
);

test('where there is no project there is nothing to set right', () => {
  const missing = join(directory, 'missing');
  expect(recoverJournal(disk, missing)).toEqual({ outcome: 'nothing', edited: [] });
  expect(recoverJournal(disk, join(directory, 'run.sh'))).toEqual({ outcome: 'nothing', edited: [] });
  expect(fs.existsSync(missing)).toBe(false);
});

test('something that is no folder where the journal is to be is refused, with the command that moves it away', async () => {
  fs.writeFileSync(journal, 'mine');
  const hint = `Move it away: \`mv ${journal} ${join(directory, 'journal.moved')}\`.`;
  for (const act of [recoverJournal, findJournal, restoreJournal, compareWithJournal, discardJournal]) {
    expect(catchError(() => act(disk, directory)).faults).toMatchObject([{ at: journal, hint }]);
  }
  await expect(change({ directory, changes })).rejects.toMatchObject({ code: exitCode.refused, faults: [{ hint }] });
  expect(fs.readFileSync(journal, 'utf8')).toBe('mine');
});
