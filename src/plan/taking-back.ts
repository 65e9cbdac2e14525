/** What a journal says once its change is to be taken back: it holds for the next run too, should this one be killed. */
import { join } from 'node:path';
import type { Disk } from '../tree/disk.ts';
import { type FileMark, isFileMark, type JournalPlan, refuseDamaged } from './journal-plan.ts';
import { listAllFolders, surveyProject } from './survey-project.ts';

/** Paths that are brought back though they were edited, as they were when that was decided; undefined: nothing there. */
export type Overwritten = ReadonlyMap<string, FileMark | undefined>;

const intentName = 'taking-back.json';

export interface Intent {
  disk: Disk;
  directory: string;
  /** Of the journal, absolute. */
  folder: string;
  plan: JournalPlan;
  overwritten: ReadonlySet<string>;
}

/** Adds to what an earlier one says: a path that is as it was then is still to be brought back. */
export function writeIntent({ disk, directory, folder, plan, overwritten }: Intent): void {
  const marks = new Map(readIntent(disk, folder));
  const survey = surveyProject(disk, directory, listAllFolders(plan.changes));
  for (const { path } of plan.changes.filter((change) => overwritten.has(change.path))) {
    const found = survey.look(path);
    // A folder, a link: that is somebody's own.
    if (found === 'taken') continue;
    marks.set(path, found === 'nothing' ? undefined : found);
  }
  const lines = [...marks].map(([path, mark]) => ({ path, mark: mark ?? null }));
  const aside = join(folder, `${intentName}.aside`);
  disk.remove(aside);
  disk.write(aside, `${JSON.stringify(lines, null, 2)}\n`, false);
  disk.replace(aside, join(folder, intentName));
}

export function forgetIntent(disk: Disk, folder: string): void {
  disk.remove(join(folder, intentName));
}

/** Undefined where the change is not to be taken back. Throws `UserError` (exit 1) for one that is damaged. */
export function readIntent(disk: Disk, folder: string): Overwritten | undefined {
  const place = join(folder, intentName);
  if (disk.identify(place) === 'nothing') {
    return undefined;
  }
  try {
    const lines: unknown = JSON.parse(new TextDecoder().decode(disk.read(place)));
    if (Array.isArray(lines) && lines.every(isLine)) {
      return new Map(lines.map(({ path, mark }) => [path, mark ?? undefined]));
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refuseDamaged(folder, `its ${intentName} is not as this tool writes it`);
}

function isLine(value: unknown): value is { path: string; mark: FileMark | null } {
  if (typeof value !== 'object' || value === null || !('path' in value && 'mark' in value)) {
    return false;
  }
  return typeof value.path === 'string' && (value.mark === null || isFileMark(value.mark));
}
