/** The folder of a journal: which one counts, whose it is, and how it goes. */

import { join } from 'node:path';
import { exitCode, UserError } from '../errors.ts';
import { quotePath } from '../steps/quote-path.ts';
import type { Disk } from '../tree/disk.ts';
import { journalFolder, refuseDamaged, stateFolder } from './journal-plan.ts';
import { isRunning, nameProcess } from './name-process.ts';

/** A journal that counts holds a file of this name; one without it is rubbish, whatever else is in it. */
export interface JournalMarker {
  /** Absolute. */
  folder: string;
  /** `begun-` and the process that does it, or `kept`. */
  name: string;
  state: JournalState;
}

/** `begun`: it is being done, or was when its process was killed. `kept`: all is done, and can be taken back. */
export type JournalState = 'begun' | 'kept';

/** Below the project, as in every name of a journal. */
const processPattern = String.raw`\d+(?:-\d+)?`;
const begunName = new RegExp(`^begun-(${processPattern})$`);
const asideName = new RegExp(`^journal-(${processPattern})\\.\\d+$`);
export const keptName = 'kept';
export const ignoreName = '.gitignore';

export function nameBegun(): string {
  return `begun-${nameProcess()}`;
}

/** Throws `UserError` (exit 1) for one with two markers, or that is no folder. */
export function findMarker(disk: Disk, directory: string): JournalMarker | undefined {
  const folder = join(directory, journalFolder);
  if (!isFolder(disk, directory) || !isFolder(disk, join(directory, stateFolder))) {
    return undefined;
  }
  const kind = disk.identify(folder);
  if (kind === 'nothing') {
    return undefined;
  }
  if (kind !== 'folder') {
    throw new UserError(exitCode.refused, {
      at: folder,
      message: 'there is something that is no folder where this tool keeps its journal',
      hint: `Move it away: \`mv ${quotePath(folder)} ${quotePath(join(directory, 'journal.moved'))}\`.`,
    });
  }
  const names = disk.list(folder).map(({ name }) => name);
  const [name, second] = names.filter((one) => one === keptName || begunName.test(one));
  if (second !== undefined) {
    throw refuseDamaged(folder, `it holds both ${name} and ${second}`);
  }
  return name === undefined ? undefined : { folder, name, state: name === keptName ? 'kept' : 'begun' };
}

function isFolder(disk: Disk, path: string): boolean {
  return disk.identify(path) === 'folder';
}

/** Throws `UserError` (exit 1) while another run is at it. */
export function refuseRunning({ folder, name }: JournalMarker): void {
  const owner = begunName.exec(name)?.[1];
  if (owner === undefined || owner === nameProcess() || !isRunning(owner)) {
    return;
  }
  const process = `process ${owner.split('-', 1)[0]}`;
  throw new UserError(exitCode.refused, {
    at: folder,
    message: `another run (${process}) is changing this project right now`,
    hint: `Wait until it has ended. If ${process} is another program: \`mv ${quotePath(join(folder, name))} ${quotePath(join(folder, 'begun-0'))}\`.`,
  });
}

/** Makes a journal this process's own. A rename has one winner: of two that try at once the other one is refused. */
export function claim(disk: Disk, marker: JournalMarker): JournalMarker {
  const name = nameBegun();
  if (name !== marker.name) {
    disk.replace(join(marker.folder, marker.name), join(marker.folder, name));
  }
  return { folder: marker.folder, name, state: 'begun' };
}

/** Turns a journal, all of which is done, into one that is there to take it back. */
export function keep(disk: Disk, { folder, name }: JournalMarker): void {
  disk.replace(join(folder, name), join(folder, keptName));
}

/** From here on the journal does not count. Returns what is left of it, for `clear`. */
export function retire(disk: Disk, directory: string, { folder, name }: JournalMarker): string {
  try {
    // Aside first: nobody else's new journal may come to stand where this one is being removed.
    const aside = findFreeName(disk, directory);
    disk.place(folder, aside);
    return aside;
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw error;
    }
    // A full disk may have no room for the new name; to remove something it needs none.
    disk.removeFile(join(folder, name));
    return folder;
  }
}

/** A new folder beside the journal, to be filled and then to become it. */
export function makeAside(disk: Disk, directory: string): string {
  const state = join(directory, stateFolder);
  switch (disk.identify(state)) {
    case 'nothing':
      disk.makeFolder(state);
      break;
    case 'folder':
      break;
    default:
      throw new UserError(exitCode.refused, {
        at: state,
        message: 'there is something that is no folder where this tool keeps its state',
        hint: `See what it is, and move it away: \`ls -l ${quotePath(state)}\`.`,
      });
  }
  const aside = findFreeName(disk, directory);
  disk.makeFolder(aside);
  return aside;
}

function findFreeName(disk: Disk, directory: string): string {
  for (let count = 1; ; count++) {
    const path = join(directory, stateFolder, `journal-${nameProcess()}.${count}`);
    if (disk.identify(path) === 'nothing') {
      return path;
    }
  }
}

/** Folders of this process that are being filled right now: to every other process its name says so. */
const underway = new Set<string>();

export function noteUnderway(aside: string, isUnderway: boolean): void {
  if (isUnderway) {
    underway.add(aside);
  } else {
    underway.delete(aside);
  }
}

/**
 * Removes what runs that were killed, or could not remove it, have left: half a journal, and our folder if nothing else
 * is in it. What cannot be removed stays for the next run, since it harms nobody.
 */
export function clearRubbish(disk: Disk, directory: string): void {
  const state = join(directory, stateFolder);
  if (!isFolder(disk, directory) || !isFolder(disk, state)) {
    return;
  }
  for (const { name, kind } of disk.list(state)) {
    const path = join(state, name);
    const isAbandoned =
      join(directory, journalFolder) === path ? findMarker(disk, directory) === undefined : isLeft(path, name);
    if (kind === 'folder' && isAbandoned) {
      clear(disk, path);
    }
  }
  clearState(disk, directory);
}

function isLeft(path: string, name: string): boolean {
  const owner = asideName.exec(name)?.[1];
  if (owner === undefined) {
    return false;
  }
  return owner === nameProcess() ? !underway.has(path) : !isRunning(owner);
}

/** As far as it can be removed. */
export function clear(disk: Disk, folder: string): void {
  quietly(() => {
    for (const { name } of disk.list(folder)) {
      // The last to go, so that git never sees what is left.
      if (name !== ignoreName) {
        disk.remove(join(folder, name));
      }
    }
    disk.remove(folder);
  });
}

/** Our own folder, if nothing is in it. */
export function clearState(disk: Disk, directory: string): void {
  const state = join(directory, stateFolder);
  quietly(() => {
    if (isFolder(disk, state)) {
      disk.removeEmptyFolder(state);
    }
  });
}

function quietly(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw error;
    }
  }
}
