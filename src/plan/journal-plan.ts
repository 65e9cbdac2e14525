/** What a journal says, as text that both a program and a human in need can read: which paths change, and to what. */

import { crc32 } from 'node:zlib';
import { exitCode, type Fault, UserError } from '../errors.ts';
import { refuseNewer } from '../manifest/refuse-newer.ts';
import { isObject } from '../spec/json-object.ts';
import { quotePath } from '../steps/quote-path.ts';
import { findPathFaults, listFolders } from '../tree/check-paths.ts';

export interface JournalPlan {
  /** Of the tool that wrote it. */
  version: string;
  purpose: JournalPurpose;
  /** Whether it stays when all is done, so that all can be taken back. */
  keep: boolean;
  /** The caller's own, as JSON; undefined where nothing was said. */
  note: unknown;
  changes: readonly JournalChange[];
  /** The folders that the change makes. */
  madeFolders: readonly string[];
  /** The folders that the change empties, and with that removes. */
  emptiedFolders: readonly FolderMark[];
}

export type JournalPurpose = 'creation' | 'upgrade';

export interface JournalChange {
  /** Relative to the project, with `/`. */
  path: string;
  /** Undefined: there is no file. Never so on both sides. */
  before: FileMark | undefined;
  after: FileMark | undefined;
}

export type Side = 'before' | 'after';

/** Tells one content of a file from another. By no secure sum: that would take longer to load than the change to make. */
export interface FileMark {
  executable: boolean;
  /** In bytes. */
  size: number;
  /** In hexadecimal, as `gzip -lv` prints it. */
  crc32: string;
}

export interface FolderMark {
  path: string;
  mode: number;
}

/** Inside the project. */
export const stateFolder = '.grpc-aws';
export const journalFolder = `${stateFolder}/journal`;

const journalFormat = 1;

export function markFile(bytes: Uint8Array, executable: boolean): FileMark {
  return { executable, size: bytes.length, crc32: crc32(bytes).toString(16).padStart(8, '0') };
}

/** The name of the copy of a file in the journal. */
export function nameCopy(index: number, side: Side): string {
  return `${index + 1}.${side}`;
}

/** A folder that the change makes, with all that is below it: it is put in place by one rename. */
export interface WholeFolder {
  path: string;
  /** Its name in the journal. */
  copy: string;
}

/** Of the folders that are made, those in folders that are there. Our own is there as soon as the journal is. */
export function listWholeFolders(madeFolders: readonly string[]): WholeFolder[] {
  const made = new Set(madeFolders);
  return madeFolders
    .filter((path) => path !== stateFolder && !listFolders(path).some((parent) => made.has(parent)))
    .map((path, index) => ({ path, copy: `${index + 1}.folder` }));
}

export function findWholeFolder(wholes: readonly WholeFolder[], path: string): WholeFolder | undefined {
  return wholes.find((whole) => path.startsWith(`${whole.path}/`));
}

/** Paths that no change of ours has a reason to touch, on top of those that no disk can hold. */
export function findChangeFaults(changes: readonly ({ path: string } & Record<Side, unknown>)[]): Fault[] {
  const pathsOf = (side: Side) => changes.filter((change) => change[side] !== undefined).map(({ path }) => path);
  const paths = changes.map(({ path }) => path);
  const twice = paths.filter((path, index) => paths.indexOf(path) !== index);
  const foreign = paths.filter((path) => isGitsOwn(path) || isJournals(path));
  return [
    // Each side for itself: a file `a` may well become a folder with `a/b` in it.
    ...findPathFaults(pathsOf('before')),
    ...findPathFaults(pathsOf('after')),
    ...twice.map((at) => ({ at, message: 'two changes have this path', hint: 'Leave one of them out.' })),
    ...foreign.map((at) => ({ at, message: 'this path is no part of the project', hint: 'Leave it out.' })),
  ];
}

function isGitsOwn(path: string): boolean {
  // The second is what Windows also calls the first.
  return path.split('/').some((part) => ['.git', 'git~1'].includes(part.toLowerCase()));
}

function isJournals(path: string): boolean {
  return path.toLowerCase().startsWith(journalFolder);
}

