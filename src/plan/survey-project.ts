/** What stands at the paths of a project right now; a link on the way to them is never followed. */

import { join } from 'node:path';
import type { Fault } from '../errors.ts';
import { quotePath } from '../steps/quote-path.ts';
import { listFolders } from '../tree/check-paths.ts';
import type { Disk } from '../tree/disk.ts';
import { type FileMark, markFile } from './journal-plan.ts';

export interface ProjectSurvey {
  /** `nothing`: no file. `taken`: something else, or it stands behind something that is no folder. */
  look(path: string): FileMark | 'nothing' | 'taken';
  hasFolder(path: string): boolean;
  /** Whether a folder is where the change has a file on one side, and files below it on the other. */
  isBlocked(path: string): boolean;
  /** The first folder of a path that is not there, or is none. */
  findGap(path: string): Gap | undefined;
  /** To be told of every folder that was made, and of what was removed: what is known of folders is kept. */
  noteFolder(path: string): void;
  noteGone(path: string): void;
}

function nameParent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Of the paths, every folder that one of them is in. */
export function listAllFolders(changes: readonly { path: string }[]): Set<string> {
  return new Set(changes.flatMap(({ path }) => listFolders(path)));
}

export interface Gap {
  folder: string;
  isNothing: boolean;
  /** A file: there is nothing behind it, for sure. A link has who knows what behind it. */
  isFile: boolean;
}

/** @param folders that files of the change are in: before it or after it each may be a file as well, or nothing */
export function surveyProject(disk: Disk, directory: string, folders: ReadonlySet<string>): ProjectSurvey {
  const kinds = new Map<string, ReturnType<Disk['identify']>>();
  /** Those that are folders all the way down, and among them the ones that nobody can have put anything into yet. */
  const reached = new Set<string>(['']);
  const fresh = new Set<string>();
  const identify = (folder: string) => {
    const kind = kinds.get(folder) ?? disk.identify(join(directory, folder));
    kinds.set(folder, kind);
    return kind;
  };
  const findGap = (path: string): Gap | undefined => {
    const parent = nameParent(path);
    if (reached.has(parent)) {
      return undefined;
    }
    const folder = listFolders(path).find((one) => identify(one) !== 'folder');
    if (folder === undefined) {
      reached.add(parent);
      return undefined;
    }
    const kind = identify(folder);
    return { folder, isNothing: kind === 'nothing', isFile: kind === 'file' };
  };
  const hasFolder = (path: string): boolean => findGap(`${path}/`) === undefined;
  return {
    findGap,
    hasFolder,
    isBlocked: (path) => folders.has(path) && hasFolder(path),
    noteFolder(path) {
      kinds.set(path, 'folder');
      fresh.add(path);
    },
    noteGone(path) {
      kinds.delete(path);
      reached.delete(path);
      fresh.delete(path);
    },
    look(path) {
      const gap = findGap(path);
      if (gap !== undefined) {
        return gap.isNothing || gap.isFile ? 'nothing' : 'taken';
      }
      if (fresh.has(nameParent(path)) && !kinds.has(path)) {
        return 'nothing';
      }
      const place = join(directory, path);
      switch (disk.identify(place)) {
        case 'nothing':
          return 'nothing';
        case 'file':
          return markFile(disk.read(place), disk.isExecutable(place));
        case 'folder':
          return folders.has(path) ? 'nothing' : 'taken';
        default:
          return 'taken';
      }
    },
  };
}

/** @param gap what is in the way of the path, where something is */
export function describeObstacle(directory: string, path: string, gap: Gap | undefined): Fault {
  if (gap !== undefined && !gap.isNothing) {
    const at = join(directory, gap.folder);
    const message = 'it is no folder, and nothing is written through it';
    return { at, message, hint: `See what it is: \`ls -l ${quotePath(at)}\`.` };
  }
  const hint = 'Run the command again: it plans with what is there now.';
  return { at: join(directory, path), message: 'something changed it meanwhile, so it stays as it is', hint };
}
