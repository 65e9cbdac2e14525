/** An upgrade writes into no file whose edits only the disk has: the commit before it is the way back. */
import { exitCode, UserError } from '../errors.ts';
import { quotePath } from '../steps/quote-path.ts';
import type { Git } from './git.ts';

const listedAtMost = 10;

/** `what` begins the sentence. @throws UserError (refused) with the commands that commit them */
export async function refuseUncommitted(written: readonly string[], what: string, git: Git): Promise<void> {
  if (written.length === 0) return;
  const uncommitted = await git.listUncommitted(written);
  const paths = written.filter((path) => uncommitted.has(path));
  if (paths.length === 0) return;
  const named = paths.slice(0, listedAtMost).join(', ');
  const more = paths.length > listedAtMost ? ` and ${paths.length - listedAtMost} more` : '';
  const command = `git add -- ${paths.map(quotePath).join(' ')} && git commit -m "Edit by hand"`;
  throw new UserError(exitCode.refused, {
    message: `${what} with edits that are not committed: ${named}${more}`,
    hint: `Commit them, then run it again: \`${command}\`.`,
  });
}
