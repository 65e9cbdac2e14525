/** An emitted repo in memory: pure, ordered, comparable. */

/** `managed`: ours, re-rendered and merged. `seeded`: written once, then the user's. */
export type Ownership = 'managed' | 'seeded';

export interface TreeFile {
  text: string;
  executable: boolean;
  ownership: Ownership;
}

/** Path (relative, with `/`) to file, in order of path (compared by code unit, so that every machine agrees). */
export type FileTree = ReadonlyMap<string, TreeFile>;
