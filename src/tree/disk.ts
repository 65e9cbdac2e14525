/** The disk as this project uses it: few actions, all at once (60 files take 2 ms), each refusal told with its path. */
import * as nodeFileSystem from 'node:fs';
import { dirname, join } from 'node:path';
import { readSystemCode, tellRefusals } from './disk-errors.ts';

/** What is used of `node:fs`; a test hands in one that fails. */
export type FileSystem = Pick<
  typeof nodeFileSystem,
  | 'chmodSync'
  | 'linkSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'readFileSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'unlinkSync'
  | 'writeFileSync'
>;

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

export interface FolderEntry {
  name: string;
  kind: EntryKind;
}

/** Paths are absolute. Every method throws `UserError` (exit 1) with path and hint when the system refuses. */
export interface Disk {
  /** What stands at the path itself: links are not followed. */
  identify(path: string): EntryKind | 'nothing';
  /** In order of name. */
  list(folder: string): FolderEntry[];
  read(path: string): Uint8Array;
  /** Always false on Windows, which keeps no such bit. */
  isExecutable(path: string): boolean;
  /** Who may do what, `0o644` for example. Windows knows but `0o666` and, read-only, `0o444`. */
  readMode(path: string): number;
  setMode(path: string, mode: number): void;
  /** Refuses where something is. */
  makeFolder(path: string): void;
  /** A new folder in `parent`, with a name that was free. Returns its path. */
  makeStagingFolder(parent: string): string;
  /** Refuses where something is. The mode is what the user's umask leaves of it. */
  write(path: string, content: string | Uint8Array, executable: boolean): void;
  /** Puts a staged file or folder where it belongs, and refuses where something is. A staged file stays as well. */
  place(staged: string, path: string): void;
  /** Moves a staged file where it belongs, and refuses where something is. */
  placeFile(staged: string, path: string): void;
  /** Renames a staged file, and replaces in the same step the file or the link that is at `path`. Refuses a folder. */
  replace(staged: string, path: string): void;
  /** A file, or a link itself; refuses a folder, and what is gone. */
  removeFile(path: string): void;
  /** A file, a link, or a folder with all that is in it; fine if it is gone. */
  remove(path: string): void;
  /** Leaves a folder that something is in, and returns false. */
  removeEmptyFolder(path: string): boolean;
}

/** The disk of this machine. */
export function openDisk(fs: FileSystem = nodeFileSystem): Disk {
  return {
    identify: (path) =>
      tellRefusals('look at it', path, () => {
        const stats = fs.lstatSync(path, { throwIfNoEntry: false });
        return stats === undefined ? 'nothing' : describeKind(stats);
      }),
    list: (folder) =>
      tellRefusals('list the folder', folder, () =>
        fs
          .readdirSync(folder, { withFileTypes: true })
          .map((entry) => ({ name: entry.name, kind: describeKind(entry) }))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
      ),
    read: (path) => tellRefusals('read the file', path, () => fs.readFileSync(path)),
    isExecutable: (path) =>
      tellRefusals('look at it', path, () => process.platform !== 'win32' && (fs.lstatSync(path).mode & 0o111) !== 0),
    readMode: (path) => tellRefusals('look at it', path, () => fs.lstatSync(path).mode & 0o7777),
    setMode: (path, mode) => tellRefusals('set its mode', path, () => fs.chmodSync(path, mode)),
    makeFolder: (path) => tellRefusals('make the folder', path, () => void fs.mkdirSync(path), dirname(path)),
    makeStagingFolder: (parent) => tellRefusals('make a folder', parent, () => makeFreeFolder(fs, parent)),
    write: (path, content, executable) =>
      tellRefusals('write the file', path, () =>
        fs.writeFileSync(path, content, { flag: 'wx', mode: executable ? 0o777 : 0o666 }),
      ),
    place: (staged, path) => tellRefusals('put it in place', path, () => placeWithoutReplacing(fs, staged, path)),
    placeFile: (staged, path) =>
      tellRefusals('put it in place', path, () => {
        if (linkFile(fs, staged, path)) {
          fs.unlinkSync(staged);
        }
      }),
    replace: (staged, path) => tellRefusals('put it in place', path, () => fs.renameSync(staged, path)),
    removeFile: (path) => tellRefusals('remove the file', path, () => fs.unlinkSync(path)),
    remove: (path) => tellRefusals('remove it', path, () => fs.rmSync(path, { recursive: true, force: true })),
    removeEmptyFolder: (path) =>
      tellRefusals('remove the folder', path, () => {
        try {
          fs.rmdirSync(path);
          return true;
        } catch (error) {
          if (['ENOTEMPTY', 'EEXIST'].includes(readSystemCode(error) ?? '')) {
            return false;
          }
          throw error;
        }
      }),
  };
}

/** Not by mkdtemp: that closes the folder to everyone else, and it is to become the project's. */
function makeFreeFolder(fs: FileSystem, parent: string): string {
  for (let count = 1; ; count++) {
    const path = join(parent, `.create-grpc-aws-${count}`);
    try {
      fs.mkdirSync(path);
      return path;
    } catch (error) {
      if (readSystemCode(error) !== 'EEXIST') {
        throw error;
      }
    }
  }
}

/** In one step, so that it happened or it did not. */
function placeWithoutReplacing(fs: FileSystem, staged: string, path: string): void {
  if (fs.lstatSync(staged).isDirectory()) {
    refuseTaken(fs, path);
    fs.renameSync(staged, path);
    return;
  }
  linkFile(fs, staged, path);
}

/** A link of a file, unlike its rename, never replaces another one. Returns whether the staged one is still there too. */
function linkFile(fs: FileSystem, staged: string, path: string): boolean {
  try {
    fs.linkSync(staged, path);
    return true;
  } catch (error) {
    // Some disks have no hard links (FAT, some mounts); there a file could appear just before the rename.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(readSystemCode(error) ?? '')) {
      throw error;
    }
    refuseTaken(fs, path);
    fs.renameSync(staged, path);
    return false;
  }
}

/** A rename fails where a full folder is, but replaces a file or an empty folder. */
function refuseTaken(fs: FileSystem, path: string): void {
  if (fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
    throw Object.assign(new Error(`${path} exists`), { code: 'EEXIST', syscall: 'rename' });
  }
}

function describeKind(entry: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): EntryKind {
  if (entry.isSymbolicLink()) {
    return 'link';
  }
  if (entry.isDirectory()) {
    return 'folder';
  }
  return entry.isFile() ? 'file' : 'other';
}
