import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { exitCode, UserError } from '../../src/errors.ts';
import { recoverJournal } from '../../src/plan/journal.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { readTree } from '../../src/tree/disk-trees.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { lookAtDisk, systemError, watchFileSystem } from './faulty-file-system.ts';
import { type Attempt, catchUserError, create, targets } from './small-creation.ts';

describe.each(targets)('into %s', (_, name, lay) => {
  let root: string;
  let directory: string;
  let isThereBefore: boolean;
  beforeEach(() => {
    root = makeTemporaryFolder();
    directory = join(root, name);
    lay(root);
    isThereBefore = fs.existsSync(directory);
  });

  test('a refusal of the disk at any call leaves everything as it was, unless all is there and little is to be tidied', async () => {
    const before = lookAtDisk(root);
    const { whole } = await tryOut(directory, root, name, lay);
    let calls = 0;
    for (const code of ['ENOSPC', 'EACCES', 'EIO']) {
      for (let failing = 1, isThrough = false; !isThrough; failing++) {
        isThrough = true;
        const fileSystem = watchFileSystem((call) => {
          if (call === failing) {
            isThrough = false;
            throw systemError(code);
          }
        });
        if (await createsDespite({ directory, fileSystem })) {
          calls = failing;
          expectWhole(whole, isThrough);
          fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
          lay(root);
        }
        expect(lookAtDisk(root)).toEqual(before);
      }
    }
    expect(calls).toBeGreaterThan(12);
  });

  test('a disk that is full from some call on leaves everything as it was, unless all is there', async () => {
    const before = lookAtDisk(root);
    const writing = ['mkdirSync', 'writeFileSync', 'linkSync', 'renameSync'];
    const { total, whole } = await tryOut(directory, root, name, lay);
    for (let from = 1; from <= total; from++) {
      let isFull = false;
      const fileSystem = watchFileSystem((call, operation) => {
        if (call >= from && writing.includes(operation)) {
          isFull = true;
          throw systemError('ENOSPC');
        }
      });
      if (await createsDespite({ directory, fileSystem })) {
        expectWhole(whole, !isFull);
        fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
        lay(root);
      }
      expect(lookAtDisk(root)).toEqual(before);
    }
  });

  test('an interrupt at any call leaves everything as it was, or comes too late', async () => {
    const before = lookAtDisk(root);
    const { total } = await tryOut(directory, root, name, lay);
    let interrupted = 0;
    for (let at = 1; at <= total; at++) {
      const controller = new AbortController();
      const fileSystem = watchFileSystem((call) => call === at && controller.abort());
      const error = await create({ directory, fileSystem, signal: controller.signal }).catch(
        (thrown: unknown) => thrown,
      );
      if (error === undefined) {
        expect(readTree(openDisk(), directory).has('src/x.ts')).toBe(true);
        fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
        lay(root);
      } else {
        interrupted += 1;
        expect((error as UserError).code).toBe(exitCode.interrupted);
      }
      expect(lookAtDisk(root)).toEqual(before);
    }
    expect(interrupted).toBeGreaterThan(8);
  });

  test('what appears meanwhile at any call is never overwritten or taken away', async () => {
    const before = lookAtDisk(root);
    const { total } = await tryOut(directory, root, name, lay);
    for (const theirs of ['.gitignore', 'src']) {
      for (let at = 3; at <= total; at++) {
        const path = join(directory, theirs);
        let isTheirs = false;
        const fileSystem = watchFileSystem((call) => {
          if (call === at && !fs.existsSync(path)) {
            fs.mkdirSync(directory, { recursive: true });
            fs.writeFileSync(path, 'theirs');
            isTheirs = true;
          }
        });
        const error = await create({ directory, fileSystem }).catch((thrown: unknown) => thrown);
        if (isTheirs) {
          expect((error as UserError).code).toBe(exitCode.refused);
          expect(fs.readFileSync(path, 'utf8')).toBe('theirs');
          const after = Object.entries(lookAtDisk(root)).filter(([, text]) => text !== null && text !== 'theirs');
          expect(after).toEqual(Object.entries(before).filter(([, text]) => text !== null));
        }
        for (const entry of fs.readdirSync(root)) {
          fs.rmSync(join(root, entry), { recursive: true });
        }
        lay(root);
      }
    }
  });

  /** Once every file is in place, a refusal can but keep the journal's rest from being removed; the next run does it. */
  function expectWhole(whole: Record<string, string | null>, isThrough: boolean): void {
    if (!isThrough && isThereBefore) {
      recoverJournal(openDisk(), directory);
    } else {
      expect(isThrough).toBe(true);
    }
    expect(lookAtDisk(root)).toEqual(whole);
  }

  async function createsDespite(attempt: Attempt): Promise<boolean> {
    try {
      await create(attempt);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      const { code, faults } = error as UserError;
      expect(code).toBe(exitCode.refused);
      expect(faults).toHaveLength(1);
      expect(faults[0]?.at).toContain(root);
      expect(faults[0]?.hint).toBeTruthy();
      return false;
    }
  }
});

/** Runs undisturbed once, and leaves no trace: how many calls it takes, and what is there then. */
async function tryOut(directory: string, root: string, name: string, lay: (root: string) => void) {
  let total = 0;
  const fileSystem = watchFileSystem((call) => {
    total = call;
  });
  await create({ directory, fileSystem });
  const whole = lookAtDisk(root);
  fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
  lay(root);
  return { total, whole };
}

test('when undoing fails too, the error names what is left and how to remove it', async () => {
  const root = makeTemporaryFolder();
  const fileSystem = watchFileSystem((_, operation) => {
    if (operation === 'renameSync') {
      throw systemError('EIO');
    }
    if (operation === 'rmSync') {
      throw systemError('EACCES');
    }
  });
  const { faults } = await catchUserError(create({ directory: join(root, 'orders'), fileSystem }));
  const [left] = fs.readdirSync(root);
  expect(faults).toMatchObject([
    { at: join(root, 'orders'), message: 'cannot put it in place: the disk failed' },
    { at: join(root, left ?? ''), hint: `Remove it: \`rm -r ${join(root, left ?? '')}\`.` },
  ]);
});
