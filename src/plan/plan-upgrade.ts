/** Plans an upgrade: base, ours and theirs of every path, and what becomes of it. The disk is a value here. */
import type { Manifest } from '../manifest/manifest.ts';
import { comparePaths } from '../tree/build-tree.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { DiskChange, DiskFile } from './journal.ts';
import { keepBases } from './keep-bases.ts';
import { isSameText, type MergeFile } from './plan-upgrade-file.ts';
import { isBookkeeping, type Judgement, judgePath } from './plan-upgrade-path.ts';
import { findRenames } from './plan-upgrade-renames.ts';
import type { Migration, Move, PlannedChange, Rename, UpgradePlan, UpgradeTotals } from './upgrade-plan.ts';

export interface UpgradeInput {
  /** Of what was emitted last. */
  manifest: Manifest;
  /** What stands at each path of `listUpgradePaths`; left out where nothing does. */
  disk: DiskSnapshot;
  /** What this version emits, the manifest's files and the seeds that are there anyway included. */
  emitted: FileTree;
  /** Of this tool. */
  version: string;
  migrations: readonly Migration[];
  merge: MergeFile;
  /** Whether an executable bit on disk means anything: on Windows and some mounts it does not. */
  keepsModes: boolean;
  /** Seeds that were asked for just now: they are written even where the user deleted such a file before. */
  fresh?: ReadonlySet<string>;
  /** Folders and files that move because of what the Spec says, besides those of `migrations`. */
  renames?: readonly Rename[];
  moves?: readonly Move[];
  /** Code that stands there for no service or workload of the Spec, left by earlier upgrades too. */
  leftovers?: ReadonlySet<string>;
  /** Full names of the services that the protos declare. */
  declared?: ReadonlySet<string>;
}

export type DiskSnapshot = ReadonlyMap<string, DiskEntry>;

export type DiskEntry =
  | ({ kind: 'file' } & DiskFile)
  /** No file of ours can be there: `by` is a link, a folder or a device, at the path itself or above it. */
  | {
      kind: 'blocked';
      by: string;
      /** Of a folder at the path itself: every file below it, and every empty folder. */
      holds?: readonly string[];
    };

export interface PlannedUpgrade {
  plan: UpgradePlan;
  /** In order of path. */
  writes: readonly DiskChange[];
  conflicts: readonly ConflictSides[];
  /** Paths among them that hold something which was not emitted so, in order. */
  edited: readonly string[];
}

/** What a merge tool wants to see; ours is what git has. Texts end their lines as the file on disk does. */
export interface ConflictSides {
  path: string;
  /** Where ours is until now. */
  from: string;
  base: DiskFile | undefined;
  theirs: DiskFile;
  /** What is left on disk at `path`. */
  left: DiskFile;
  /** Whether ours is UTF-8. */
  isText: boolean;
}

/** Every path to look at on disk, in order. */
export function listUpgradePaths(
  manifest: Manifest,
  emitted: FileTree,
  leftovers: ReadonlySet<string> = new Set(),
): string[] {
  return [...new Set([...manifest.files.keys(), ...emitted.keys(), ...leftovers])].sort(comparePaths);
}

export async function planUpgrade(input: UpgradeInput): Promise<PlannedUpgrade> {
  const { manifest, emitted, disk, version } = input;
  const renames = new Map([...findRenames(input)].filter(([to, from]) => isMoveLeft(disk.get(from), disk.get(to))));
  const moved = new Set(renames.values());
  const paths = listUpgradePaths(manifest, emitted, input.leftovers).filter((path) => !moved.has(path));
  const judgeAll = (given: UpgradeInput) =>
    Promise.all(paths.map((path) => judgePath(path, renames.get(path) ?? path, given)));
  const first = await judgeAll(input);
  const freed = listFreed(disk, first);
  const isLeft = ([path]: readonly [string, DiskEntry]) => !freed.has(path);
  const cleared = freed.size === 0 ? input : { ...input, disk: new Map([...disk].filter(isLeft)) };
  const second = freed.size === 0 ? first : await judgeAll(cleared);
  const blocked = listBlocked(second);
  const keep = () => judgeAll({ ...cleared, emitted: keepBases(emitted, manifest, blocked, version) });
  const found = blocked.size === 0 ? second : await keep();
  const changes = found.flatMap(({ change }) => change ?? []);
  const totals = countVerdicts(changes);
  const plan = { from: manifest.version, to: version, changes, totals, moves: input.moves ?? [] };
  const writes = found.flatMap((one) => one.writes ?? []).sort((a, b) => comparePaths(a.path, b.path));
  const conflicts = found.flatMap(({ conflict }) => conflict ?? []);
  return { plan, writes, conflicts, edited: listEdited(writes, conflicts, manifest) };
}

/** Where a version makes a folder of a file, or a file of a folder, the one is in the way of the other until it goes. */
function listFreed(disk: DiskSnapshot, judgements: readonly Judgement[]): ReadonlySet<string> {
  const writes = judgements.flatMap((one) => one.writes ?? []);
  const gone = new Set(writes.filter(({ after }) => after === undefined).map(({ path }) => path));
  const isFreed = (entry: DiskEntry): boolean => {
    if (entry.kind !== 'blocked') return false;
    return entry.holds === undefined ? gone.has(entry.by) : entry.holds.every((path) => gone.has(path));
  };
  return new Set([...disk].filter(([, entry]) => isFreed(entry)).map(([path]) => path));
}

/** Nothing came of what this version has for them. */
function listBlocked(judgements: readonly Judgement[]): ReadonlySet<string> {
  const changes = judgements.flatMap(({ change }) => change ?? []);
  return new Set(changes.filter(({ because }) => because === 'not-a-file').map(({ path }) => path));
}

function listEdited(
  writes: readonly DiskChange[],
  conflicts: readonly ConflictSides[],
  { base }: Manifest,
): readonly string[] {
  const isEdited = ({ path, before }: DiskChange): boolean => {
    const emitted = base.get(path);
    return before !== undefined && !isBookkeeping(path) && (emitted === undefined || !isSameText(emitted, before));
  };
  const paths = [...writes.filter(isEdited).map(({ path }) => path), ...conflicts.map(({ from }) => from)];
  return [...new Set(paths)].sort(comparePaths);
}

/** Where something is at both ends, each is judged for itself. */
function isMoveLeft(from: DiskEntry | undefined, to: DiskEntry | undefined): boolean {
  return from === undefined || (from.kind === 'file' && to === undefined);
}

export function countVerdicts(changes: readonly PlannedChange[]): UpgradeTotals {
  const totals = { added: 0, updated: 0, merged: 0, conflicting: 0, removed: 0, renamed: 0, kept: 0 };
  for (const { verdict } of changes) totals[verdict] += 1;
  return totals;
}
