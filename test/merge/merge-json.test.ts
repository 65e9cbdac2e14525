import { expect, test } from 'vitest';
import type { Merge } from '../../src/merge/merge.ts';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

test('members that both sides add at one place are both there, each behind its neighbour', async () => {
  const base = '{\n  "a": 1,\n  "z": 2\n}\n';
  const ours = '{\n  "a": 1,\n  "ours": true,\n  "z": 2\n}\n';
  const theirs = '{\n  "a": 1,\n  "theirs": { "b": [1] },\n  "z": 2\n}\n';
  expect(await merge(base, ours, theirs)).toEqual({
    text: '{\n  "a": 1,\n  "theirs": { "b": [1] },\n  "ours": true,\n  "z": 2\n}\n',
    conflicts: [],
  });
});

test('the order of ours is kept', async () => {
  const merged = await merge('{"a":1,"b":2}\n', '{"b":2,"mine":0,"a":1}\n', '{"first":0,"a":1,"b":3,"last":9}\n');
  expect(merged).toEqual({ text: '{"first":0,"b":3,"last":9,"mine":0,"a":1}\n', conflicts: [] });
});

test('indentation, compact arrays and the missing final newline of ours are kept', async () => {
  const base = '{\n  "files": [\n    "dist"\n  ],\n  "deep": {\n    "a": 1\n  }\n}\n';
  const ours = '{\n\t"files": ["dist"],\n\t"deep": {\n\t\t"a": 1\n\t}\n}';
  const theirs =
    '{\n  "files": [\n    "bin",\n    "dist"\n  ],\n  "deep": {\n    "a": 1,\n    "b": {\n      "c": []\n    }\n  }\n}\n';
  expect(await merge(base, ours, theirs)).toEqual({
    text: '{\n\t"files": ["bin", "dist"],\n\t"deep": {\n\t\t"a": 1,\n\t\t"b": {\n\t\t\t"c": []\n\t\t}\n\t}\n}',
    conflicts: [],
  });
});

test('members and items are taken out of any layout', async () => {
  const base = '{ "a": [1, 2, 3], "b": 2, "c": 3 }';
  expect((await merge(base, '{ "a": [1, 2, 3], "b": 2, "c": 3, "d": 4 }', '{ "a": [2, 3], "b": 2 }')).text).toBe(
    '{ "a": [2, 3], "b": 2, "d": 4 }',
  );
  expect((await merge(base, '{ "a": [1, 2, 3, 4], "b": 2, "c": 3 }', '{ "a": [], "c": 3 }')).text).toBe(
    '{ "a": [4], "c": 3 }',
  );
});

test('an empty object is filled as theirs fills it', async () => {
  const theirs = '{\n  "a": {\n    "x": 1\n  },\n  "b": 1\n}\n';
  expect((await merge('{\n  "a": {},\n  "b": 1\n}\n', '{\n  "a": {},\n  "b": 2\n}\n', theirs)).text).toBe(
    '{\n  "a": {\n    "x": 1\n  },\n  "b": 2\n}\n',
  );
});

test('what ours deleted stays deleted, also where theirs changed it', async () => {
  const merged = await merge('{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "b": 2\n}\n', '{\n  "a": 5,\n  "b": 2\n}\n');
  expect(merged).toEqual({ text: '{\n  "b": 2\n}\n', conflicts: [], leftOut: ['/a'] });
});

test('what theirs deleted and ours changed is a conflict', async () => {
  const merged = await merge('{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "a": 5,\n  "b": 2\n}\n', '{\n  "b": 2\n}\n');
  expect(merged.conflicts).toEqual([{ where: 'line 2' }]);
  expect(merged.text).toContain('"a": 5');
});

test('a clean merge by line that says the same is taken, for it has the form of both sides', async () => {
  const base = '{\n  "a": 1,\n  "b": 2,\n  "c": 3,\n  "d": 4\n}\n';
  const ours = base.replace('"a": 1', '"a": 9');
  const theirs = '{\n  "a": 1,\n  "b": 2,\n  "d": 4,\n  "c": 3\n}\n';
  expect((await merge(base, ours, theirs)).text).toBe(theirs.replace('"a": 1', '"a": 9'));
});

test('one key that both sides added in two places is marked, though every line merges', async () => {
  const base = '{\n  "a": 1,\n  "b": 2,\n  "c": 3,\n  "d": 4\n}\n';
  const ours = base.replace('  "b"', '  "new": "ours",\n  "b"');
  const theirs = base.replace('  "d"', '  "new": "theirs",\n  "d"');
  expect(await merge(base, ours, theirs)).toEqual({
    text: '{\n  "a": 1,\n<<<<<<< yours\n  "new": "ours",\n||||||| 0.1.0\n=======\n  "new": "theirs",\n>>>>>>> 0.2.0\n  "b": 2,\n  "c": 3,\n  "d": 4\n}\n',
    conflicts: [{ where: 'line 3' }],
  });
});

