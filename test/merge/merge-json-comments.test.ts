import { expect, test } from 'vitest';
import type { Merge } from '../../src/merge/merge.ts';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

const base = `{
  "compilerOptions": {
    // how strict
    "strict": true,
    "target": "es2022",
  },
}
`;

test('a file with comments and trailing commas is merged by key, and keeps them', async () => {
  const ours = `/* mine */
{
  "compilerOptions": {
    // how strict
    "strict": true, // very
    "target": "es2022", // for now
    "mine": 1, /* last */
  },
}
`;
  const theirs = base.replace(
    '    "target": "es2022",\n',
    '    "target": "es2022",\n    // new\n    "lib": ["a"], // why\n',
  );
  expect(await merge(base, ours, theirs)).toEqual({
    text: ours.replace('// for now\n', '// for now\n    // new\n    "lib": ["a"], // why\n'),
    conflicts: [],
  });
});

test('a comment behind the last member stays with it when another follows', async () => {
  const merged = await merge('{\n  "a": 1\n}\n', '{\n  "a": 1 // mine\n}\n', '{\n  "a": 1,\n  "b": 2\n}\n');
  expect(merged).toEqual({ text: '{\n  "a": 1, // mine\n  "b": 2\n}\n', conflicts: [] });
});

test('a new value takes the comments of ours around the old one', async () => {
  const ours = base.replace('true,', 'true, // mine');
  const theirs = base.replace('true', 'false');
  expect((await merge(base, ours, theirs)).text).toBe(ours.replace('true', 'false'));
});

test('a comment of ours is never lost: where theirs deleted what it stands with, that is a conflict', async () => {
  const ours = base.replace('    "strict"', '    // never turn this off\n    "strict"');
  const { text, conflicts } = await merge(base, ours, base.replace('    "strict": true,\n', ''));
  expect(conflicts).toHaveLength(1);
  expect(text).toContain('// never turn this off');
});

test('a slash in a text is no comment', async () => {
  const merged = await merge('{"a":"//","b":1}', '{"a":"/* */","b":1}', '{"a":"//","b":"//"}');
  expect(merged).toEqual({ text: '{"a":"/* */","b":"//"}', conflicts: [] });
});

function merge(base: string, ours: string, theirs: string): Promise<Merge> {
  return mergeFile('tsconfig.json', { base, ours, theirs }, labels);
}
