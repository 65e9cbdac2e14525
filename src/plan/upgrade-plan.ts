/** What an upgrade would change on disk, as a value: shown before it is done, and printed as JSON. */
import type { MergeNotes } from '../merge/merge.ts';
import type { Move } from '../targets/move.ts';
import type { Ownership } from '../tree/file-tree.ts';

export type { SettledPin } from '../merge/merge.ts';
export type { Move } from '../targets/move.ts';

export interface UpgradePlan {
  /** Versions of the tool: the one that emitted the repo last, and this one. */
  from: string;
  to: string;
  /** In order of path. What is neither changed nor worth a word is left out. */
  changes: readonly PlannedChange[];
  totals: UpgradeTotals;
  /** What no file can do: it is left to whoever runs the repo. */
  moves: readonly Move[];
}

export interface PlannedChange extends MergeNotes {
  /** Relative to the project, with `/`. */
  path: string;
  verdict: Verdict;
  ownership: Ownership;
  /** Where the file was until now: of one that this version calls otherwise. */
  from?: string;
  /** Of a conflict, each place: `line 12`, or `/scripts/build` in JSON and YAML. */
  conflicts?: readonly string[];
  /** Of a conflict in a file that takes no markers: what is to be chosen between. */
  choices?: readonly Choice[];
  /** Why a file is left as it is. */
  because?: KeptReason;
  /** The file or folder above it that is in the way. */
  blockedBy?: string;
}

/** As JSON; absent where a side has nothing there. */
export interface Choice {
  where: string;
  /** It is what the file says until somebody changes it. */
  yours?: string;
  theirs?: string;
}

/**
 * `added`: it was not there. `updated`: nobody edited it. `merged`: edits and the new text, both. `conflicting`: both
 * changed the same place. `removed`: no longer emitted, and nobody edited it. `renamed`: it moved, edits and all.
 * `kept`: it stays as the user made it, and this says why.
 */
export type Verdict = 'added' | 'updated' | 'merged' | 'conflicting' | 'removed' | 'renamed' | 'kept';

/**
 * `edited`: the user's, and this version brings nothing new, but for what `leftOut` names. `deleted`: the user's doing too, and it stays so.
 * `not-a-file`: a link, a folder or a device is where the file would be. `no-longer-emitted`: it would have been
 * removed, but for the user's edits. `no-longer-used`: the code of a
 * workload that left, or of a service that another one serves. `service-gone`: the code of a service that no proto
 * declares any more, which cannot be built.
 */
export type KeptReason = 'edited' | 'deleted' | 'not-a-file' | 'no-longer-emitted' | 'no-longer-used' | 'service-gone';

export type UpgradeTotals = Readonly<Record<Verdict, number>>;

/** Declared beside the change that needs it. It holds for every repo that an earlier version emitted last. */
export interface Migration {
  /** The first version that emits the new paths. */
  version: string;
  /** Files, or folders: those end with `/`. */
  renames: readonly Rename[];
}

export interface Rename {
  from: string;
  to: string;
}
