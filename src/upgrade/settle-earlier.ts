/** An upgrade that was cut short, or whose conflicts wait: seen to before another one begins. */
import { join } from 'node:path';
import { exitCode, type Fault, UserError } from '../errors.ts';
import { compareWithJournal, discardJournal, findJournal, recoverJournal } from '../plan/journal.ts';
import { journalFolder } from '../plan/journal-plan.ts';
import { quotePath } from '../steps/quote-path.ts';
import type { Disk } from '../tree/disk.ts';
import { hasMarkers } from './conflict-markers.ts';
import type { AskGit, Git } from './git.ts';
import { type IndexNote, readIndexNote, stageConflicts } from './index-note.ts';
import { abortCommand, upgradeCommand } from './ports.ts';
import { hasLines, listUntraced } from './untraced-conflicts.ts';

export interface EarlierRun {
  /** What was done about an earlier run that was cut short. */
  earlier: 'nothing' | 'finished' | 'restored';
  /** Paths that somebody edited after it was; they were left as they are. */
  edited: readonly string[];
}

/**
 * Sets right what a killed run left, and forgets what was resolved. With `isReadOnly` it does neither.
 * @throws UserError (found) while conflicts wait, and (refused) where an earlier run has to be seen to first
 */
export async function settleEarlier(
  directory: string,
  disk: Disk,
  askGit: AskGit,
  isReadOnly: boolean,
): Promise<EarlierRun> {
  if (isReadOnly && findJournal(disk, directory)?.state === 'begun') throw refuseHalf();
  const { outcome, edited } = isReadOnly
    ? { outcome: 'nothing' as const, edited: [] }
    : recoverJournal(disk, directory);
  const kept = findJournal(disk, directory);
  if (kept?.isTakenBack) throw refuseTakenBack();
  const note = kept && readIndexNote(directory, kept);
  if (note !== undefined) {
    const { git, note: reason } = await askGit();
    const untouched = listUntouched(directory, disk, note);
    const stages = note.stages.filter(({ path }) => untouched.has(path) || isMarked(disk, join(directory, path)));
    if (!isReadOnly && git !== undefined) await stageOnce(directory, disk, { ...note, stages }, git);
    const isUnstaged = (git !== undefined || reason !== undefined) && !isStaged(directory, disk);
    await refuseUnresolved(directory, disk, note, git, isUnstaged ? untouched : new Set());
  }
  if (kept !== undefined && !isReadOnly) discardJournal(disk, directory);
  return { earlier: outcome, edited };
}

/**
 * A process may be killed between its last file and the index, and git may refuse. That neither was is told by a file of
 * the journal: from the index one cannot tell conflicts that were never staged from those that are resolved. Returns
 * what is wrong where git refuses.
 */
export async function stageOnce(directory: string, disk: Disk, note: IndexNote, git: Git): Promise<string | undefined> {
  if (isStaged(directory, disk)) return undefined;
  const fault = await stageConflicts(note, git);
  if (fault !== undefined) return fault;
  disk.write(join(directory, stagedMark), 'The conflicts are in the index of git.\n', false);
  return undefined;
}

const stagedMark = `${journalFolder}/staged`;

function isStaged(directory: string, disk: Disk): boolean {
  return disk.identify(join(directory, stagedMark)) !== 'nothing';
}

/** Of the conflicts that are to be in the index, those whose file is as the upgrade left it, for all that one knows. */
function listUntouched(directory: string, disk: Disk, { stages }: IndexNote): ReadonlySet<string> {
  const { before = [], edited = [] } = compareWithJournal(disk, directory) ?? {};
  const touched = new Set([...before, ...edited]);
  return new Set(stages.map(({ path }) => path).filter((path) => !touched.has(path)));
}

/** The conflicts that nobody has resolved: git says so, or the file itself does. */
export async function listOpenConflicts(
  directory: string,
  disk: Disk,
  { conflicts, stages }: IndexNote,
  git: Git | undefined,
): Promise<readonly { path: string; places: readonly string[]; isUnmerged: boolean }[]> {
  const index = git === undefined || stages.length === 0 ? [] : await git.readIndex(conflicts.map(({ path }) => path));
  const unmerged = new Set(index.filter(({ stage }) => stage > 0).map(({ path }) => path));
  return conflicts
    .map((conflict) => ({ ...conflict, isUnmerged: unmerged.has(conflict.path) }))
    .filter(({ path, isUnmerged }) => isUnmerged || isMarked(disk, join(directory, path)));
}

/** @param unstaged open though neither the index nor the file says so */
async function refuseUnresolved(
  directory: string,
  disk: Disk,
  note: IndexNote,
  git: Git | undefined,
  unstaged: ReadonlySet<string>,
): Promise<void> {
  const known = await listOpenConflicts(directory, disk, note, git);
  const missed = note.conflicts.filter(({ path }) => unstaged.has(path) && known.every((one) => one.path !== path));
  const open = [...known, ...missed.map((conflict) => ({ ...conflict, isUnmerged: false }))];
  const untraced = listUntraced(directory, disk, note).filter(({ path }) => open.every((one) => one.path !== path));
  if (open.length + untraced.length === 0) return;
  const traced = open.map(({ path, places, isUnmerged }): Fault => {
    const add = isUnmerged ? `, then \`git add -- ${quotePath(path)}\`` : '';
    // Its markers are gone, so somebody chose; what is missing is that git hears of it.
    if (isUnmerged && hasLines(places) && !isMarked(disk, join(directory, path))) {
      const told = `Once it says what you want, tell git: \`git add -- ${quotePath(path)}\`.`;
      const hint = `${told} Or take the whole upgrade back: \`${abortCommand}\`.`;
      return { at: path, message: 'to git its conflict with the last upgrade is not resolved', hint };
    }
    const lock = unstaged.has(path) ? ' Git has not taken it into its index: see that `git status` goes through.' : '';
    const isShown = !isUnmerged || !places.some((place) => place.startsWith('/'));
    const other = isShown ? '' : ` (the new one: \`git show :3:${quotePath(`./${path}`)}\`)`;
    const hint = `Choose between the sides${other}${add}.${lock} Or take the whole upgrade back: \`${abortCommand}\`.`;
    return { at: path, message: describeOpen(places), hint };
  });
  const keeping = open.length > 0 ? 'settle the other files first' : `\`rm -r ${journalFolder}\``;
  const hint = `Change there what you want otherwise; to keep the rest as it is: ${keeping}. Or take the whole upgrade back: \`${abortCommand}\`.`;
  const others = untraced.map(({ path, places }): Fault => ({ at: path, message: describeOpen(places), hint }));
  throw new UserError(exitCode.found, [...traced, ...others]);
}

function describeOpen(places: readonly string[]): string {
  return `its conflict with the last upgrade is not resolved: ${places.join(', ')}`;
}

function isMarked(disk: Disk, path: string): boolean {
  return disk.identify(path) === 'file' && hasMarkers(new TextDecoder().decode(disk.read(path)));
}

function refuseTakenBack(): UserError {
  return new UserError(exitCode.refused, {
    message: 'the last upgrade was being taken back, and that was cut short',
    hint: `Take it back: \`${abortCommand}\`.`,
  });
}

function refuseHalf(): UserError {
  return new UserError(exitCode.refused, {
    message: 'an earlier run was cut short, and its files are not all in place',
    hint: `Let it be set right: \`${upgradeCommand}\`.`,
  });
}
