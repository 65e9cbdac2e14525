/** Brings the files of a project to how a journal says they were before, or to how they are to be after. */
import { join } from 'node:path';
import { listFolders } from '../tree/check-paths.ts';
import type { Disk } from '../tree/disk.ts';
import {
  type FileMark,
  findWholeFolder,
  type JournalChange,
  type JournalPlan,
  listWholeFolders,
  markFile,
  nameCopy,
  refuseDamaged,
  type Side,
  stateFolder,
  type WholeFolder,
} from './journal-plan.ts';
import { type Gap, listAllFolders, type ProjectSurvey, surveyProject } from './survey-project.ts';

export interface Bringing {
  disk: Disk;
  /** Absolute. */
  directory: string;
  /** Where the copies are, absolute. */
  folder: string;
  plan: JournalPlan;
  side: Side;
  /** Whether the copies are compared with what the plan says of them. Not needed in the run that wrote them. */
  isWary: boolean;
  /** Called for a path that is as on neither side, and again where something stands in its way. It is left as it is. */
  onEdited(path: string, gap: Gap | undefined): void;
  /** The edited paths that are brought along all the same, as long as they are as they are marked here. */
  overwritten?: ReadonlyMap<string, FileMark | undefined>;
}

export type Standing = Side | 'edited';

/** Each path of a plan's changes, by what is there now. */
export type Standings = Readonly<Record<Standing, readonly string[]>>;

/** @param side what a path counts as that is the same on both sides */
export function compareToSides(disk: Disk, directory: string, plan: JournalPlan, side: Side): Standings {
  const survey = surveyProject(disk, directory, listAllFolders(plan.changes));
  const standings: Record<Standing, string[]> = { before: [], after: [], edited: [] };
  for (const change of plan.changes) {
    standings[judgeStanding(change, survey.look(change.path), side)].push(change.path);
  }
  return standings;
}

/**
 * Whatever was done of it before: each file is moved in one step, and looked at just before. Throws `UserError` (exit 1)
 * when the disk refuses, or a copy is gone.
 */
export function bringToSide(bringing: Bringing): void {
  const { disk, directory, plan, side } = bringing;
  const survey = surveyProject(disk, directory, listAllFolders(plan.changes));
  const numbered = plan.changes.map((change, index) => ({ change, copy: nameCopy(index, side) }));
  const removable = new Set(side === 'before' ? plan.madeFolders : plan.emptiedFolders.map((emptied) => emptied.path));
  // Where a file makes room for a folder, or a folder for a file, the old one has to go first.
  for (const { change } of numbered.filter((one) => one.change[side] === undefined)) {
    takeAway(change, bringing, survey, removable);
  }
  // A recovery never has to: it finishes a change only if every file is there.
  const wholes = side === 'after' && !bringing.isWary ? listWholeFolders(plan.madeFolders) : [];
  for (const whole of wholes) {
    putWhole(whole, bringing, survey);
  }
  const puts = numbered.filter(
    ({ change }) => change[side] !== undefined && findWholeFolder(wholes, change.path) === undefined,
  );
  // What tells which text was emitted comes last: as long as it is the old one, the change is known not to be whole.
  for (const isState of [false, true]) {
    for (const { change, copy } of puts.filter((one) => one.change.path.startsWith(`${stateFolder}/`) === isState)) {
      put(change, copy, bringing, survey);
    }
  }
  if (side === 'before') {
    restoreModes(bringing, survey);
  }
}

function judgeStanding({ before, after }: JournalChange, found: FoundFile, side: Side): Standing {
  const marks = { before, after };
  const other = side === 'after' ? 'before' : 'after';
  if (isAs(marks[side], found)) {
    return side;
  }
  return isAs(marks[other], found) ? other : 'edited';
}

type FoundFile = ReturnType<ProjectSurvey['look']>;

function isAs(mark: FileMark | undefined, found: FoundFile): boolean {
  if (mark === undefined || typeof found === 'string') {
    return mark === undefined && found === 'nothing';
  }
  // Windows keeps no such bit.
  const isSameMode = process.platform === 'win32' || mark.executable === found.executable;
  return isSameMode && mark.size === found.size && mark.crc32 === found.crc32;
}

function takeAway(
  change: JournalChange,
  { disk, directory, side, onEdited, overwritten }: Bringing,
  survey: ProjectSurvey,
  removable: ReadonlySet<string>,
): void {
  const { path } = change;
  const found = survey.look(path);
  const standing = judgeStanding(change, found, side);
  if (standing === 'edited' && !(overwritten?.has(path) && isAs(overwritten.get(path), found))) {
    onEdited(path, survey.findGap(path));
    return;
  }
  if (found !== 'nothing') {
    disk.removeFile(join(directory, path));
    survey.noteGone(path);
  }
  for (const parent of listFolders(path).toReversed()) {
    // Behind a link or a file there is no folder of ours.
    const isThere = survey.hasFolder(parent);
    if (!removable.has(parent) || (isThere && !disk.removeEmptyFolder(join(directory, parent)))) {
      return;
    }
    survey.noteGone(parent);
  }
}

function putWhole({ path, copy }: WholeFolder, bringing: Bringing, survey: ProjectSurvey): void {
  const { disk, directory, folder, onEdited } = bringing;
  const gap = survey.findGap(path);
  if (gap === undefined) {
    disk.place(join(folder, copy), join(directory, path));
    survey.noteFolder(path);
  } else {
    onEdited(path, gap);
  }
}

function put(change: JournalChange, copy: string, bringing: Bringing, survey: ProjectSurvey): void {
  const { disk, directory, folder, side, isWary, onEdited, overwritten } = bringing;
  const { path } = change;
  const found = survey.look(path);
  const standing = judgeStanding(change, found, side);
  if (standing === side) {
    return;
  }
  if (standing === 'edited' && !(overwritten?.has(path) && isAs(overwritten.get(path), found))) {
    onEdited(path, survey.findGap(path));
    return;
  }
  const staged = join(folder, copy);
  if (isWary) {
    checkCopy(disk, folder, copy, change[side]);
  }
  const place = join(directory, path);
  const gap = makeParents(path, disk, directory, survey);
  if (gap !== undefined || survey.isBlocked(path)) {
    // Perhaps it would have gone, if nobody had put something into it.
    onEdited(path, gap);
  } else if (found === 'nothing') {
    disk.placeFile(staged, place);
  } else {
    disk.replace(staged, place);
  }
}

function checkCopy(disk: Disk, folder: string, copy: string, mark: FileMark | undefined): void {
  const place = join(folder, copy);
  const found = disk.identify(place) === 'file' ? markFile(disk.read(place), disk.isExecutable(place)) : 'nothing';
  if (!isAs(mark, found)) {
    throw refuseDamaged(folder, `${copy} is not the copy that its plan.json tells of`);
  }
}

/** Returns what stands in the way. */
function makeParents(path: string, disk: Disk, directory: string, survey: ProjectSurvey): Gap | undefined {
  for (let gap = survey.findGap(path); gap !== undefined; gap = survey.findGap(path)) {
    if (!gap.isNothing) {
      return gap;
    }
    disk.makeFolder(join(directory, gap.folder));
    survey.noteFolder(gap.folder);
  }
  return undefined;
}

/** At the end, so that a folder that was made again by a run that was killed is seen to as well. */
function restoreModes({ disk, directory, plan }: Bringing, survey: ProjectSurvey): void {
  for (const { path, mode } of plan.emptiedFolders) {
    const place = join(directory, path);
    if (survey.hasFolder(path) && disk.readMode(place) !== mode) {
      disk.setMode(place, mode);
    }
  }
}
