import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { exitCode, UserError } from '../../src/errors.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { readTree } from '../../src/tree/disk-trees.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { lookAtDisk, systemError, watchFileSystem } from './faulty-file-system.ts';
import { type Attempt, catchUserError, create, targets } from './small-creation.ts';

describe.each(targets)('into %s', (_, name, lay) => {
  let root: string;
  let directory: string;
  beforeEach(() => {
    root = makeTemporaryFolder();
    directory = join(root, name);
    lay(root);
  });

  test('a refusal of the disk at any call leaves everything as it was', async () => {
    const before = lookAtDisk(root);
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
          expect(isThrough).toBe(true);
          calls = failing - 1;
          fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
          lay(root);
        }
        expect(lookAtDisk(root)).toEqual(before);
      }
    }
    expect(calls).toBeGreaterThan(12);
  });

  test('a disk that is full from some call on leaves everything as it was', async () => {
    const before = lookAtDisk(root);
    const writing = ['mkdirSync', 'writeFileSync', 'linkSync', 'renameSync'];
    const total = await countCalls(directory, root, name, lay);
    for (let from = 1; from <= total; from++) {
      let isFull = false;
      const fileSystem = watchFileSystem((call, operation) => {
        if (call >= from && writing.includes(operation)) {
          isFull = true;
          throw systemError('ENOSPC');
        }
      });
      if (await createsDespite({ directory, fileSystem })) {
        expect(isFull).toBe(false);
        fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
        lay(root);
      }
      expect(lookAtDisk(root)).toEqual(before);
    }
  });

  test('an interrupt at any call leaves everything as it was, or comes too late', async () => {
    const before = lookAtDisk(root);
    const total = await countCalls(directory, root, name, lay);
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
    const total = await countCalls(directory, root, name, lay);
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

async function countCalls(directory: string, root: string, name: string, lay: (root: string) => void): Promise<number> {
  let total = 0;
  const fileSystem = watchFileSystem((call) => {
    total = call;
  });
  await create({ directory, fileSystem });
  fs.rmSync(join(root, name.split('/', 1)[0] ?? name), { recursive: true });
  lay(root);
  return total;
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
