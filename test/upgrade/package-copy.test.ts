import { existsSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { abortUpgrade } from '../../src/upgrade/abort-upgrade.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import {
  changeTemplates,
  edit,
  emitRepo,
  git,
  initGit,
  lookAt,
  openPorts,
  put,
  read,
  upgradeRepo,
} from './upgrade-repo.ts';

const path = 'src/server/log.ts';
const templates = changeTemplates({ [`server/${path}`]: (text) => text.replace(/^.*\n/, '/** Another line. */\n') });
const clash = (text: string) => text.replace(/^.*\n/, '/** Mine. */\n');
const [older, newer] = ['.grpc-aws/create-grpc-aws.tgz', '.grpc-aws/create-grpc-aws-0.2.0.tgz'];
const given = { templates, loadPackage: () => ({ path: newer, bytes: Buffer.from('new') }) };
const request = { packageReference: `file:${newer}` };

let directory: string;
beforeEach(async () => {
  directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory);
  put(directory, older, 'old');
  put(directory, '.grpc-aws/mine.tgz', 'mine');
});

test('the copy of the package that a repo carries is replaced by the new one, and no other file', async () => {
  expect(await upgradeRepo(directory, given, request)).toMatchObject({ status: 'upgraded' });
  expect(read(directory, newer)).toBe('new');
  expect(existsSync(join(directory, older))).toBe(false);
  expect(read(directory, '.grpc-aws/mine.tgz')).toBe('mine');
});

test('the copy comes back with all else when an upgrade is taken back', async () => {
  edit(directory, path, clash);
  initGit(directory);
  const before = [lookAt(directory), git(directory, 'ls-files', '--stage')];
  expect(await upgradeRepo(directory, given, request)).toMatchObject({ code: 3 });
  expect(existsSync(join(directory, newer))).toBe(true);
  git(directory, 'add', '--all');
  await abortUpgrade(directory, openPorts());
  expect([lookAt(directory), git(directory, 'ls-files', '--stage')]).toEqual(before);
});

test('an upgrade whose copy stood there already can be taken back as well', async () => {
  edit(directory, path, clash);
  put(directory, newer, 'new');
  initGit(directory);
  const before = lookAt(directory);
  expect(await upgradeRepo(directory, given, request)).toMatchObject({ code: 3 });
  await abortUpgrade(directory, openPorts());
  expect(lookAt(directory)).toEqual(before);
});

test('a copy that package.json still names stays', async () => {
  edit(directory, 'package.json', (text) =>
    text.replace('"scripts": {', `"scripts": {\n    "mine": "tar -tf ${older}",`),
  );
  expect(await upgradeRepo(directory, given, request)).toMatchObject({ status: 'upgraded' });
  expect([older, newer].map((copy) => existsSync(join(directory, copy)))).toEqual([true, true]);
});

test.skipIf(process.platform === 'win32')('a copy stays where package.json is a link', async () => {
  renameSync(join(directory, 'package.json'), join(directory, '../package.json'));
  symlinkSync('../package.json', join(directory, 'package.json'));
  expect(await upgradeRepo(directory, given, request)).toMatchObject({ status: 'upgraded' });
  expect([older, newer].map((copy) => existsSync(join(directory, copy)))).toEqual([true, true]);
});

test('nothing is packed into a repo where nothing changes', async () => {
  await upgradeRepo(directory);
  const before = lookAt(directory);
  const loadPackage = () => {
    throw new Error('asked for');
  };
  expect(await upgradeRepo(directory, { loadPackage })).toMatchObject({ status: 'current' });
  expect(lookAt(directory)).toEqual(before);
});
