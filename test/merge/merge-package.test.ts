import { expect, test } from 'vitest';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

test('package.json, grpc-aws.json and the files of projen never get markers: ours stays, and the place is told', async () => {
  const sides = {
    base: json({ name: 'a', scripts: { 'a/b~c': 'base' } }),
    ours: json({ name: 'a', scripts: { 'a/b~c': 'ours' } }),
    theirs: json({ name: 'a', scripts: { 'a/b~c': 'theirs', test: 'new' } }),
  };
  for (const path of ['package.json', 'packages/a/package.json', 'grpc-aws.json', '.projen/tasks.json']) {
    expect(await mergeFile(path, sides, labels)).toEqual({
      text: json({ name: 'a', scripts: { 'a/b~c': 'ours', test: 'new' } }),
      conflicts: [{ where: '/scripts/a~1b~0c' }],
    });
  }
});

test('a package.json that is no JSON stays as it is, unless it merges by line', async () => {
  const base = json({ name: 'a', version: '1.0.0' });
  const broken = base.replace('"a",', '"a"');
  expect(await mergeFile('package.json', { base, ours: broken, theirs: json({ name: 'b' }) }, labels)).toEqual({
    text: broken,
    conflicts: [{ where: 'the whole file' }],
  });
  const late = base.replace('"1.0.0"', '1.0.0');
  const theirs = base.replace('{\n', '{\n\n\n');
  expect((await mergeFile('package.json', { base, ours: late, theirs }, labels)).conflicts).toEqual([]);
});

test('a package.json that is there without a base agrees by key or keeps ours', async () => {
  const sides = { base: '', ours: json({ name: 'a', type: 'module' }), theirs: json({ name: 'b', private: true }) };
  expect(await mergeFile('package.json', sides, labels)).toEqual({
    text: json({ name: 'a', private: true, type: 'module' }),
    conflicts: [{ where: '/name' }],
  });
});

test('a deleted map stays deleted, and is told where new keys come for it', async () => {
  const base = json({ name: 'a', devDependencies: { x: '^1.0.0' } });
  const ours = json({ name: 'a' });
  const moved = json({ name: 'a', devDependencies: { x: '^2.0.0' } });
  expect(await mergeFile('package.json', { base, ours, theirs: moved }, labels)).toEqual({
    text: ours,
    conflicts: [],
    leftOut: ['/devDependencies'],
  });
  const grown = json({ name: 'b', devDependencies: { x: '^1.0.0', y: '^1.0.0' } });
  expect(await mergeFile('package.json', { base, ours, theirs: grown }, labels)).toEqual({
    text: json({ name: 'b' }),
    conflicts: [{ where: '/devDependencies' }],
  });
});

test('where both moved a range the newer one holds', async () => {
  expect(await mergeRange('^1.0.0', '^1.2.0', '^1.1.0')).toEqual(['^1.2.0', []]);
  expect(await mergeRange('^1.0.0', '^1.2.0', '^2.0.0')).toEqual(['^2.0.0', []]);
  expect(await mergeRange('1.0.0-rc.1', '1.0.0', '1.0.0-rc.2')).toEqual(['1.0.0', []]);
  expect(await mergeRange('^1.0.0', '1.2.0', '^1.2.0')).toEqual(['1.2.0', []]);
  expect(await mergeRange(undefined, '^1.0.0', '^1.1.0')).toEqual(['^1.1.0', []]);
});

test('a range that both added and that theirs replaced is told', async () => {
  const sides = { base: json({}), ours: json({ devDependencies: { x: '1.0.0', y: '2.0.0' } }) };
  const theirs = json({ devDependencies: { x: '^1.1.0', y: '1.0.0' } });
  expect(await mergeFile('package.json', { ...sides, theirs }, labels)).toEqual({
    text: json({ devDependencies: { x: '^1.1.0', y: '2.0.0' } }),
    conflicts: [],
    replaced: ['/devDependencies/x'],
  });
});

test('where a range was moved by one side alone that one holds, also if it is older', async () => {
  expect(await mergeRange('^2.0.0', '^2.0.0', '^1.0.0')).toEqual(['^1.0.0', []]);
  expect(await mergeRange('^2.0.0', '^1.0.0', '^2.0.0')).toEqual(['^1.0.0', []]);
});

test('a range that ours moved back is not moved forward silently, nor the other way round', async () => {
  const told = [{ where: '/dependencies/x' }];
  expect(await mergeRange('^2.0.0', '1.9.0', '^2.1.0')).toEqual(['1.9.0', told]);
  expect(await mergeRange('^2.0.0', '^1.9.0', '^2.1.0')).toEqual(['^1.9.0', told]);
  expect(await mergeRange('^2.0.0', '^1.9.0', '^1.8.0')).toEqual(['^1.9.0', told]);
  expect(await mergeRange('^2.0.0', '^2.1.0', '^1.9.0')).toEqual(['^2.1.0', told]);
});

