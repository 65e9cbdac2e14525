/** The three sides of a JSON file, read for a merge by key. */
import { type JsonNode, readJsonTree } from './json-tree.ts';
import { listComments } from './json-trivia.ts';
import type { MergeSides } from './merge.ts';
import type { Reading } from './merge-by-key.ts';
import { printJson } from './print-json.ts';

/** Undefined where one of the sides is no JSON. */
export function readJson(sides: MergeSides): Reading<JsonNode> | undefined {
  const base = readJsonTree(sides.base);
  const ours = readJsonTree(sides.ours);
  const theirs = readJsonTree(sides.theirs);
  if (!base || !ours || !theirs) return undefined;
  return {
    trees: { base: base.tree, ours: ours.tree, theirs: theirs.tree },
    print: (merged) => (merged || ours.tree ? printJson(merged, ours.tree) : sides.ours),
    identify: (text) => {
      const read = readJsonTree(text);
      return read && (read.tree?.identity ?? '');
    },
    listComments,
  };
}
