import { expect, test } from 'vitest';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

test('edits of different lines both hold', async () => {
  expect(await merge('a\nb\nc\nd\n', 'A\nb\nc\nd\n', 'a\nb\nc\nD\n')).toEqual({ text: 'A\nb\nc\nD\n', conflicts: [] });
});

test('the same edit on both sides is no conflict', async () => {
  expect(await merge('a\nb\nc\nd\n', 'a\nX\nc\nD\n', 'A\na\nX\nc\nd\n')).toEqual({
    text: 'A\na\nX\nc\nD\n',
    conflicts: [],
  });
});

test('a conflict shows both sides and the base, and tells its line', async () => {
  expect(await merge('a\nb\nc\n', 'a\nours\nc\n', 'a\ntheirs\nc\n')).toEqual({
    text: 'a\n<<<<<<< yours\nours\n||||||| 0.1.0\nb\n=======\ntheirs\n>>>>>>> 0.2.0\nc\n',
    conflicts: [{ where: 'line 2' }],
  });
});

test('edits of lines that touch are a conflict, as in git', async () => {
  expect((await merge('a\nb\n', 'A\nb\n', 'a\nB\n')).conflicts).toEqual([{ where: 'line 1' }]);
});

test('what both sides put at the ends of a conflict stands outside of the markers', async () => {
  expect((await merge('x\n', 'first\nours\nlast\n', 'first\ntheirs\nlast\n')).text).toBe(
    'first\n<<<<<<< yours\nours\n||||||| 0.1.0\nx\n=======\ntheirs\n>>>>>>> 0.2.0\nlast\n',
  );
});

test('each conflict is told by the line of the text that has the markers', async () => {
  const { text, conflicts } = await merge('a\nb\nc\n', '1\nb\n3\n', '2\nb\n4\n');
  const marked = text.split('\n').flatMap((line, index) => (line.startsWith('<<<<<<<') ? [`line ${index + 1}`] : []));
  expect(conflicts.map(({ where }) => where)).toEqual(marked);
  expect(marked).toHaveLength(2);
});

test('with nothing as the base, two files that differ are one conflict', async () => {
  expect((await merge('', 'ours\n', 'theirs\n')).text).toBe(
    '<<<<<<< yours\nours\n||||||| 0.1.0\n=======\ntheirs\n>>>>>>> 0.2.0\n',
  );
});

test('what ours emptied and theirs changed is a conflict', async () => {
  expect((await merge('a\n', '', 'b\n')).text).toBe('<<<<<<< yours\n||||||| 0.1.0\na\n=======\nb\n>>>>>>> 0.2.0\n');
});

test('a missing final newline stays missing where that side was not changed', async () => {
  expect(await merge('a\nb\nc', 'A\nb\nc', 'a\nb\nc')).toEqual({ text: 'A\nb\nc', conflicts: [] });
  expect(await merge('a\nb\nc\nd\n', 'A\nb\nc\nd\n', 'a\nb\nc\nd')).toEqual({ text: 'A\nb\nc\nd', conflicts: [] });
});

test('a marker begins its line also where a side lacks its final newline', async () => {
  expect((await merge('a', 'ours', 'theirs')).text).toBe(
    '<<<<<<< yours\nours\n||||||| 0.1.0\na\n=======\ntheirs\n>>>>>>> 0.2.0\n',
  );
});

test('a label that is empty leaves the bare marker', async () => {
  const sides = { base: 'a\n', ours: 'b\n', theirs: 'c\n' };
  const { text } = await mergeFile('a.txt', sides, { ours: '', base: '', theirs: '' });
  expect(text).toBe('<<<<<<<\nb\n|||||||\na\n=======\nc\n>>>>>>>\n');
});

function merge(base: string, ours: string, theirs: string) {
  return mergeFile('notes.txt', { base, ours, theirs }, labels);
}
