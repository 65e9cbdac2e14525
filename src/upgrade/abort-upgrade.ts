/** Takes an upgrade with conflicts back: the files, and the index of git, as they were before it. */
import { exitCode, UserError } from '../errors.ts';
import { findJournal, forgetTakingBack, noteTakingBack, restoreJournal } from '../plan/journal.ts';
import { type Git, openGit } from './git.ts';
import { type IndexNote, readIndexNote, restoreIndex } from './index-note.ts';
import { abortCommand, type UpgradePorts } from './ports.ts';
import { refuseOtherFolder } from './read-project.ts';
import { listOpenConflicts } from './settle-earlier.ts';

export interface Abortion {
  /** Paths that somebody edited since. They stay as they are; conflicts that are still open do not count as edits. */
  edited: readonly string[];
  notes: readonly string[];
}

type AbortPorts = Pick<UpgradePorts, 'disk' | 'runProgram' | 'signal'>;

/** @throws UserError (refused) where there is nothing to take back, or git refuses: all is left as it is then */
export async function abortUpgrade(directory: string, ports: AbortPorts): Promise<Abortion> {
  const { disk } = ports;
  const journal = findJournal(disk, directory);
  if (journal === undefined) {
    refuseOtherFolder(directory, disk);
    throw new UserError(exitCode.refused, {
      message: 'there is no upgrade to take back: only one that ended in conflicts waits for that',
      hint: 'To undo one that was committed: `git revert HEAD`. One that was not: `git status` shows its files.',
    });
  }
  const note = readIndexNote(directory, journal);
  if (note === undefined) return { edited: restoreJournal(disk, directory).edited, notes: [] };
  const { git, note: reason } = await openGit(directory, ports);
  // Where there is no repo any more there is no index; where there is one, half of it is not taken back.
  if (reason !== undefined && note.entries.length + note.stages.length > 0) throw refuseIndex(reason);
  const open = await listOpenConflicts(directory, disk, note, git);
  const overwritten = new Set(open.map(({ path }) => path));
  // From the index and the files one could not tell any more what was open, should this run be killed.
  noteTakingBack(disk, directory, overwritten);
  // The index first: as long as the journal is there, a run that is killed in between can be repeated.
  const fault = git === undefined ? undefined : await askBack(note, git);
  if (fault !== undefined) {
    if (!journal.isTakenBack) forgetTakingBack(disk, directory);
    throw refuseIndex(`git does not take its index back: ${fault}`);
  }
  const { edited } = restoreJournal(disk, directory);
  return { edited, notes: reason === undefined ? [] : [reason] };
}

/** Returns what is wrong where git refuses or does not answer. */
async function askBack(note: IndexNote, git: Git): Promise<string | undefined> {
  try {
    return note.paths.length > 0 ? await restoreIndex(note, git) : undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.faults[0]?.message ?? error.message;
  }
}

function refuseIndex(message: string): UserError {
  const hint = `See that \`git status\` goes through and no other git is at work, then again: \`${abortCommand}\`.`;
  return new UserError(exitCode.refused, { message: `${message}; nothing was taken back`, hint });
}