test('a range that ours pinned, or gave another operator, is not moved silently', async () => {
  const told = [{ where: '/dependencies/x' }];
  expect(await mergeRange('^1.2.0', '1.2.0', '^1.3.0')).toEqual(['1.2.0', told]);
  expect(await mergeRange('^1.2.0', '~1.2.4', '^1.3.0')).toEqual(['~1.2.4', told]);
  expect(await mergeRange('1.2.0', '1.2.1', '1.3.0')).toEqual(['1.3.0', []]);
  expect(await mergeRange('latest', '^1.2.0', '^1.3.0')).toEqual(['^1.2.0', told]);
});

test('of a range that says no version ours stays, and it is a conflict', async () => {
  const told = [{ where: '/dependencies/x' }];
  expect(await mergeRange('^1.0.0', 'file:../x', '^1.1.0')).toEqual(['file:../x', told]);
  expect(await mergeRange('^1.0.0', '^1.1.0', 'workspace:*')).toEqual(['^1.1.0', told]);
  expect(await mergeRange('^1.0.0', 'github:a/x#v3', 'latest')).toEqual(['github:a/x#v3', told]);
});

test('a dependency that ours deleted stays deleted; one that ours moved and theirs deleted is a conflict', async () => {
  expect(await mergeRange('^1.0.0', undefined, '^1.1.0')).toEqual([undefined, []]);
  expect(await mergeRange('^1.0.0', '^1.1.0', undefined)).toEqual(['^1.1.0', [{ where: '/dependencies/x' }]]);
});

test('a key that ours deleted and theirs changed stays deleted, and is told', async () => {
  const base = json({ name: 'a', scripts: { lint: 'one', test: 'one' } });
  const ours = json({ name: 'a', scripts: { test: 'one' } });
  const merge = (theirs: unknown) => mergeFile('package.json', { base, ours, theirs: json(theirs) }, labels);
  expect(await merge({ name: 'a', scripts: { lint: 'two', test: 'one' } })).toEqual({
    text: ours,
    conflicts: [],
    leftOut: ['/scripts/lint'],
  });
  expect(await merge({ name: 'b', scripts: { lint: 'two', test: 'one' } })).toEqual({
    text: ours.replace('"a"', '"b"'),
    conflicts: [],
    leftOut: ['/scripts/lint'],
  });
  expect(await merge({ name: 'b', scripts: { lint: 'one', test: 'one' } })).toEqual({
    text: ours.replace('"a"', '"b"'),
    conflicts: [],
  });
});

test('ranges elsewhere are no dependencies', async () => {
  const of = (range: string) => json({ engines: { x: range }, config: { dependencies: { x: range } } });
  const sides = { base: of('^1.0.0'), ours: of('^1.1.0'), theirs: of('^1.2.0') };
  expect((await mergeFile('package.json', sides, labels)).conflicts.map(({ where }) => where)).toEqual([
    '/engines/x',
    '/config/dependencies/x',
  ]);
});

test('dependencies stay sorted as npm sorts them where ours are', async () => {
  const names = ['@types/node', 'a', 'B', 'c'];
  const sides = { base: listOf(names), ours: listOf([...names, 'm']), theirs: listOf([...names, 'z', 'Aa', '@b/b']) };
  const { text } = await mergeFile('package.json', sides, labels);
  expect(Object.keys(JSON.parse(text).devDependencies)).toEqual(['@b/b', '@types/node', 'a', 'Aa', 'B', 'c', 'm', 'z']);
});

test('dependencies that ours keeps in another order stay in it', async () => {
  const sides = { base: listOf(['a', 'b']), ours: listOf(['b', 'm', 'a']), theirs: listOf(['a', 'aa', 'b']) };
  const { text } = await mergeFile('package.json', sides, labels);
  expect(Object.keys(JSON.parse(text).devDependencies)).toEqual(['b', 'm', 'a', 'aa']);
});

function listOf(names: readonly string[]): string {
  return json({ devDependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) });
}

async function mergeRange(base: string | undefined, ours: string | undefined, theirs: string | undefined) {
  const of = (x: string | undefined) => json({ name: 'a', dependencies: { x } });
  const { text, conflicts } = await mergeFile(
    'package.json',
    { base: of(base), ours: of(ours), theirs: of(theirs) },
    labels,
  );
  return [JSON.parse(text).dependencies.x, conflicts];
}

test('where both moved the package manager to another version the newer one holds; another one is a conflict', async () => {
  const name = (packageManager: string) => json({ packageManager });
  const merge = (base: string, ours: string, theirs: string) =>
    mergeFile('package.json', { base: name(base), ours: name(ours), theirs: name(theirs) }, labels);
  const [pinned, older, newer] = ['pnpm@12.21.0', 'pnpm@12.20.0', 'pnpm@12.22.1+sha512.ab12'];
  expect(await merge(older, newer, pinned)).toEqual({ text: name(newer), conflicts: [] });
  expect(await merge(older, pinned, newer)).toEqual({ text: name(newer), conflicts: [] });
  expect(await merge(older, 'yarn@4.18.1', pinned)).toEqual({
    text: name('yarn@4.18.1'),
    conflicts: [{ where: '/packageManager' }],
  });
  expect(await merge(pinned, older, newer)).toEqual({ text: name(older), conflicts: [{ where: '/packageManager' }] });
  expect(await merge('npm@11.0.0', pinned, newer)).toEqual({ text: name(newer), conflicts: [] });
});
