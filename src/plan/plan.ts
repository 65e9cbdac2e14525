/** What would change on disk, as a value: shown before it is done, and printed as JSON. */
import type { Ownership } from '../tree/file-tree.ts';

export interface Plan {
  /** Absolute. */
  directory: string;
  /** Whether the directory, and with it perhaps some of its parents, is made. */
  isNew: boolean;
  /** In order of path. */
  added: readonly PlannedFile[];
  /** What is there already and stays as it is, in order of path. */
  kept: readonly KeptEntry[];
  totals: PlanTotals;
}

export interface PlannedFile {
  /** Relative to the directory, with `/`. */
  path: string;
  bytes: number;
  ownership: Ownership;
  executable: boolean;
}

export interface KeptEntry {
  path: string;
  /** The file that is not written because this one is there. */
  insteadOf?: string;
}

/** Of the added files. */
export interface PlanTotals {
  files: number;
  bytes: number;
  managed: number;
  seeded: number;
}
