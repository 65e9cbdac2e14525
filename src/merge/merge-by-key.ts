/** Merging a file by key and by line, and which of the two holds. */
import type { Merge, MergeLabels, MergeSides } from './merge.ts';
import { mergeText } from './merge-text.ts';
import { mergeTrees, type TreePath, type TreeRules } from './merge-trees.ts';
import { identifyMerge, type Merged, type SideName, type TreeSides } from './tree.ts';

/** Three texts of one format, read. */
export interface Reading<Node> {
  trees: TreeSides<Node>;
  /** Ours with what was merged; undefined where the format cannot write it. */
  print(merged: Merged<Node> | undefined): string | undefined;
  /** The identity of a text, empty for one that says nothing; undefined for one that cannot be read. */
  identify(text: string): string | undefined;
  listComments(text: string): readonly string[];
}

export interface KeyMergeOptions {
  labels: MergeLabels;
  /** False for a file that its tools could not read any more with markers in it. */
  takesMarkers: boolean;
  rules?: Omit<TreeRules, 'prefer'> | undefined;
}

/**
 * The merge by key decides what the file says. Its text is the merge by line where that is clean and says the same,
 * for it keeps the form of both sides; else ours, changed where the merge by key changed it. If both conflict, the
 * merge by line shows it. A file that takes no markers keeps the value of ours in each conflict.
 * @param reading undefined where one of the sides cannot be read: only the merge by line is left.
 */
export function mergeByKey<Node>(
  reading: Reading<Node> | undefined,
  sides: MergeSides,
  { labels, takesMarkers, rules }: KeyMergeOptions,
): Merge {
  const byLine = mergeText(sides, labels);
  const isClean = byLine.conflicts.length === 0;
  const untouched = { text: sides.ours, conflicts: [{ where: 'the whole file' }] };
  if (!reading) return isClean || takesMarkers ? byLine : untouched;

  const { merged, conflicts } = mergeTrees(reading.trees, { ...rules, prefer: 'ours' });
  if (isClean && conflicts.length === 0 && reading.identify(byLine.text) === identifyMerge(merged)) return byLine;
  const text = printSafely(reading, merged, sides);
  if (text !== undefined && conflicts.length === 0) return { text, conflicts: [] };
  if (takesMarkers && !isClean) return byLine;
  if (text === undefined) return untouched;
  const marked = takesMarkers ? markPlaces(reading, text, labels, rules) : undefined;
  return marked ?? { text, conflicts: conflicts.map((path) => ({ where: toPointer(path) })) };
}

/** Undefined where the text would not say what was merged, or would lack a comment that ours added. */
function printSafely<Node>(
  reading: Reading<Node>,
  merged: Merged<Node> | undefined,
  sides: MergeSides,
): string | undefined {
  const text = reading.print(merged);
  if (text === undefined || reading.identify(text) !== identifyMerge(merged)) return undefined;
  const known = new Set([...reading.listComments(sides.base), ...reading.listComments(text)]);
  return reading.listComments(sides.ours).every((comment) => known.has(comment)) ? text : undefined;
}

/** Marks the conflicts of the merge by key where the merge by line has none, as with one key added in two places. */
function markPlaces<Node>(
  reading: Reading<Node>,
  ours: string,
  labels: MergeLabels,
  rules: KeyMergeOptions['rules'],
): Merge | undefined {
  const printWith = (prefer: SideName) => reading.print(mergeTrees(reading.trees, { ...rules, prefer }).merged);
  const base = printWith('base');
  const theirs = printWith('theirs');
  if (base === undefined || theirs === undefined) return undefined;
  const marked = mergeText({ base, ours, theirs }, labels);
  return marked.conflicts.length > 0 ? marked : undefined;
}

/** A JSON pointer (RFC 6901). */
function toPointer(path: TreePath): string {
  if (path.length === 0) return 'the whole file';
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
