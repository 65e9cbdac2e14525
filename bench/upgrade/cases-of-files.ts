/** Cases of files that come, go, or are not git's. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type After, type Case, type Finding, findFailure, fine, update, wrong } from './case.ts';
import { append, remove } from './edits.ts';
import { editLine, expectBoth, hasConflict, tellConflict, withOlderLine } from './judge.ts';
import { git } from './run-quietly.ts';

const file = 'Dockerfile';
const older = { texts: { [file]: withOlderLine } };
const gone = 'scripts/gone.mjs';
const olderGone = { texts: { [gone]: () => '// of the older version\n' } };
const added = 'scripts/lint.mjs';
const olderAdded = { texts: { [added]: () => undefined } };
const handler = 'src/workloads/zebra/zebra.v1.ZebraService.ts';

export const casesOfFiles: readonly Case[] = [
  update({
    title: 'a file that the user deleted, and the version changed',
    known: 'comes back',
    older,
    edit: remove(file),
    judge: expectAbsent(file, 'stays deleted', 'comes back'),
  }),
  update({
    title: 'a file that the user deleted, and the version left alone',
    older,
    edit: remove('compose.yaml'),
    judge: expectAbsent('compose.yaml', 'stays deleted', 'comes back'),
  }),
  update({
    title: 'a file that is written once, and the user deleted',
    older,
    edit: remove(handler),
    judge: expectAbsent(handler, 'stays deleted', 'comes back'),
  }),
  update({
    title: 'a file that the version no longer has, and nobody edited',
    older: olderGone,
    judge: expectAbsent(gone, 'removes it', 'leaves it'),
  }),
  update({
    title: 'a file that the version no longer has, and the user edited',
    older: olderGone,
    edit: append(gone),
    judge: (after) => {
      if (!after.read(gone)?.includes(editLine)) return wrong('loses the edit');
      return (
        findFailure(after) ?? {
          fine: after.output.includes(gone),
          says: after.output.includes(gone) ? 'keeps it, and says so' : 'keeps it without a word',
        }
      );
    },
  }),
  update({
    title: 'a new file where the user already has one',
    older: olderAdded,
    edit: (repo) => writeFileSync(join(repo, added), `${editLine}\n`),
    judge: expectBothAdded,
  }),
  update({
    title: 'a new file where the user has one that was never committed',
    older: olderAdded,
    leave: (repo) => writeFileSync(join(repo, added), `${editLine}\n`),
    judge: (after) => {
      const text = after.read(added);
      if (!text?.includes(editLine)) return wrong('loses the file of the user');
      if (text !== `${editLine}\n`) return expectBothAdded(after);
      return after.code === 0 ? wrong('keeps it without a word') : fine('refuses');
    },
  }),
  update({
    title: 'a file that the version renamed, and the user edited',
    known: '#367',
    leftOut: { 'create-grpc-aws': 'no version renames a file so far' },
    older: { moved: { [added]: gone } },
    edit: append(gone),
    judge: (after) => {
      if (after.read(added)?.includes(editLine))
        return after.read(gone) === undefined ? fine('the edit moves along') : wrong('leaves the old file too');
      return after.read(gone)?.includes(editLine)
        ? wrong('the edit stays behind in the old file')
        : wrong('loses the edit');
    },
  }),
  update({
    title: 'an edited file that git ignores',
    known: '#1162, #2729',
    older,
    edit: (repo) => {
      git(repo, 'rm', '--quiet', '--cached', file);
      appendFileSync(join(repo, '.gitignore'), `/${file}\n`);
      append(file)(repo);
    },
    judge: expectBoth(file),
  }),
];

function expectAbsent(path: string, absent: string, there: string): (after: After) => Finding {
  return (after) => findFailure(after) ?? (after.read(path) === undefined ? fine(absent) : wrong(there));
}

function expectBothAdded(after: After): Finding {
  if (!after.read(added)?.includes(editLine)) return wrong('loses the file of the user');
  if (!hasConflict(after, added)) return findFailure(after) ?? wrong('keeps it without a word');
  return { fine: after.code === 3, says: `conflict: ${tellConflict(after, added)}` };
}
