/** Lists of objects: what names an item tells what became of it, never its place alone. */
import { expect, test } from 'vitest';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

const told = [{ where: '/list' }];

test('objects that ours swapped while theirs edited them are a conflict', async () => {
  const base = [
    { n: 'a', v: 1 },
    { n: 'b', v: 1 },
  ];
  const ours = [
    { n: 'b', v: 1, force: true },
    { n: 'a', v: 1, slow: true },
  ];
  const theirs = [
    { n: 'a', v: 2 },
    { n: 'b', v: 3 },
  ];
  expect(await merge(base, ours, theirs)).toEqual([ours, told]);
});

test('steps that ours swapped and theirs gave timeouts are a conflict with markers', async () => {
  const step = (id: string, more: string) => `  - id: ${id}\n    run: make ${id}\n    ${more}\n`;
  const { text, conflicts } = await mergeFile(
    'a.yml',
    {
      base: `steps:\n${step('build', 'shell: sh')}${step('test', 'shell: sh')}`,
      ours: `steps:\n${step('test', 'if: x')}${step('build', 'if: y')}`,
      theirs: `steps:\n${step('build', 'timeout-minutes: 10')}${step('test', 'timeout-minutes: 99')}`,
    },
    labels,
  );
  expect(conflicts).not.toEqual([]);
  expect(text).toContain('<<<<<<< yours\n');
});

test('an action that theirs put in the place of another does not get the settings of that one', async () => {
  const base =
    'steps:\n  - uses: actions/checkout@v4\n  - uses: actions/setup-node@v4\n    with:\n      cache: npm\n  - run: npm test\n';
  const { text, conflicts } = await mergeFile(
    '.github/workflows/build.yml',
    {
      base,
      ours: base.replace('cache: npm', 'cache: npm\n      registry-url: https://example.com'),
      theirs: base.replace('actions/setup-node@v4', 'pnpm/action-setup@v4'),
    },
    labels,
  );
  expect(conflicts).not.toEqual([]);
  expect(text).toContain('<<<<<<< yours\n');
});

test('an action that theirs moved to another version keeps the settings of ours', async () => {
  const node = { uses: 'actions/setup-node@v4', with: { cache: 'npm' } };
  const merged = await merge(
    [{ uses: 'actions/checkout@v4' }, node],
    [{ uses: 'actions/checkout@v4' }, { ...node, name: 'Node', with: { cache: 'npm', mine: 1 } }],
    [{ uses: 'actions/checkout@v5' }, { ...node, uses: 'actions/setup-node@v5' }],
  );
  expect(merged).toEqual([
    [{ uses: 'actions/checkout@v5' }, { uses: 'actions/setup-node@v5', name: 'Node', with: { cache: 'npm', mine: 1 } }],
    [],
  ]);
});

test('what theirs put in the place of what ours deleted is a conflict; edits of it stay deleted', async () => {
  const [a, b, c] = [{ n: 'a' }, { n: 'b' }, { n: 'c' }];
  expect(await merge([a, b, c], [c], [{ n: 'x' }, { n: 'y' }, c])).toEqual([[c], told]);
  expect(await merge([a, c], [c], [{ n: 'x' }, c])).toEqual([[c], told]);
  expect(await merge([a, b, c], [c], [{ n: 'a', v: 1 }, { n: 'b', v: 1 }, c])).toEqual([[c], []]);
});

test('an item that ours moved is not deleted: what theirs edited in it is a conflict', async () => {
  const [a, b] = [{ name: 'a', v: 1 }, { name: 'b' }];
  expect(await merge([a, b], [b, a], [{ ...a, v: 2 }, b])).toEqual([[b, a], told]);
  expect(await merge([a, b], [b, { ...a, w: 1 }], [{ ...a, v: 2 }, b])).toEqual([[b, { ...a, w: 1 }], told]);
});

test('an item that theirs moved and ours deleted does not come back silently', async () => {
  const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
  expect(await merge([a, b, c], [b, c], [b, a, c])).toEqual([[b, c], told]);
});

test('an item that both sides moved or added in different places is not there twice', async () => {
  const [a, b, c, x] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'x' }];
  expect(await merge([a, b, c], [b, c, a], [b, a, c])).toEqual([[b, c, a], told]);
  expect(await merge([a, b], [x, a, b], [a, b, { ...x, v: 1 }])).toEqual([[x, a, b], told]);
});

test('items without a name that stand side by side are not paired by their places', async () => {
  const base = [{ run: 'a' }, { run: 'b' }];
  const ours = [
    { run: 'b', if: 'x' },
    { run: 'a', if: 'y' },
  ];
  expect(await merge(base, ours, [{ run: 'a2' }, { run: 'b2' }])).toEqual([ours, told]);
});

test('a script that became an action is not the same step', async () => {
  const ours = [{ run: 'a', env: { A: 1 } }];
  expect(await merge([{ run: 'a' }], ours, [{ uses: 'some/action@v1' }])).toEqual([ours, told]);
});

/** In a file that takes no markers, so that the place is told. */
async function merge(base: object[], ours: object[], theirs: object[]) {
  const write = (list: object[]) => JSON.stringify({ list }, undefined, 2);
  const sides = { base: write(base), ours: write(ours), theirs: write(theirs) };
  const { text, conflicts } = await mergeFile('package.json', sides, labels);
  return [JSON.parse(text).list, conflicts];
}
