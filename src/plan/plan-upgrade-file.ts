/** What becomes of one managed file: three texts and three modes, and what is left of them. */
import type { Merge, MergeLabels, MergeNotes, MergeSides } from '../merge/merge.ts';
import type { DiskFile } from './journal.ts';

export type { DiskFile } from './journal.ts';

export type MergeFile = (path: string, sides: MergeSides, labels: MergeLabels) => Merge | Promise<Merge>;

export interface EmittedSide {
  text: string;
  executable: boolean;
}

export interface FileSides {
  path: string;
  /** What was emitted last; undefined where nothing was, or nothing that was kept. */
  base: EmittedSide | undefined;
  ours: DiskFile;
  theirs: EmittedSide;
}

export interface FileOutcome extends MergeNotes {
  after: DiskFile;
  /** `nothing`: there is no word to say about it; `edited`: the user's text or mode stays. */
  kind: 'nothing' | 'edited' | 'updated' | 'merged' | 'conflicting';
  conflicts: readonly string[];
}

/** Whether a file is as it was emitted, line endings apart. */
export function isUntouched(base: EmittedSide, ours: DiskFile): boolean {
  return base.executable === ours.executable && isSameText(base.text, ours);
}

/** Whether the bytes of a file are this text, line endings apart. */
export function isSameText(text: string, ours: DiskFile): boolean {
  const read = readText(ours.bytes);
  return read !== undefined && read.text === text;
}

export async function mergeSides(
  { path, base, ours, theirs }: FileSides,
  merge: MergeFile,
  labels: MergeLabels,
): Promise<FileOutcome> {
  const isModeOurs = base === undefined || base.executable !== ours.executable;
  const executable = isModeOurs ? ours.executable : theirs.executable;
  const isModeMoved = executable !== ours.executable;
  const isModeEdited = executable !== theirs.executable;
  const settle = (kind: FileOutcome['kind'], bytes = ours.bytes, conflicts: readonly string[] = []): FileOutcome => ({
    after: { bytes, executable },
    kind,
    conflicts,
  });
  const read = readText(ours.bytes);
  if (read?.text === theirs.text) return settle(isModeMoved ? 'updated' : isModeEdited ? 'edited' : 'nothing');
  if (read !== undefined && read.text === base?.text) {
    return settle(isModeEdited ? 'merged' : 'updated', writeText(theirs.text, read.isCrLf));
  }
  if (base?.text === theirs.text) return settle(isModeMoved ? 'merged' : 'edited');
  if (read === undefined) return settle('conflicting', ours.bytes, ['the whole file']);
  const merged = await merge(path, { base: base?.text ?? '', ours: read.text, theirs: theirs.text }, labels);
  const notes = pickNotes(merged);
  const bytes = merged.text === read.text ? ours.bytes : writeText(merged.text, read.isCrLf);
  if (merged.conflicts.length > 0) {
    const places = merged.conflicts.map(({ where }) => where);
    return { ...settle('conflicting', bytes, places), ...notes };
  }
  return { ...settle(merged.text === read.text && !isModeMoved ? 'edited' : 'merged', bytes), ...notes };
}

/** Those that there are, and nothing else. */
export function pickNotes({ replaced, leftOut, pins }: MergeNotes): MergeNotes {
  return { ...(replaced && { replaced }), ...(leftOut && { leftOut }), ...(pins && { pins }) };
}

export function isText(bytes: Uint8Array): boolean {
  return readText(bytes) !== undefined;
}

export interface ReadText {
  /** With the line endings that we emit. */
  text: string;
  /** Every line on disk ends in CR LF: what is written there does so too. */
  isCrLf: boolean;
}

/** Undefined for bytes that are no UTF-8. A byte order mark is part of the text. */
export function readText(bytes: Uint8Array): ReadText | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const isCrLf = text.includes('\r\n') && !/(?<!\r)\n/.test(text);
  return { text: isCrLf ? text.replaceAll('\r\n', '\n') : text, isCrLf };
}

/** The same text with the line endings of what stands on disk. */
export function writeLike(text: string, ours: Uint8Array): Uint8Array {
  return writeText(text, readText(ours)?.isCrLf ?? false);
}

function writeText(text: string, isCrLf: boolean): Uint8Array {
  return new TextEncoder().encode(isCrLf ? text.replaceAll('\n', '\r\n') : text);
}
