import { expect, test } from 'vitest';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

test('lines of theirs take the ending of ours', async () => {
  expect(await merge('a\nb\nc\n', 'A\r\nb\r\nc\r\n', 'a\nb\nc\nd\n')).toEqual('A\r\nb\r\nc\r\nd\r\n');
});

test('a file that only its line endings were changed in is updated with them', async () => {
  expect(await merge('a\nb\n', 'a\r\nb\r\n', 'a\nB\nc\n')).toBe('a\r\nB\r\nc\r\n');
});

test('where theirs changed line endings alone, nothing changes', async () => {
  expect(await merge('a\nb\n', 'A\nb\n', 'a\r\nb\r\n')).toBe('A\nb\n');
});

test('with mixed endings each line of ours keeps its own; new ones take the more frequent', async () => {
  expect(await merge('a\nb\nc\nd\n', 'a\r\nb\nc\r\nd\r\n', 'a\nb\nnew\nc\nd\n')).toBe('a\r\nb\nnew\r\nc\r\nd\r\n');
  expect(await merge('a\nb\nc\nd\n', 'a\r\nb\nc\nd\n', 'a\nb\nnew\nc\nd\n')).toBe('a\r\nb\nnew\nc\nd\n');
});

test('markers have the ending of ours', async () => {
  expect(await merge('a\n', 'ours\r\n', 'theirs\n')).toBe(
    '<<<<<<< yours\r\nours\r\n||||||| 0.1.0\r\na\r\n=======\r\ntheirs\r\n>>>>>>> 0.2.0\r\n',
  );
});

test('a file that has no line ending takes those of theirs', async () => {
  expect(await merge('', 'a', 'a\r\nb\r\n')).toContain('b\r\n');
});

test('a byte order mark of ours stays, and is never a conflict', async () => {
  expect(await merge('a\nb\nc\n', '\uFEFFa\nb\nC\n', 'A\nb\nc\n')).toBe('\uFEFFA\nb\nC\n');
  expect(await merge('\uFEFFa\nb\nc\n', 'a\nb\nC\n', '\uFEFFA\nb\nc\n')).toBe('A\nb\nC\n');
  expect(await merge('\uFEFFa\nb\nc\n', '\uFEFFa\nb\nC\n', 'A\nb\nc\n')).toBe('A\nb\nC\n');
});

test('JSON and YAML keep the line endings and the mark of ours as well', async () => {
  const json = {
    base: '{\n  "a": 1\n}\n',
    ours: '\uFEFF{\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n',
    theirs: '{\n  "c": 3,\n  "a": 1\n}\n',
  };
  expect((await mergeFile('a.json', json, labels)).text).toBe('\uFEFF{\r\n  "c": 3,\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n');
  const yaml = { base: 'a: 1\n', ours: 'a: 1\r\nb: 2\r\n', theirs: 'a: 1\nc: 3\n' };
  expect((await mergeFile('a.yaml', yaml, labels)).text).toBe('a: 1\r\nc: 3\r\nb: 2\r\n');
});

async function merge(base: string, ours: string, theirs: string): Promise<string> {
  return (await mergeFile('notes.txt', { base, ours, theirs }, labels)).text;
}