test('one key added in two places is marked also where another conflict is marked', async () => {
  const data = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, z: 0 };
  const base = `${JSON.stringify(data, undefined, 2)}\n`;
  const ours = base.replace('  "b"', '  "k": "ours",\n  "b"').replace('"z": 0', '"z": 1');
  const theirs = base.replace('  "f"', '  "k": "theirs",\n  "f"').replace('"z": 0', '"z": 2');
  const { text, conflicts } = await merge(base, ours, theirs);
  expect(conflicts).toEqual([{ where: 'line 3' }, { where: 'line 15' }]);
  const resolve = (side: 1 | 2) =>
    JSON.parse(text.replace(/<<<<<<<.*\n([^<]*)\|\|\|\|\|\|\|[^=]*=======\n([^>]*)>>>>>>>.*\n/g, `$${side}`));
  expect(resolve(1)).toEqual({ ...data, k: 'ours', z: 1 });
  expect(resolve(2)).toEqual({ ...data, k: 'theirs', z: 2 });
});

test('a key that both sides added alike in two places is there once where another conflict is marked', async () => {
  const base = '{\n  "a": 1,\n  "b": 2,\n  "c": 3,\n  "d": 4,\n  "z": 0\n}\n';
  const ours = base.replace('  "b"', '  "k": 1,\n  "b"').replace('"z": 0', '"z": 1');
  const theirs = base.replace('  "d"', '  "k": 1,\n  "d"').replace('"z": 0', '"z": 2');
  const { text } = await merge(base, ours, theirs);
  expect(text.split('"k"')).toHaveLength(2);
  expect(text).toContain('<<<<<<< yours\n  "z": 1\n');
});

test('numbers keep their text', async () => {
  const base = '{ "a": 1.0, "b": 1e3, "c": 12345678901234567890 }';
  const ours = '{ "a": 1.0, "b": 1e3, "c": 12345678901234567890, "o": -0.10 }';
  const theirs = '{ "a": 1, "b": 1e3, "c": 12345678901234567891, "t": 1E-7 }';
  expect((await merge(base, ours, theirs)).text).toBe(
    '{ "a": 1, "b": 1e3, "c": 12345678901234567891, "t": 1E-7, "o": -0.10 }',
  );
});

test('texts keep their escapes, and are compared without them', async () => {
  const merged = await merge('{"a":"A","b":1}', '{"a":"\\u0041","b":2}', '{"a":"A","b":1,"c":"\\n"}');
  expect(merged).toEqual({ text: '{"a":"\\u0041","b":2,"c":"\\n"}', conflicts: [] });
});

test('__proto__ and constructor are keys like any other', async () => {
  const merged = await merge(
    '{"__proto__":1}',
    '{"__proto__":1,"constructor":2}',
    '{"__proto__":{"x":1},"toString":3}',
  );
  expect(merged).toEqual({ text: '{"__proto__":{"x":1},"toString":3,"constructor":2}', conflicts: [] });
});

test('an object that has a key twice is left as it is, or is a conflict', async () => {
  const twice = '{ "a": { "k": 1, "k": 2 }, "b": 1 }';
  expect(await merge('{ "a": { "k": 1 }, "b": 1 }', twice, '{ "a": { "k": 1 }, "b": 2 }')).toEqual({
    text: '{ "a": { "k": 1, "k": 2 }, "b": 2 }',
    conflicts: [],
  });
  expect((await merge('{ "a": { "k": 1 } }', twice, '{ "a": { "k": 3 } }')).conflicts).toHaveLength(1);
});

test('a side that is no JSON leaves the merge by line', async () => {
  expect(await merge('{\n"a": 1\n}\n', '{\n"a": 1,,\n}\n', '{\n"a": 1\n}\n\n')).toEqual({
    text: '{\n"a": 1,,\n}\n\n',
    conflicts: [],
  });
  expect((await merge('{\n"a": 1\n}\n', '{\n"a": 1,,\n}\n', '{\n"a": 2\n}\n')).text).toContain(
    '<<<<<<< yours\n"a": 1,,',
  );
});

test('a file nested deeper than the stack is no fault', async () => {
  const deep = (inner: string) => `${'['.repeat(20_000)}${inner}${']'.repeat(20_000)}`;
  expect((await merge(deep('1'), deep('2'), deep('3'))).conflicts).toEqual([{ where: 'line 1' }]);
});

test('with nothing as the base, members of both are united', async () => {
  expect(await merge('', '{\n  "a": 1,\n  "b": [1]\n}\n', '{\n  "a": 1,\n  "c": 3\n}\n')).toEqual({
    text: '{\n  "a": 1,\n  "c": 3,\n  "b": [1]\n}\n',
    conflicts: [],
  });
});

function merge(base: string, ours: string, theirs: string): Promise<Merge> {
  return mergeFile('settings.json', { base, ours, theirs }, labels);
}
