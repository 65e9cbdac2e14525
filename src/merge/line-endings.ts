/** What of a text is form only: the byte order mark and the line endings. Merging leaves both to ours. */
import { diff } from './diff.ts';
import type { MergeSides } from './merge.ts';
import { numberLines, splitLines } from './split-lines.ts';

const mark = '\uFEFF';

/** The text with line feeds alone and without a byte order mark. */
export function toPlainText(text: string): string {
  return withoutMark(text).replaceAll('\r\n', '\n');
}

/**
 * Gives a merged plain text the form of ours: a line of ours keeps its ending, a new one takes the one that most of
 * ours have. The byte order mark is merged three-way by itself.
 */
export function restoreForm(merged: string, { base, ours, theirs }: MergeSides): string {
  const marked = hasMark(ours) === hasMark(base) ? hasMark(theirs) : hasMark(ours);
  return (marked ? mark : '') + restoreEndings(merged, withoutMark(ours), withoutMark(theirs));
}

function restoreEndings(merged: string, ours: string, theirs: string): string {
  const model = ours.includes('\n') ? ours : theirs;
  const windows = model.split('\r\n').length - 1;
  const unix = model.split('\n').length - 1 - windows;
  if (windows === 0) return merged;
  if (unix === 0) return merged.replaceAll('\n', '\r\n');
  return restoreMixed(merged, ours, windows > unix ? '\r\n' : '\n');
}

function restoreMixed(merged: string, ours: string, usual: string): string {
  const oursLines = splitLines(ours);
  const lines = splitLines(merged);
  const [before = [], after = []] = numberLines(
    oursLines.map((line) => line.replace('\r\n', '\n')),
    lines,
  );
  const restored = lines.map((line) => line.replace(/\n$/, usual));
  let drift = 0;
  let kept = 0;
  const keepUntil = (end: number): void => {
    for (let at = kept; at < end; at++) restored[at + drift] = oursLines[at]!;
  };
  for (const change of diff(before, after)) {
    keepUntil(change.beforeStart);
    kept = change.beforeEnd;
    drift = change.afterEnd - change.beforeEnd;
  }
  keepUntil(oursLines.length);
  return restored.join('');
}

function hasMark(text: string): boolean {
  return text.startsWith(mark);
}

function withoutMark(text: string): string {
  return hasMark(text) ? text.slice(1) : text;
}