export function writeJournalPlan({ changes, ...plan }: JournalPlan): string {
  const { version, purpose, keep, note, madeFolders, emptiedFolders } = plan;
  const lines = changes.map(({ path, before, after }, index) =>
    JSON.stringify({ number: index + 1, path, before: before ?? null, after: after ?? null }),
  );
  return [
    '{',
    '  "//": "What create-grpc-aws was changing. N.before is a copy of file number N as it was, N.after as it is to be;",',
    '  "///": "null: there is no such file. The next run sets this right and removes this folder.",',
    `  "format": ${journalFormat},`,
    `  "version": ${JSON.stringify(version)},`,
    `  "purpose": ${JSON.stringify(purpose)},`,
    `  "keep": ${keep},`,
    ...(note === undefined ? [] : [`  "note": ${JSON.stringify(note)},`]),
    `  "madeFolders": ${JSON.stringify(madeFolders)},`,
    `  "emptiedFolders": ${JSON.stringify(emptiedFolders)},`,
    '  "changes": [',
    lines.map((line) => `    ${line}`).join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

/** @param folder the journal's, absolute. Throws `UserError` (exit 1) for what this version did not write. */
export function readJournalPlan(folder: string, text: string): JournalPlan {
  const plan = parseObject(folder, text);
  const { format, version, purpose, keep, note, changes, madeFolders, emptiedFolders } = plan;
  if (typeof format === 'number' && format > journalFormat) {
    throw refuseNewer(version, (writer) => describeNewer(folder, writer));
  }
  if (format !== journalFormat || typeof version !== 'string' || typeof keep !== 'boolean' || !isPurpose(purpose)) {
    throw refuseDamaged(folder, 'its plan.json has no format, version, purpose and keep as this tool writes them');
  }
  if (!isListOf(changes, isChange)) {
    throw refuseDamaged(folder, 'the changes in its plan.json are not as this tool writes them');
  }
  const read = changes.map(({ path, before, after }) => ({
    path,
    before: before ?? undefined,
    after: after ?? undefined,
  }));
  const faults = findChangeFaults(read);
  if (faults.length > 0) {
    const told = faults.map(({ at, message }) => `${at}: ${message}`);
    throw refuseDamaged(folder, `its plan.json was edited (${told.join('; ')})`);
  }
  const folders = new Set([stateFolder, ...read.flatMap(({ path }) => listFolders(path))]);
  const isFolder = (path: unknown): path is string => typeof path === 'string' && folders.has(path);
  const isFolderMark = (mark: unknown): mark is FolderMark =>
    isObject(mark) && isFolder(mark.path) && Number.isInteger(mark.mode);
  if (!isListOf(madeFolders, isFolder) || !isListOf(emptiedFolders, isFolderMark)) {
    throw refuseDamaged(folder, 'the folders in its plan.json are not those of its changes');
  }
  return { version, purpose, keep, note, changes: read, madeFolders, emptiedFolders };
}

function parseObject(folder: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) {
      return value;
    }
  } catch {
    // Told below, like every other text that is no plan.
  }
  throw refuseDamaged(folder, 'its plan.json is no JSON object');
}

function isListOf<T>(value: unknown, isOne: (one: unknown) => one is T): value is T[] {
  return Array.isArray(value) && value.every(isOne);
}

interface WrittenChange {
  path: string;
  before: FileMark | null;
  after: FileMark | null;
}

function isChange(value: unknown): value is WrittenChange {
  if (!isObject(value) || typeof value.path !== 'string') {
    return false;
  }
  const sides = [value.before, value.after];
  return sides.every((side) => side === null || isFileMark(side)) && sides.some((side) => side !== null);
}

export function isFileMark(value: unknown): value is FileMark {
  if (!isObject(value) || typeof value.crc32 !== 'string') {
    return false;
  }
  const { executable, size, crc32: sum } = value;
  return typeof executable === 'boolean' && Number.isInteger(size) && /^[0-9a-f]{8}$/.test(sum);
}

function isPurpose(value: unknown): value is JournalPurpose {
  return value === 'creation' || value === 'upgrade';
}

/** For a journal that cannot be trusted: nothing is done by it, and the user is told where the copies are. */
export function refuseDamaged(folder: string, message: string): UserError {
  return new UserError(exitCode.refused, {
    at: folder,
    message: `this journal of a run that did not end cannot be used: ${message}`,
    hint: `Take what you need of its copies (\`git status\` shows what changed), then remove it: \`rm -r ${quotePath(folder)}\`.`,
  });
}

function describeNewer(folder: string, writer: string): Fault {
  return {
    at: folder,
    message: `a newer version (${writer}) than this one was stopped in the middle of a change`,
    hint: `Run \`npx create-grpc-aws@${writer}\` with the same command: it sets this right.`,
  };
}
