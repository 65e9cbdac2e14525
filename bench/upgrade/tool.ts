/** What the two tools that are compared have in common: each makes the repo of an older version, and brings it up to date. */
import type { Emitted, Older } from './older.ts';

export interface Tool {
  name: string;
  /** Writes the repo of the older version into a folder that is not there yet. No git. */
  create: (older: Older, folder: string) => void;
  /** Program and arguments that write the repo of today into the folder of the subject's name in `home`. */
  scaffold: (home: string) => readonly string[];
  /** Program and arguments, run in the repo. */
  update: readonly string[];
  /** Takes back an update that ended in conflicts; left out where the tool has no such command. */
  abort?: readonly string[];
  /** The version that made the repo is no longer to be had. */
  loseOldVersion: (repo: string) => void;
  /** New versions are out of reach; what is installed stays. */
  goOffline: (repo: string) => void;
}

/** What both emit today: a repo of ours, without what it keeps for its own upgrades. */
export interface Subject {
  /** The project's name. It occurs in the files as nothing else: where it stands, copier's template asks. */
  name: string;
  files: Emitted;
  /** Written once and then the user's. */
  seeded: readonly string[];
  /** The repo itself, for copies. */
  folder: string;
  /** The flags it was made with. */
  flags: readonly string[];
}
