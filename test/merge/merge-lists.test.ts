import { expect, test } from 'vitest';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

test('scalars are a set: what either side added is there, what either side removed is not', async () => {
  expect(await merge('["a","b","c"]', '["mine","a","c","both"]', '["a","b","both","yours"]')).toEqual([
    '["mine","a","both","yours"]',
    [],
  ]);
});

test('one value that both sides replaced by others is a conflict', async () => {
  expect(await merge('["node","a.js"]', '["node","b.js"]', '["node","c.js"]')).toEqual([
    '["node","b.js"]',
    [{ where: '/list' }],
  ]);
});

test('different values replaced side by side are none', async () => {
  expect(await merge('["a","b"]', '["A","b"]', '["a","B"]')).toEqual(['["A","B"]', []]);
});

test('a list that one side reordered takes what the other changed elsewhere in it', async () => {
  expect(await merge('["a","b","c","d"]', '["b","a","c","d"]', '["a","b","c","d","e"]')).toEqual([
    '["b","a","c","d","e"]',
    [],
  ]);
});

test('a list that both sides reordered differently is a conflict', async () => {
  expect((await merge('["a","b","c"]', '["b","a","c"]', '["c","b","a"]'))[1]).toHaveLength(1);
});

test('objects are told apart by their contents', async () => {
  expect(await merge('[{"n":1},{"n":2},{"n":3}]', '[{"n":0},{"n":1},{"n":2},{"n":3}]', '[{"n":1},{"n":3}]')).toEqual([
    '[{"n":0},{"n":1},{"n":3}]',
    [],
  ]);
});

test('one object that both sides edited is merged by key', async () => {
  expect(await merge('[{"n":1,"m":1}]', '[{"n":2,"m":1}]', '[{"n":1,"m":1,"o":1}]')).toEqual([
    '[{"n":2,"m":1,"o":1}]',
    [],
  ]);
  expect((await merge('[0,{"n":1}]', '[0,{"n":2}]', '[0,{"n":3}]'))[1]).toEqual([{ where: '/list/1/n' }]);
});

test('objects that both sides added at one place are a conflict: nobody knows which comes first', async () => {
  expect(await merge('[{"n":1}]', '[{"n":1},{"n":2}]', '[{"n":1},{"n":3}]')).toEqual([
    '[{"n":1},{"n":2}]',
    [{ where: '/list' }],
  ]);
});

test('an object that ours deleted stays deleted; one that theirs deleted and ours edited is a conflict', async () => {
  expect(await merge('[{"n":1},{"n":2}]', '[{"n":2}]', '[{"n":9},{"n":2}]')).toEqual(['[{"n":2}]', []]);
  expect((await merge('[{"n":1},{"n":2}]', '[{"n":9},{"n":2}]', '[{"n":2}]'))[1]).toEqual([{ where: '/list' }]);
});

test('lists that both sides added and that differ are a conflict', async () => {
  const sides = { base: '{}', ours: '{"list":["a"]}', theirs: '{"list":["b"]}' };
  expect((await mergeFile('package.json', sides, labels)).conflicts).toEqual([{ where: '/list' }]);
});

/** In a file that takes no markers, so that the place is told. */
async function merge(base: string, ours: string, theirs: string) {
  const wrap = (list: string) => `{"list":${list}}`;
  const sides = { base: wrap(base), ours: wrap(ours), theirs: wrap(theirs) };
  const { text, conflicts } = await mergeFile('package.json', sides, labels);
  return [text.slice('{"list":'.length, -1), conflicts];
}
