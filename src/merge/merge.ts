/** The words of a three-way merge: what goes in, what comes out. */

/** Whole texts of one file. An absent base is the empty text. */
export interface MergeSides {
  /** What was emitted last. */
  base: string;
  /** What stands on disk. */
  ours: string;
  /** What is emitted now. */
  theirs: string;
}

/** What stands behind the markers of a conflict: `<<<<<<< ours`, `||||||| base`, `>>>>>>> theirs`. */
export interface MergeLabels {
  ours: string;
  base: string;
  theirs: string;
}

export interface MergeConflict {
  /**
   * `line 12` of the merged text, where its markers begin; or, where a file cannot take markers, the JSON pointer
   * (RFC 6901) of a value that stayed ours; or `the whole file`.
   */
  where: string;
}

/** A pin (an action, an image, a tool) that both sides moved, and that was settled instead of told as a conflict. */
export interface SettledPin {
  /** `actions/checkout`, `node`, `terraform_version`. */
  name: string;
  /** Versions, as they are written; of `other-only-pinned` with the name, which may be another one. */
  yours: string;
  theirs: string;
  stands: 'yours' | 'theirs';
  /** `other-only-pinned`: the other side only added a digest to what was emitted before. */
  because: 'newer' | 'digest' | 'other-only-pinned';
}

export interface Merge extends MergeNotes {
  text: string;
  /** Empty where the merge is clean. */
  conflicts: readonly MergeConflict[];
}

/** What was settled without a conflict, and has to be told all the same. */
export interface MergeNotes {
  /** JSON pointers of values that both sides added, and that theirs replaced; absent where there is none. */
  replaced?: readonly string[];
  /** JSON pointers of values that ours deleted and theirs changed: they stay deleted; absent where there is none. */
  leftOut?: readonly string[];
  /** Each once; absent where there is none. */
  pins?: readonly SettledPin[];
}
