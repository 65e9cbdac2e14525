/** Changes the files of a project, all or nothing: by a journal, so that it holds whenever the process is killed. */

import { join } from 'node:path';
import { exitCode, type Fault, UserError } from '../errors.ts';
import { quotePath } from '../steps/quote-path.ts';
import type { Disk } from '../tree/disk.ts';
import { bringToSide, compareToSides, type Standings } from './bring-to-side.ts';
import { runWithPauses, stopIfAborted } from './interruption.ts';
import {
  clear,
  clearRubbish,
  clearState,
  findMarker,
  type JournalMarker,
  keep,
  makeAside,
  nameBegun,
  noteUnderway,
  refuseRunning,
  retire,
} from './journal-folder.ts';
import { type JournalPlan, journalFolder } from './journal-plan.ts';
import { type ChangeRequest, planFolders, stageJournal } from './stage-journal.ts';
import { describeObstacle, surveyProject } from './survey-project.ts';

/**
 * Everything is written aside first; the rename of that folder to `.grpc-aws/journal` is the point of no return. What
 * comes after it takes milliseconds, and no interrupt stops it.
 *
 * Throws `UserError`: exit 1 when a path is not as its `before` says, when another journal is there, or the disk
 * refuses; exit 130 when interrupted. All is then as it was; should even undoing fail, the error says so, and
 * `recoverJournal` does it in the next run.
 */
export async function applyChanges(request: ChangeRequest): Promise<void> {
  await runWithPauses(runChange(request));
}

/** The same without a pause, for callers that cannot wait; so nothing interrupts it. */
export function applyChangesAtOnce(request: ChangeRequest): void {
  for (const _ of runChange(request));
}

function* runChange(given: ChangeRequest): Generator<void> {
  const request = { ...given, changes: given.changes.filter(isChange) };
  const { disk, directory } = request;
  if (request.changes.length === 0) {
    return;
  }
  refuseUnfinished(request);
  clearRubbish(disk, directory);
  const plan = yield* stage(request);
  perform(request, plan, { folder: join(directory, journalFolder), name: nameBegun(), state: 'begun' });
}

function isChange({ before, after }: ChangeRequest['changes'][number]): boolean {
  if (before === undefined || after === undefined) {
    return before !== after;
  }
  return before.executable !== after.executable || Buffer.compare(before.bytes, after.bytes) !== 0;
}

function refuseUnfinished({ disk, directory }: ChangeRequest): void {
  const marker = findMarker(disk, directory);
  if (marker === undefined) {
    return;
  }
  refuseRunning(marker);
  const isKept = marker.state === 'kept';
  throw new UserError(exitCode.refused, {
    at: marker.folder,
    message: isKept ? 'an upgrade can still be taken back here' : 'a change was stopped in the middle here',
    hint: isKept
      ? 'Take it back, `npx create-grpc-aws upgrade --abort`, or resolve its conflicts and commit.'
      : 'Run `npx create-grpc-aws upgrade`: it sets this right first.',
  });
}

/** Until its last step, the rename, all that it does is rubbish to everybody else. */
function* stage(request: ChangeRequest): Generator<void, JournalPlan> {
  const { disk, directory, signal } = request;
  const folders = planFolders(request);
  let aside: string | undefined;
  try {
    stopIfAborted(signal);
    aside = makeAside(disk, directory);
    noteUnderway(aside, true);
    const plan = yield* stageJournal(request, folders, aside);
    stopIfAborted(signal);
    disk.place(aside, join(directory, journalFolder));
    return plan;
  } catch (error) {
    const left = aside;
    if (left !== undefined) {
      clear(disk, left);
    }
    clearState(disk, directory);
    const isLeft = left !== undefined && disk.identify(left) !== 'nothing';
    const hint = `Remove it: \`rm -r ${quotePath(left ?? '')}\`.`;
    const leftover = { at: left ?? '', message: 'it is left over', hint };
    throw addFaults(error, isLeft ? [leftover] : []);
  } finally {
    if (aside !== undefined) {
      noteUnderway(aside, false);
    }
  }
}

function perform({ disk, directory }: ChangeRequest, plan: JournalPlan, marker: JournalMarker): void {
  const bringing = { disk, directory, folder: marker.folder, plan };
  let rest: string | undefined;
  refuseChanged(disk, directory, plan, marker);
  try {
    bringToSide({
      ...bringing,
      side: 'after',
      isWary: false,
      onEdited: (path, gap) => {
        throw new UserError(exitCode.refused, describeObstacle(directory, path, gap));
      },
    });
    if (plan.keep) {
      keep(disk, marker);
    } else {
      rest = retire(disk, directory, marker);
    }
  } catch (error) {
    throw addFaults(error, undo());
  }
  if (rest !== undefined) {
    clear(disk, rest);
    clearState(disk, directory);
  }

  function undo(): Fault[] {
    const faults: Fault[] = [];
    try {
      bringToSide({
        ...bringing,
        side: 'before',
        isWary: true,
        onEdited: (path, gap) => faults.push(describeObstacle(directory, path, gap)),
      });
      clear(disk, retire(disk, directory, marker));
      clearState(disk, directory);
      return faults;
    } catch (error) {
      if (!(error instanceof UserError)) {
        throw error;
      }
      const hint = 'Mend that, then run the command again: it first brings back what was there.';
      return [...faults, { at: marker.folder, message: `it is not undone yet: ${error.message}`, hint }];
    }
  }
}

/**
 * Now that no other run can begin: what the caller read may be gone, and even what is there already as it is to be is not
 * ours to take back. Until here there is nothing to undo.
 */
function refuseChanged(disk: Disk, directory: string, plan: JournalPlan, marker: JournalMarker): void {
  const drop = (): void => {
    clear(disk, retire(disk, directory, marker));
    clearState(disk, directory);
  };
  let standings: Standings;
  try {
    standings = compareToSides(disk, directory, plan, 'before');
  } catch (error) {
    drop();
    throw error;
  }
  const survey = surveyProject(disk, directory, new Set());
  const changed = [...standings.after, ...standings.edited].map((path) => {
    return describeObstacle(directory, path, survey.findGap(path));
  });
  if (changed.length > 0) {
    drop();
    // Of what lies behind one link, the link is told once.
    throw new UserError(exitCode.refused, [...new Map(changed.map((fault) => [fault.at, fault])).values()]);
  }
}

/** Each path is told once. */
function addFaults(error: unknown, more: readonly Fault[]): unknown {
  if (!(error instanceof UserError)) {
    return error;
  }
  const told = new Set(error.faults.map(({ at }) => at));
  const untold = more.filter(({ at }) => !told.has(at));
  return untold.length === 0 ? error : new UserError(error.code, [...error.faults, ...untold], { cause: error });
}
