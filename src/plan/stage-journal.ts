/** Writes a journal aside: what changes, with a copy of each file as it is and as it is to be. */
import { join } from 'node:path';
import { exitCode, UserError } from '../errors.ts';
import { listFolders } from '../tree/check-paths.ts';
import type { Disk } from '../tree/disk.ts';
import { stopIfAborted } from './interruption.ts';
import { ignoreName, nameBegun } from './journal-folder.ts';
import {
  findChangeFaults,
  findWholeFolder,
  type JournalChange,
  type JournalPlan,
  type JournalPurpose,
  listWholeFolders,
  markFile,
  nameCopy,
  type Side,
  stateFolder,
  writeJournalPlan,
} from './journal-plan.ts';
import { describeObstacle, listAllFolders, surveyProject } from './survey-project.ts';

export interface DiskFile {
  bytes: Uint8Array;
  executable: boolean;
}

export interface DiskChange {
  /** Relative to the project, with `/`. */
  path: string;
  /** As the caller read it; undefined where there is nothing. */
  before: DiskFile | undefined;
  after: DiskFile | undefined;
}

export interface ChangeRequest {
  disk: Disk;
  /** Absolute, and there. */
  directory: string;
  changes: readonly DiskChange[];
  purpose: JournalPurpose;
  /** Goes into the journal, for an older version that finds it. */
  toolVersion: string;
  /** Whether the journal stays, so that all can be taken back. */
  keep: boolean;
  /** JSON that comes back with the journal. */
  note?: unknown;
  /** Once it is aborted, and not all is written aside yet, nothing is changed. */
  signal?: AbortSignal;
}

type FolderPlan = Pick<JournalPlan, 'madeFolders' | 'emptiedFolders'>;

/** Throws `UserError` (exit 1) for paths that cannot be written. Looks at the disk, and changes nothing. */
export function planFolders({ disk, directory, changes }: ChangeRequest): FolderPlan {
  const survey = surveyProject(disk, directory, listAllFolders(changes));
  const gaps = changes.flatMap(({ path }) => survey.findGap(path) ?? []);
  // A file in the way may be removed by this very change.
  const links = new Map(gaps.filter((gap) => !gap.isNothing && !gap.isFile).map((gap) => [gap.folder, gap]));
  const obstacles = [...links].map(([folder, gap]) => describeObstacle(directory, folder, gap));
  const faults = [...findChangeFaults(changes), ...obstacles];
  if (faults.length > 0) {
    throw new UserError(exitCode.refused, faults);
  }
  const foldersOf = (side: Side) =>
    new Set(changes.flatMap((change) => (change[side] === undefined ? [] : listFolders(change.path))));
  const needed = foldersOf('after').add(stateFolder);
  const isMissing = (folder: string) => !survey.hasFolder(folder);
  const emptied = [...foldersOf('before')].filter((folder) => !needed.has(folder) && !isMissing(folder));
  return {
    madeFolders: [...needed].filter(isMissing),
    emptiedFolders: emptied.map((path) => ({ path, mode: disk.readMode(join(directory, path)) })),
  };
}

/** One step for each file, so that the caller may pause in between. `aside` is there, and empty. */
export function* stageJournal(
  request: ChangeRequest,
  folders: FolderPlan,
  aside: string,
): Generator<void, JournalPlan> {
  const { disk, changes, toolVersion: version, purpose, keep, note, signal } = request;
  disk.write(join(aside, ignoreName), '*\n', false);
  const staged: JournalChange[] = [];
  const stager = prepareStager(request, folders, aside);
  for (const [index, change] of changes.entries()) {
    staged.push(stager(change, index));
    yield;
    stopIfAborted(signal);
  }
  const plan: JournalPlan = { version, purpose, keep, note, changes: staged, ...folders };
  disk.write(join(aside, 'plan.json'), writeJournalPlan(plan), false);
  const told = 'create-grpc-aws was changing this project, or still is; plan.json says how.\n';
  disk.write(join(aside, nameBegun()), told, false);
  return plan;
}

/** Writes the copies of one file. */
function prepareStager({ disk, directory }: ChangeRequest, { madeFolders }: FolderPlan, aside: string) {
  const wholes = listWholeFolders(madeFolders);
  const made = new Set<string>();
  // What became of new files that were to be executable, or not: one of each is looked at.
  const modes = new Map<boolean, boolean>();
  const nameAfter = (path: string, index: number): string => {
    const whole = findWholeFolder(wholes, path);
    if (whole === undefined) {
      return nameCopy(index, 'after');
    }
    const copy = `${whole.copy}${path.slice(whole.path.length)}`;
    for (const folder of listFolders(copy).filter((one) => !made.has(one))) {
      disk.makeFolder(join(aside, folder));
      made.add(folder);
    }
    return copy;
  };
  return ({ path, before, after }: DiskChange, index: number): JournalChange => {
    const mode = before && findMode(disk, join(directory, path));
    const marked = before && markFile(before.bytes, before.executable);
    if (before !== undefined) {
      stageCopy(disk, join(aside, nameCopy(index, 'before')), before, mode);
    }
    if (after === undefined) {
      return { path, before: marked, after };
    }
    const copy = join(aside, nameAfter(path, index));
    stageCopy(disk, copy, after, mode && toExecutable(mode, after.executable));
    // As the disk has it: some keep no such bit, and have it set or clear on every file.
    const known = mode === undefined ? modes.get(after.executable) : undefined;
    const executable = known ?? disk.isExecutable(copy);
    if (mode === undefined) {
      modes.set(after.executable, executable);
    }
    return { path, before: marked, after: markFile(after.bytes, executable) };
  };
}

/** Where the file has gone meanwhile there is no mode to keep, and the change is refused when its turn comes. */
function findMode(disk: Disk, place: string): number | undefined {
  return disk.identify(place) === 'file' ? disk.readMode(place) : undefined;
}

function stageCopy(disk: Disk, copy: string, { bytes, executable }: DiskFile, mode: number | undefined): void {
  disk.write(copy, bytes, executable);
  if (mode !== undefined && disk.readMode(copy) !== mode) {
    disk.setMode(copy, mode);
  }
}

/** Whoever may read a file may run it, or nobody may. */
function toExecutable(mode: number, executable: boolean): number {
  const isExecutable = (mode & 0o111) !== 0;
  if (isExecutable === executable) {
    return mode;
  }
  return executable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111;
}
