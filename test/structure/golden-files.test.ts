/** Goldens and fixtures reach every clone as they are: emitted repos bring `.gitignore` and `.gitattributes` files of their own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { git, root } from './repo-files.ts';

const folders = ['test/golden', 'test/fixtures'];
const committed = git(['ls-files', '-z', '--', ...folders])
  .split('\0')
  .filter(Boolean)
  .sort();

test('git holds every golden and fixture that is on the disk, and no other', () => {
  const onDisk = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).split(sep).join('/')),
  );
  expect(committed, 'git add -f test/golden test/fixtures').toEqual(onDisk.sort());
});

test('git stores and restores each of them byte for byte, whatever attributes are nested beside it', () => {
  const attributes = git(['check-attr', '-z', '--stdin', 'text', 'eol'], committed.join('\0')).split('\0');
  const byPath = new Map<string, Record<string, string>>();
  for (let index = 0; index + 2 < attributes.length; index += 3) {
    const [path = '', name = '', value = ''] = attributes.slice(index, index + 3);
    byPath.set(path, { ...byPath.get(path), [name]: value });
  }
  const altered = committed.filter((path) => {
    const { text, eol } = byPath.get(path) ?? {};
    if (text === 'unset') return false;
    return eol !== 'lf' || readFileSync(join(root, path)).includes('\r\n');
  });
  expect(altered).toEqual([]);
});
