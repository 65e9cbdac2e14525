/** What collecting protos needs of a disk; handed in, so that it runs in tests and in a browser too. */

/** Absolute paths are written with `/` on every system: `/srv/protos`, `C:/protos`. */
export interface ProtoDisk {
  /** The absolute path of what a user typed, links not followed. */
  absolute(typed: string): string;
  /** The absolute path with links followed: two names of one thing give one path. Undefined where nothing is. */
  real(path: string): string | undefined;
  /** Links followed. */
  kind(path: string): 'file' | 'folder' | undefined;
  /** Names in a folder, in order of code units. */
  list(folder: string): readonly string[];
  read(file: string): Uint8Array;
  /** How a message calls a path: as short as the user would type it. */
  show(path: string): string;
}
