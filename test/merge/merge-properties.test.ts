/** What holds for any three sides, of any format. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { anyTexts } from './any-texts.ts';
import { anyData, anyIndent, mergeData } from './any-trees.ts';
import { labels } from './labels.ts';

const anyPath = fc.constantFrom('a.txt', 'a.json', 'a.yaml', 'package.json', '.projen/tasks.json', 'src/a.ts');
const anyText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('a', '\n', '\r\n', '\uFEFF', '{', '}', '"', ':', ',', ' ', '- ', '#'),
    maxLength: 30,
  }),
  fc.json(),
);

test('what one side alone changed is taken byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(anyPath, anyText, anyText, async (path, base, other) => {
      expect(await mergeFile(path, { base, ours: other, theirs: base }, labels)).toEqual({
        text: other,
        conflicts: [],
      });
      expect(await mergeFile(path, { base, ours: base, theirs: other }, labels)).toEqual({
        text: other,
        conflicts: [],
      });
    }),
  );
});

test('what both sides changed alike is taken byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(anyPath, anyText, anyText, async (path, base, other) => {
      const sides = { base, ours: other, theirs: other };
      expect(await mergeFile(path, sides, labels)).toEqual({ text: other, conflicts: [] });
    }),
  );
});

test('a merge never throws, and gives the same twice', async () => {
  await fc.assert(
    fc.asyncProperty(anyPath, anyText, anyText, anyText, async (path, base, ours, theirs) => {
      const first = await mergeFile(path, { base, ours, theirs }, labels);
      expect(await mergeFile(path, { base, ours, theirs }, labels)).toEqual(first);
    }),
    { numRuns: 500 },
  );
});

test('no line that a side added is lost: it is in the text, or between markers', async () => {
  await fc.assert(
    fc.asyncProperty(anyTexts, async (sides) => {
      const { text } = await mergeFile('a.ts', sides, labels);
      const lines = new Set(text.split('\n'));
      const known = new Set(sides.base.split('\n'));
      const added = [...sides.ours.split('\n'), ...sides.theirs.split('\n')].filter((line) => !known.has(line));
      expect(added.filter((line) => !lines.has(line))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('a file without markers says what a merge of its data says, however each side is written', async () => {
  await fc.assert(
    fc.asyncProperty(anyData, fc.tuple(anyIndent, anyIndent, anyIndent), async (data, [first, second, third]) => {
      const sides = {
        base: JSON.stringify(data.base, undefined, first),
        ours: JSON.stringify(data.ours, undefined, second),
        theirs: JSON.stringify(data.theirs, undefined, third),
      };
      const { text, conflicts } = await mergeFile('.projen/tasks.json', sides, labels);
      const expected = mergeData(data.base, data.ours, data.theirs);
      expect(JSON.parse(text)).toEqual(expected.data);
      expect(conflicts.map(({ where }) => where).sort()).toEqual(expected.conflicts.sort());
    }),
    { numRuns: 500 },
  );
});

test('a JSON file is clean where its data merges, and has both sides between markers where it does not', async () => {
  await fc.assert(
    fc.asyncProperty(anyData, anyIndent, async (data, indent) => {
      const write = (side: keyof typeof data) => `${JSON.stringify(data[side], undefined, indent)}\n`;
      const sides = { base: write('base'), ours: write('ours'), theirs: write('theirs') };
      const { text, conflicts } = await mergeFile('a.json', sides, labels);
      const expected = mergeData(data.base, data.ours, data.theirs);
      if (expected.conflicts.length === 0) expect(JSON.parse(text)).toEqual(expected.data);
      expect(conflicts.length > 0).toBe(expected.conflicts.length > 0);
      expect(text.includes('<<<<<<< yours\n')).toBe(conflicts.length > 0);
    }),
    { numRuns: 300 },
  );
});

test('so it is with YAML', async () => {
  await fc.assert(
    fc.asyncProperty(anyData, async (data) => {
      const sides = { base: stringify(data.base), ours: stringify(data.ours), theirs: stringify(data.theirs) };
      const { text, conflicts } = await mergeFile('a.yaml', sides, labels);
      const expected = mergeData(data.base, data.ours, data.theirs);
      if (expected.conflicts.length === 0) expect(parse(text)).toEqual(expected.data);
      expect(conflicts.length > 0).toBe(expected.conflicts.length > 0);
    }),
    { numRuns: 300 },
  );
});

test('where ours changed the form alone, the merge says what theirs says', async () => {
  const anyValue = fc.jsonValue({ maxDepth: 3, noUnicodeString: true });
  await fc.assert(
    fc.asyncProperty(anyValue, anyValue, anyIndent, async (before, after, indent) => {
      const json = { base: JSON.stringify(before, undefined, 2), theirs: JSON.stringify(after, undefined, 2) };
      const ours = JSON.stringify(before, undefined, indent);
      const merged = await mergeFile('package.json', { ...json, ours }, labels);
      expect(merged.conflicts).toEqual([]);
      expect(JSON.parse(merged.text)).toEqual(JSON.parse(json.theirs));
    }),
  );
});

test('a comment that ours wrote into a YAML file is never lost', async () => {
  const lines = 'a:\n  b: 1\n  c: [x, y]\n  d:\n    - e: 1\n    - f: 2\ng: |\n  one\n  two\nh: 3\n'.split('\n');
  const anyChange = fc.tuple(fc.nat(9), fc.constantFrom('', 'a: 2\n', '  z: 2', '    - i: 1', '  three', 'h: 4'));
  const edit = ([at, line]: [number, string]) => lines.with(at, line).join('\n');
  const anyPlaces = fc.uniqueArray(fc.constantFrom<number>(1, 2, 3, 4, 9), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(anyChange, anyPlaces, fc.boolean(), async (change, places, isBehind) => {
      const commented = lines.map((line, at) => {
        if (!places.includes(at)) return line;
        return isBehind ? `${line} # mine ${at}` : `${/^ */.exec(line)![0]}# mine ${at}\n${line}`;
      });
      const sides = { base: lines.join('\n'), ours: commented.join('\n'), theirs: edit(change) };
      const { text } = await mergeFile('a.yaml', sides, labels);
      expect(places.filter((at) => !text.includes(`# mine ${at}`))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
