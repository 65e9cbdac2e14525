/** Cases of where an update runs, what stands uncommitted around it, and what it does when it is run again or stopped. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, findFailure, fine, lookAt, update, wrong } from './case.ts';
import { append, rewrite } from './edits.ts';
import { editLine, expectBoth, expectConflict, olderLine, withOlderLine } from './judge.ts';
import { killInTheMiddle } from './kill.ts';
import { placeRepo } from './places.ts';
import { commitAll, finish, git, run } from './run-quietly.ts';
import { compareSnapshots, takeSnapshot } from './snapshot.ts';

const file = 'Dockerfile';
const other = 'compose.yaml';
const older = { texts: { [file]: withOlderLine } };
const clash = rewrite(file, (text) => text.replace(olderLine, editLine));

export const casesOfRuns: readonly Case[] = [
  ...(['subfolder', 'shallow clone', 'worktree', 'no git'] as const).map((place) =>
    update({
      title: {
        subfolder: 'in a subfolder of a monorepo',
        'no git': 'without git',
        'shallow clone': 'in a shallow clone',
        worktree: 'in a worktree',
      }[place],
      older,
      place,
      edit: append(file),
      judge: expectBoth(file),
    }),
  ),
  update({
    title: 'edits of the same line, in a subfolder of a monorepo',
    older,
    place: 'subfolder',
    edit: clash,
    judge: expectConflict(file, editLine),
  }),
  update({
    title: 'the version that made the repo can no longer be had',
    known: '#498, #1170',
    older,
    edit: append(file),
    leave: (repo, tool) => tool.loseOldVersion(repo),
    judge: expectBoth(file),
  }),
  update({
    title: 'offline, the tool of today installed',
    older,
    edit: append(file),
    leave: (repo, tool) => tool.goOffline(repo),
    judge: expectBoth(file),
  }),
  update({
    title: 'uncommitted edits elsewhere, one of them staged',
    older,
    leave: (repo) => {
      append(other)(repo);
      writeFileSync(join(repo, 'notes.txt'), editLine);
      git(repo, 'add', 'notes.txt');
    },
    judge: (after) => {
      if (!after.read(other)?.includes(editLine)) return wrong('loses the edit');
      const failure = findFailure(after);
      if (failure !== undefined) return failure;
      return git(after.repo, 'diff', '--cached', '--name-only').trim() === 'notes.txt'
        ? fine('goes ahead, and leaves them as they are')
        : wrong('changes what is staged');
    },
  }),
  update({
    title: 'uncommitted edits of a file that the version changes',
    older,
    leave: append(file),
    judge: (after) => {
      if (!after.read(file)?.includes(editLine)) return wrong('loses the edit');
      return after.code === 1 ? fine('refuses') : wrong('goes ahead: git cannot take it back');
    },
  }),
  {
    title: 'an untouched repo becomes what a new one is',
    run: (tool, newFolder) => {
      const repo = placeRepo('repo', newFolder(), (folder) =>
        tool.create({ ...older, executable: ['scripts/run.mjs'] }, folder),
      );
      const updated = finish(tool.update, repo);
      const home = newFolder();
      mkdirSync(home);
      run(tool.scaffold(home), home);
      const fresh = join(home, readdirSync(home)[0] ?? '');
      // copier's address of its template aside: these are two templates.
      const differing = compareSnapshots(repo, fresh).filter((path) => path !== '.copier-answers.yml');
      return (
        findFailure(updated) ??
        (differing.length === 0 ? fine('the same bytes and modes') : wrong(`differs in ${differing.join()}`))
      );
    },
  },
  {
    title: 'a second update',
    run: (tool, newFolder) => {
      const repo = placeRepo('repo', newFolder(), (folder) => tool.create(older, folder));
      append(file)(repo);
      commitAll(repo, 'Edit');
      const first = finish(tool.update, repo);
      commitAll(repo, 'Update');
      const before = takeSnapshot(repo);
      const second = finish(tool.update, repo);
      return (
        findFailure(first) ??
        findFailure(second) ??
        (takeSnapshot(repo) === before ? fine('does nothing') : wrong('changes files'))
      );
    },
  },
  {
    title: 'a second update while a conflict is open',
    known: '#2768',
    run: (tool, newFolder) => {
      const repo = placeRepo('repo', newFolder(), (folder) => tool.create(older, folder));
      clash(repo);
      commitAll(repo, 'Edit');
      finish(tool.update, repo);
      const before = takeSnapshot(repo);
      const second = lookAt(repo, tool, finish(tool.update, repo));
      if (takeSnapshot(repo) !== before) return wrong('changes the conflict');
      return second.code === 0 ? wrong('exit 0') : fine('refuses, and changes nothing');
    },
  },
  {
    title: 'taking back an update that ended in a conflict',
    known: 'no clean abort',
    run: (tool, newFolder) => {
      if (tool.abort === undefined) return wrong('no command for it');
      const repo = placeRepo('repo', newFolder(), (folder) => tool.create(older, folder));
      clash(repo);
      commitAll(repo, 'Edit');
      append(other)(repo);
      const before = takeSnapshot(repo);
      finish(tool.update, repo);
      const during = takeSnapshot(repo);
      const aborted = finish(tool.abort, repo);
      if (during === before) return wrong('the update changed nothing');
      const same = takeSnapshot(repo) === before && git(repo, 'status', '--porcelain').trim() === `M ${other}`;
      return findFailure(aborted) ?? (same ? fine('files and index are as before') : wrong('leaves something behind'));
    },
  },
  { title: 'killed in the middle', run: killInTheMiddle },
];
