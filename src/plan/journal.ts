/** The journal that a change went through: found after a run that was killed, or kept so that all can be taken back. */
import { join } from 'node:path';
import { exitCode, UserError } from '../errors.ts';
import type { Disk } from '../tree/disk.ts';
import { bringToSide, compareToSides, type Standings } from './bring-to-side.ts';
import {
  claim,
  clear,
  clearRubbish,
  clearState,
  findMarker,
  type JournalMarker,
  type JournalState,
  keep,
  refuseRunning,
  retire,
} from './journal-folder.ts';
import { type JournalPlan, readJournalPlan, refuseDamaged } from './journal-plan.ts';
import { forgetIntent, readIntent, writeIntent } from './taking-back.ts';

export { applyChanges, applyChangesAtOnce } from './apply-changes.ts';
export type { Standings } from './bring-to-side.ts';
export type { JournalState } from './journal-folder.ts';
export type { FileMark, JournalChange, JournalPurpose } from './journal-plan.ts';
export type { ChangeRequest, DiskChange, DiskFile } from './stage-journal.ts';

export interface Journal extends JournalPlan {
  state: JournalState;
  /** Whether somebody began to take the change back, and was killed. */
  isTakenBack: boolean;
}

export interface Recovery {
  /** `finished`: the change is whole. `restored`: it never happened. `nothing`: no run was stopped here. */
  outcome: 'nothing' | 'finished' | 'restored';
  /** The paths that are as neither before nor after the change. They stay as somebody made them. */
  edited: readonly string[];
}

/**
 * Sets right what a run that was killed has left: call it before anything is planned. A change that was done but for the
 * journal's own removal is finished, any other one is taken back, so that it can be planned anew with the edits of the
 * meantime in it; so is one that was being taken back. A kept journal stays.
 *
 * Throws `UserError` (exit 1): another run is at it, the journal is damaged or a newer version's, the disk refuses. The
 * next call then goes on.
 */
export function recoverJournal(disk: Disk, directory: string): Recovery {
  const found = openJournal(disk, directory);
  let recovery: Recovery = { outcome: 'nothing', edited: [] };
  if (found?.marker.state === 'begun') {
    const isWhole =
      readIntent(disk, found.marker.folder) === undefined &&
      compareToSides(disk, directory, found.plan, 'after').before.length === 0;
    recovery = isWhole ? finish(disk, directory, found) : takeBack(disk, directory, found);
  }
  clearRubbish(disk, directory);
  return recovery;
}

/** Changes nothing. Throws `UserError` as `recoverJournal` does. */
export function findJournal(disk: Disk, directory: string): Journal | undefined {
  const found = openJournal(disk, directory);
  if (found === undefined) {
    return undefined;
  }
  const isTakenBack = readIntent(disk, found.marker.folder) !== undefined;
  return { ...found.plan, state: found.marker.state, isTakenBack };
}

/** Changes nothing; undefined without a journal. Throws `UserError` as `recoverJournal` does. */
export function compareWithJournal(disk: Disk, directory: string): Standings | undefined {
  const found = openJournal(disk, directory);
  return found && compareToSides(disk, directory, found.plan, 'after');
}

/**
 * Writes into a journal that its change is to be taken back, so that a run that is killed from here on is not taken for
 * one that was to be finished. `overwritten` is what `restoreJournal` is told. Throws `UserError` as it does.
 */
export function noteTakingBack(disk: Disk, directory: string, overwritten: ReadonlySet<string>): void {
  const found = openJournal(disk, directory);
  if (found !== undefined) {
    writeIntent({ disk, directory, folder: found.marker.folder, plan: found.plan, overwritten });
  }
}

/** Takes the note of `noteTakingBack` away, nothing having been done by it. */
export function forgetTakingBack(disk: Disk, directory: string): void {
  const marker = findMarker(disk, directory);
  if (marker !== undefined) {
    forgetIntent(disk, marker.folder);
  }
}

/**
 * Takes the change of a journal back, and removes the journal. Of the paths that were edited since, only those in
 * `overwritten`, and those that `noteTakingBack` found as they are now, are brought back too, as long as a file is there
 * or nothing. Throws `UserError` as `recoverJournal` does.
 */
export function restoreJournal(disk: Disk, directory: string, overwritten?: ReadonlySet<string>): Recovery {
  if (overwritten !== undefined && overwritten.size > 0) {
    noteTakingBack(disk, directory, overwritten);
  }
  const found = openJournal(disk, directory);
  return found ? takeBack(disk, directory, found) : { outcome: 'nothing', edited: [] };
}

/** Lets the change of a kept journal be. Throws `UserError` (exit 1) for one that is not done yet. */
export function discardJournal(disk: Disk, directory: string): void {
  const marker = findMarker(disk, directory);
  if (marker?.state === 'begun') {
    throw new UserError(exitCode.refused, {
      at: marker.folder,
      message: 'the change that this journal tells of is not done',
      hint: 'Run the command again that was stopped: it sets this right first.',
    });
  }
  if (marker !== undefined) {
    drop(disk, directory, marker);
  }
}

interface FoundJournal {
  marker: JournalMarker;
  plan: JournalPlan;
}

function openJournal(disk: Disk, directory: string): FoundJournal | undefined {
  const marker = findMarker(disk, directory);
  if (marker === undefined) {
    return undefined;
  }
  refuseRunning(marker);
  const place = join(marker.folder, 'plan.json');
  if (disk.identify(place) !== 'file') {
    throw refuseDamaged(marker.folder, 'its plan.json is missing');
  }
  return { marker, plan: readJournalPlan(marker.folder, new TextDecoder().decode(disk.read(place))) };
}

/** Of files nothing is left to do; perhaps of folders. */
function finish(disk: Disk, directory: string, { marker, plan }: FoundJournal): Recovery {
  const own = claim(disk, marker);
  const edited = new Set<string>();
  bringToSide({
    disk,
    directory,
    folder: own.folder,
    plan,
    side: 'after',
    isWary: true,
    onEdited: (path) => void edited.add(path),
  });
  if (plan.keep) {
    keep(disk, own);
  } else {
    drop(disk, directory, own);
  }
  return { outcome: 'finished', edited: [...edited] };
}

function takeBack(disk: Disk, directory: string, { marker, plan }: FoundJournal): Recovery {
  const own = claim(disk, marker);
  const overwritten = readIntent(disk, own.folder);
  const edited = new Set<string>();
  bringToSide({
    disk,
    directory,
    folder: own.folder,
    plan,
    side: 'before',
    isWary: true,
    onEdited: (path) => void edited.add(path),
    ...(overwritten && { overwritten }),
  });
  drop(disk, directory, own);
  return { outcome: 'restored', edited: [...edited] };
}

function drop(disk: Disk, directory: string, marker: JournalMarker): void {
  clear(disk, retire(disk, directory, marker));
  clearState(disk, directory);
}
