/** Takes an upgrade with conflicts back: the files, and the index of git, as they were before it. */
import { exitCode, UserError } from '../errors.ts';
import { findJournal, noteTakingBack, restoreJournal } from '../plan/journal.ts';
import { openGit } from './git.ts';
import { readIndexNote, restoreIndex } from './index-note.ts';
import type { UpgradePorts } from './ports.ts';
import { listOpenConflicts } from './settle-earlier.ts';

export interface Abortion {
  /** Paths that somebody edited since. They stay as they are; conflicts that are still open do not count as edits. */
  edited: readonly string[];
  notes: readonly string[];
}

type AbortPorts = Pick<UpgradePorts, 'disk' | 'runProgram' | 'signal'>;

/** @throws UserError (refused) where there is nothing to take back */
export async function abortUpgrade(directory: string, ports: AbortPorts): Promise<Abortion> {
  const { disk } = ports;
  const journal = findJournal(disk, directory);
  if (journal === undefined) {
    throw new UserError(exitCode.refused, {
      message: 'there is no upgrade to take back: only one that ended in conflicts waits for that',
      hint: 'To undo one that was committed: `git revert HEAD`. One that was not: `git status` shows its files.',
    });
  }
  const note = readIndexNote(journal.note);
  if (note === undefined) return { edited: restoreJournal(disk, directory).edited, notes: [] };
  const { git, note: reason } = await openGit(directory, ports);
  const open = await listOpenConflicts(directory, disk, note, git);
  const overwritten = new Set(open.map(({ path }) => path));
  // From the index and the files one could not tell any more what was open, should this run be killed.
  noteTakingBack(disk, directory, overwritten);
  // The index first: as long as the journal is there, a run that is killed in between can be repeated.
  const fault = note.paths.length > 0 && git !== undefined ? await restoreIndex(note, git) : undefined;
  const { edited } = restoreJournal(disk, directory);
  const refused = fault === undefined ? [] : [`git did not take its index back: ${fault}`];
  return { edited, notes: [...(reason === undefined ? [] : [reason]), ...refused] };
}
