/** What a journal remembers of git: how the index was, the stages that show merge tools a conflict, and where each is. */
import { join } from 'node:path';
import type { FileMark, Journal } from '../plan/journal.ts';
import { findChangeFaults, isFileMark, journalFolder, markFile, refuseDamaged } from '../plan/journal-plan.ts';
import type { ConflictSides, PlannedUpgrade } from '../plan/plan-upgrade.ts';
import type { Choice } from '../plan/upgrade-plan.ts';
import { isObject } from '../spec/json-object.ts';
import { listFolders } from '../tree/check-paths.ts';
import type { Git, IndexEntry } from './git.ts';

export interface IndexNote {
  conflicts: readonly NotedConflict[];
  /** Every path that the upgrade touches, and what the index held of it. */
  paths: readonly string[];
  entries: readonly IndexEntry[];
  /** Of the conflicting paths that git has. */
  stages: readonly IndexEntry[];
}

export interface NotedConflict {
  path: string;
  places: readonly string[];
  /** Of a file without markers: what is to be chosen between. */
  choices?: readonly Choice[];
  /** The file as the upgrade left it. */
  left: FileMark;
}

/** Stores the sides of each conflict; the index itself is left alone. Without git only the places are noted. */
export async function describeIndex(
  { plan, writes, conflicts }: PlannedUpgrade,
  git: Git | undefined,
): Promise<IndexNote> {
  const changes = new Map(plan.changes.map((change) => [change.path, change]));
  const noted = conflicts.map(({ path, left }): NotedConflict => {
    const { conflicts: places = [], choices } = changes.get(path) ?? {};
    return { path, places, ...(choices && { choices }), left: markFile(left.bytes, left.executable) };
  });
  const touched = [...writes.map(({ path }) => path), ...conflicts.flatMap(({ path, from }) => [path, from])];
  const paths = [...new Set(touched)].sort();
  const entries = git === undefined ? [] : await git.readIndex(paths);
  const stages: IndexEntry[] = [];
  for (const conflict of git === undefined ? [] : conflicts) {
    stages.push(...(await describeStages(conflict, entries, git)));
  }
  return { conflicts: noted, paths, entries, stages };
}

/** Ours is what the index has; what git does not have, or has as a link, gets no stages. */
async function describeStages(
  { path, from, base, theirs, isText }: ConflictSides,
  entries: readonly IndexEntry[],
  git: Git | undefined,
): Promise<IndexEntry[]> {
  const ours = entries.find((entry) => entry.path === from && entry.stage === 0 && entry.mode.startsWith('100'));
  if (ours === undefined || git === undefined) return [];
  const sides = [
    { side: base, stage: 1 },
    { side: theirs, stage: 3 },
  ];
  const stored: IndexEntry[] = [{ ...ours, path, stage: 2 }];
  for (const { side, stage } of sides) {
    if (side === undefined) continue;
    // A filter that is made for what the user put there (another encoding, say) may refuse what we would.
    const id = (isText ? await git.store(side.bytes, path) : undefined) ?? (await git.store(side.bytes, undefined));
    if (id === undefined) return [];
    stored.push({ path, mode: side.executable ? '100755' : '100644', id, stage });
  }
  return stored.sort((a, b) => a.stage - b.stage);
}

/** Returns what is wrong where git refuses. */
export async function stageConflicts({ stages }: IndexNote, git: Git): Promise<string | undefined> {
  const paths = [...new Set(stages.map(({ path }) => path))];
  return paths.length === 0 ? undefined : git.writeIndex(paths, stages);
}

/** Makes the index of every path what it was; what is so already is not touched. */
export async function restoreIndex({ paths, entries }: IndexNote, git: Git): Promise<string | undefined> {
  const current = await git.readIndex(paths);
  const show = (all: readonly IndexEntry[], path: string) =>
    all
      .filter((entry) => entry.path === path)
      .map(({ mode, id, stage }) => `${mode} ${id} ${stage}`)
      .sort()
      .join('\n');
  const changed = paths.filter((path) => show(current, path) !== show(entries, path));
  if (changed.length === 0) return undefined;
  return git.writeIndex(
    changed,
    entries.filter(({ path }) => changed.includes(path)),
  );
}

/**
 * What `describeIndex` gave, read back from a journal; undefined for a journal without. Throws `UserError` (refused) where
 * somebody edited it: what it says of any other path would be done to the user's index.
 */
export function readIndexNote(directory: string, journal: Pick<Journal, 'note' | 'changes'>): IndexNote | undefined {
  if (journal.note === undefined) return undefined;
  const note = parseIndexNote(journal.note);
  const known = new Set(note?.paths);
  const named = note === undefined ? [] : [...note.conflicts, ...note.entries, ...note.stages].map(({ path }) => path);
  // A conflict in a file that stays as it is changes nothing on the disk.
  const own = new Set([...journal.changes, ...(note?.conflicts ?? [])].map(({ path }) => path));
  // Git tells what is below a path too, where that is a folder.
  const isKnown = (path: string) => known.has(path) || listFolders(path).some((folder) => known.has(folder));
  const isWhole = named.every(isKnown) && [...known].every((path) => own.has(path));
  const faults = findChangeFaults([...known].map((path) => ({ path, before: undefined, after: path })));
  // A file that becomes a folder has both paths, in a change that is checked side by side.
  const strange = faults.filter(({ at = '' }) => journal.changes.every(({ path }) => path !== at));
  if (note !== undefined && isWhole && strange.length === 0) return note;
  throw refuseDamaged(join(directory, journalFolder), 'its note of the index is not as this tool writes it');
}

function parseIndexNote(note: unknown): IndexNote | undefined {
  if (!isObject(note)) return undefined;
  const { conflicts, paths, entries, stages } = note;
  if (!isList(conflicts, isNotedConflict) || !isList(paths, isText)) return undefined;
  if (!isList(entries, isIndexEntry) || !isList(stages, isIndexEntry)) return undefined;
  return { conflicts, paths, entries, stages };
}

function isNotedConflict(value: unknown): value is NotedConflict {
  if (!isObject(value) || !isText(value.path) || !isList(value.places, isText)) return false;
  return isFileMark(value.left) && (value.choices === undefined || isList(value.choices, isChoice));
}

function isChoice(value: unknown): value is Choice {
  if (!isObject(value) || !isText(value.where)) return false;
  return [value.yours, value.theirs].every((side) => side === undefined || isText(side));
}

function isIndexEntry(value: unknown): value is IndexEntry {
  if (!isObject(value) || !isText(value.path) || !isText(value.mode) || !isText(value.id)) return false;
  return /^\d{6}$/.test(value.mode) && /^[0-9a-f]+$/.test(value.id) && [0, 1, 2, 3].includes(value.stage as number);
}

function isList<T>(value: unknown, isOne: (one: unknown) => one is T): value is T[] {
  return Array.isArray(value) && value.every(isOne);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
