/** Merging a file by key and by line, and which of the two holds. */
import type { Merge, MergeLabels, MergeSides } from './merge.ts';
import { markChanges, mergeText, resolveText } from './merge-text.ts';
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
 * merge by line shows it, as long as its markers hold every conflict by key; else these are marked. A file that takes no markers keeps the value of ours in each conflict.
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

  const { merged, conflicts, replaced, leftOut } = mergeTrees(reading.trees, { ...rules, prefer: 'ours' });
  const told = {
    ...(replaced.length > 0 && { replaced: replaced.map(toPointer) }),
    ...(leftOut.length > 0 && { leftOut: leftOut.map(toPointer) }),
  };
  if (isClean && conflicts.length === 0 && reading.identify(byLine.text) === identifyMerge(merged))
    return { ...byLine, ...told };
  const text = printSafely(reading, merged, sides);
  if (text !== undefined && conflicts.length === 0) return { text, conflicts: [], ...told };
  if (takesMarkers && !isClean && (conflicts.length === 0 || marksAll(reading, sides, rules))) return byLine;
  if (text === undefined) return untouched;
  const marked = takesMarkers ? markPlaces(reading, text, labels, rules) : undefined;
  return marked ?? { text, conflicts: conflicts.map((path) => ({ where: toPointer(path) })), ...told };
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

/** Whether a merge by line, resolved to either side, says what the merge by key says with the conflicts of that side. */
function marksAll<Node>(reading: Reading<Node>, lines: MergeSides, rules: KeyMergeOptions['rules']): boolean {
  return (['ours', 'theirs'] as const).every((prefer) => {
    const { merged } = mergeTrees(reading.trees, { ...rules, prefer });
    return reading.identify(resolveText(lines, prefer)) === identifyMerge(merged);
  });
}

/** Marks the conflicts of the merge by key where the merge by line does not, as with one key added in two places. */
function markPlaces<Node>(
  reading: Reading<Node>,
  ours: string,
  labels: MergeLabels,
  rules: KeyMergeOptions['rules'],
): Merge | undefined {
  const mergeWith = (prefer: SideName) => mergeTrees(reading.trees, { ...rules, prefer }).merged;
  const base = reading.print(mergeWith('base'));
  const merged = mergeWith('theirs');
  const theirs = reading.print(merged);
  if (base === undefined || theirs === undefined || reading.identify(theirs) !== identifyMerge(merged))
    return undefined;
  // These differ in the conflicts alone.
  const lines = { base, ours, theirs };
  const marked = mergeText(lines, labels);
  if (marked.conflicts.length > 0 && marksAll(reading, lines, rules)) return marked;
  const allMarked = markChanges(lines, labels);
  return allMarked.conflicts.length > 0 ? allMarked : undefined;
}

/** A JSON pointer (RFC 6901). */
function toPointer(path: TreePath): string {
  if (path.length === 0) return 'the whole file';
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
