/** Sets right what an earlier creation in the same folder left when it was killed. */

import { join } from 'node:path';
import { exitCode, UserError } from '../errors.ts';
import { packageManagerOf } from '../spec/package-managers.ts';
import { quotePath } from '../steps/quote-path.ts';
import type { Disk } from '../tree/disk.ts';
import type { CreationRequest } from './prepare-creation.ts';

/** Throws `UserError` (exit 1) where that takes another command, or nothing is left to be made. */
export async function recoverCreation(
  { directory, dryRun, settings = {} }: Pick<CreationRequest, 'directory' | 'dryRun' | 'settings'>,
  disk: Disk,
): Promise<void> {
  const state = join(directory, '.grpc-aws');
  if (disk.identify(directory) !== 'folder' || disk.identify(state) !== 'folder') {
    return;
  }
  const { findJournal, recoverJournal } = await import('../plan/journal.ts');
  const journal = findJournal(disk, directory);
  // That of an upgrade is for the next upgrade: there is a repo here, and creation refuses the folder.
  if (journal?.purpose === 'upgrade') {
    return;
  }
  if (dryRun) {
    // Nothing but what a journal was being made of: it was stopped even before.
    const isStopped = journal !== undefined || disk.list(state).every(({ name }) => name.startsWith('journal'));
    refuseDryRun(directory, isStopped);
    return;
  }
  if (recoverJournal(disk, directory).outcome === 'finished') {
    throw new UserError(exitCode.refused, {
      at: directory,
      message: 'an earlier run was stopped just after it had made this repo, which is whole',
      hint: `Go on there: \`cd ${quotePath(directory)} && ${packageManagerOf(settings).install}\`.`,
    });
  }
}

function refuseDryRun(directory: string, isStopped: boolean): void {
  if (isStopped) {
    throw new UserError(exitCode.refused, {
      at: directory,
      message: 'an earlier run was stopped in the middle here',
      hint: 'Run the command without `--dry-run`: it first brings back what was there.',
    });
  }
}
