/** Random triples of texts: a base, and two of its descendants. */
import fc from 'fast-check';
import type { MergeSides } from '../../src/merge/merge.ts';

/** Few kinds of lines, so that they repeat as in code; and such that no other file has. */
const anyLine = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', '}', '  }', 'return;', '{') },
  { weight: 2, arbitrary: fc.nat({ max: 12 }).map((number) => `line ${number}`) },
  { weight: 1, arbitrary: fc.uuid() },
);

const anyEdit = fc.record({
  at: fc.nat({ max: 40 }),
  remove: fc.nat({ max: 3 }),
  add: fc.array(anyLine, { maxLength: 3 }),
});

function applyEdits(
  lines: readonly string[],
  edits: readonly { at: number; remove: number; add: string[] }[],
): string[] {
  const edited = [...lines];
  for (const { at, remove, add } of edits) edited.splice(at % (edited.length + 1), remove, ...add);
  return edited;
}

const anyEnding = fc.constantFrom('\n', '\n', '\n', '');

const anyDescendant = fc.record({ edits: fc.array(anyEdit, { minLength: 1, maxLength: 5 }), ending: anyEnding });

export const anyTexts: fc.Arbitrary<MergeSides> = fc
  .record({
    lines: fc.array(anyLine, { maxLength: 40 }),
    ending: anyEnding,
    ours: anyDescendant,
    theirs: anyDescendant,
  })
  .map(({ lines, ending, ours, theirs }) => ({
    base: joinLines(lines, ending),
    ours: joinLines(applyEdits(lines, ours.edits), ours.ending),
    theirs: joinLines(applyEdits(lines, theirs.edits), theirs.ending),
  }));

function joinLines(lines: readonly string[], ending: string): string {
  return lines.length === 0 ? '' : lines.join('\n') + ending;
}
