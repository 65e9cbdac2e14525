/** Conflicts that neither markers nor the index of git show: they stay open until somebody settles them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { UserError } from '../../src/errors.ts';
import { abortUpgrade } from '../../src/upgrade/abort-upgrade.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import {
  changeTemplates,
  edit,
  emitRepo,
  initGit,
  lookAt,
  openPorts,
  put,
  read,
  remove,
  upgradeRepo,
} from './upgrade-repo.ts';

const path = 'package.json';
const journal = '.grpc-aws/journal';
const log = 'src/server/log.ts';
const templates = changeTemplates({
  'base/package.json': (text) =>
    text.replace('"type": "module"', '"type": "theirs"').replace('"private": true', '"private": "theirs"'),
  [`server/${log}`]: (text) => text.replace(/^.*\n/, '/** Another line. */\n'),
});
const own = (text: string) => text.replace('"type": "module"', '"type": "mine"');
const settle = (key: string) => (text: string) => text.replace(`"${key}": "mine"`, `"${key}": "theirs"`);

let directory: string;
beforeEach(async () => {
  directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory);
});

test('in package.json without git one is told by every run until its value is another one', async () => {
  edit(directory, path, own);
  expect(await upgradeRepo(directory, { templates })).toMatchObject({ status: 'conflicting', code: 3 });
  const told = {
    code: 3,
    faults: [
      {
        at: path,
        message: 'its conflict with the last upgrade is not resolved: /type (yours: "mine", new: "theirs")',
        hint: expect.stringContaining(`\`rm -r ${journal}\``),
      },
    ],
  };
  const before = lookAt(directory);
  await expect(upgradeRepo(directory, { templates }, { check: true })).rejects.toMatchObject(told);
  await expect(upgradeRepo(directory, { templates })).rejects.toMatchObject(told);
  expect(lookAt(directory)).toEqual(before);
  edit(directory, path, settle('type'));
  expect(await upgradeRepo(directory, { templates }, { check: true })).toMatchObject({ status: 'current', code: 0 });
  expect((await upgradeRepo(directory, { templates })).status).toBe('current');
  expect(existsSync(join(directory, journal))).toBe(false);
});

test('one place that is settled leaves the other one open, and so does an edit of anything else', async () => {
  edit(directory, path, (text) => own(text).replace('"private": true', '"private": "mine"'));
  await upgradeRepo(directory, { templates });
  edit(directory, path, (text) => settle('private')(text).replace('"type"', '"mine": 1, "type"'));
  await expect(upgradeRepo(directory, { templates })).rejects.toThrow(/not resolved: \/type \([^)]*\)$/);
  edit(directory, path, settle('type'));
  expect((await upgradeRepo(directory, { templates })).status).toBe('current');
});

test('a file that is no JSON any more settles nothing, and one that is gone settles all', async () => {
  edit(directory, path, own);
  await upgradeRepo(directory, { templates });
  edit(directory, path, (text) => text.slice(1));
  await expect(upgradeRepo(directory, { templates })).rejects.toThrow('not resolved: /type (');
  remove(directory, path);
  expect((await upgradeRepo(directory, { templates })).status).toBe('current');
});

test('a map that was deleted is open until one is there, for what is new in it', async () => {
  const grown = changeTemplates({
    'base/package.json': (text) => text.replace('"scripts": {', '"scripts": {\n    "fresh": "true",'),
  });
  edit(directory, path, (text) => `${JSON.stringify({ ...JSON.parse(text), scripts: undefined }, null, 2)}\n`);
  expect(await upgradeRepo(directory, { templates: grown })).toMatchObject({ code: 3 });
  const again = upgradeRepo(directory, { templates: grown });
  await expect(again).rejects.toThrow('not resolved: /scripts (yours: nothing, new: {"fresh":"true",');
  edit(directory, path, (text) => text.replace('"private"', '"scripts": { "fresh": "true" }, "private"'));
  expect((await upgradeRepo(directory, { templates: grown })).status).toBe('current');
});

test('whoever removes the journal keeps what is there', async () => {
  edit(directory, path, own);
  await upgradeRepo(directory, { templates });
  openPorts().disk.remove(join(directory, journal));
  expect(await upgradeRepo(directory, { templates })).toMatchObject({ status: 'current', code: 0 });
  expect(read(directory, path)).toContain('"type": "mine"');
});

test('the journal is not to be removed while another file has markers', async () => {
  edit(directory, path, own);
  edit(directory, log, (text) => text.replace(/^.*\n/, '/** Mine. */\n'));
  await upgradeRepo(directory, { templates });
  const hintsOf = () =>
    upgradeRepo(directory, { templates }).catch((error: UserError) => error.faults.map(({ hint }) => hint));
  expect(await hintsOf()).toEqual([expect.not.stringContaining('rm -r'), expect.not.stringContaining('rm -r')]);
  put(directory, log, '/** Both. */\n');
  expect(await hintsOf()).toEqual([expect.stringContaining('rm -r')]);
});

test('one in bytes that are no text is open until they are other ones', async () => {
  put(directory, log, Uint8Array.of(0xff, 0xfe, 0x00));
  expect(await upgradeRepo(directory, { templates })).toMatchObject({ code: 3 });
  await expect(upgradeRepo(directory, { templates })).rejects.toMatchObject({
    code: 3,
    faults: [{ at: log, message: expect.stringMatching(/not resolved: the whole file$/) }],
  });
  put(directory, log, '/** Both. */\n');
  expect((await upgradeRepo(directory, { templates })).status).toBe('current');
});

test('one in a file that git ignores stays open as without git', async () => {
  edit(directory, path, own);
  edit(directory, '.gitignore', (text) => `${text}${path}\n`);
  initGit(directory);
  await upgradeRepo(directory, { templates });
  await expect(upgradeRepo(directory, { templates })).rejects.toMatchObject({ code: 3, faults: [{ at: path }] });
});

test('taking back brings back what was there', async () => {
  edit(directory, path, own);
  const before = lookAt(directory);
  await upgradeRepo(directory, { templates });
  expect(await abortUpgrade(directory, openPorts())).toEqual({ edited: [], notes: [] });
  expect(lookAt(directory)).toEqual(before);
});
