import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findJournal, recoverJournal } from '../../src/plan/journal.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { dieAt, Killed, lookClosely } from './journal-project.ts';
import { create, targets } from './small-creation.ts';

const existing = targets.slice(2);

describe.each(existing)('into %s', (_, name, lay) => {
  test('a creation that is killed at any call is as before or whole once it was recovered, and can be made then', async () => {
    const root = makeTemporaryFolder();
    const makePlace = (count: number | string): string => {
      const place = join(root, `${count}`);
      fs.mkdirSync(place);
      lay(place);
      return place;
    };
    const whole = makePlace('whole');
    const before = lookClosely(whole);
    await create({ directory: join(whole, name) });
    const after = lookClosely(whole);
    const ends = { before: 0, after: 0 };
    for (let fatal = 1, isKilled = true; isKilled; fatal++) {
      const place = makePlace(fatal);
      const directory = join(place, name);
      const error = await create({ directory, fileSystem: dieAt(fatal, { torn: true }) }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error === undefined || error instanceof Killed).toBe(true);
      isKilled = error !== undefined;
      expect(findJournal(openDisk(), directory)?.purpose ?? 'creation').toBe('creation');
      recoverJournal(openDisk(), directory);
      const found = lookClosely(place);
      const end = `${name}/src/x.ts` in found ? 'after' : 'before';
      ends[end] += 1;
      expect(found).toEqual(end === 'after' ? after : before);
      if (end === 'before') {
        await create({ directory });
        expect(lookClosely(place)).toEqual(after);
      }
      fs.rmSync(place, { recursive: true });
    }
    expect(ends.before).toBeGreaterThan(30);
    expect(ends.after).toBeGreaterThan(2);
  }, 60_000);
});

describe.each(targets.slice(0, 2))('into %s', (_, name) => {
  test('a creation that is killed at any call has made the whole folder, or none of that name', async () => {
    const root = makeTemporaryFolder();
    await create({ directory: join(root, 'whole', name) });
    const whole = lookClosely(join(root, 'whole', name));
    for (let fatal = 1, isKilled = true; isKilled; fatal++) {
      const directory = join(root, `${fatal}`, name);
      isKilled = await create({ directory, fileSystem: dieAt(fatal, { torn: true }) }).then(
        () => false,
        () => true,
      );
      expect(isKilled || fs.existsSync(directory)).toBe(true);
      if (fs.existsSync(directory)) {
        expect(lookClosely(directory)).toEqual(whole);
      } else {
        await create({ directory });
        expect(lookClosely(directory)).toEqual(whole);
      }
    }
  });
});
