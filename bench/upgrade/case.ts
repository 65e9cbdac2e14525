/** One case of the comparison: what an older version, the user and this version did, and how to see what an update made of it. */
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Older } from './older.ts';
import { type Place, placeRepo } from './places.ts';
import { commitAll, type Finished, finish, git } from './run-quietly.ts';
import type { Tool } from './tool.ts';

export interface Case {
  /** What the user meets, as it stands in the table. */
  title: string;
  /** Where issues of others have it. */
  known?: string;
  /** Tool → why the case is not run with it. */
  leftOut?: Readonly<Record<string, string>>;
  run: (tool: Tool, newFolder: () => string) => Finding;
}

export interface Finding {
  /** Nothing lost, nothing hidden, and no more work than the case needs. */
  fine: boolean;
  says: string;
}

export interface Update extends Omit<Case, 'run'> {
  older: Older;
  place?: Place;
  /** The user's doing, committed where there is a git. */
  edit?: (repo: string) => void;
  /** What is done after that commit. */
  leave?: (repo: string, tool: Tool) => void;
  judge: (after: After) => Finding;
}

export interface After extends Finished {
  repo: string;
  tool: Tool;
  /** Undefined where no file is; links are followed. */
  read: (path: string) => string | undefined;
  /** Paths that git holds as unmerged. */
  unmerged: () => string[];
}

/** A case that is one update, and a look at what it left. */
export function update({ older, place = 'repo', edit, leave, judge, ...about }: Update): Case {
  return {
    ...about,
    run: (tool, newFolder) => {
      const repo = placeRepo(place, newFolder(), (folder) => tool.create(older, folder));
      edit?.(repo);
      if (place !== 'no git') commitAll(repo, 'Edit');
      leave?.(repo, tool);
      return judge(lookAt(repo, tool, finish(tool.update, repo)));
    },
  };
}

export function lookAt(repo: string, tool: Tool, finished: Finished): After {
  const read = (path: string) =>
    existsSync(join(repo, path)) && lstatSync(join(repo, path)).isDirectory() === false
      ? readFileSync(join(repo, path), 'utf8')
      : undefined;
  const unmerged = () => {
    const lines = git(repo, 'ls-files', '--unmerged').split('\n').filter(Boolean);
    return [...new Set(lines.map((line) => line.split('\t')[1] ?? ''))];
  };
  return { ...finished, repo, tool, read, unmerged };
}

export function fine(says: string): Finding {
  return { fine: true, says };
}

export function wrong(says: string): Finding {
  return { fine: false, says };
}

/** Undefined where the update ended well, or with conflicts that it told. */
export function findFailure({ code, output }: Finished): Finding | undefined {
  if (output.includes('Traceback (most recent call last)')) return wrong(`ends in a traceback: ${lastLine(output)}`);
  return code === 0 || code === 3 ? undefined : wrong(`refuses: ${lastLine(output)}`);
}

function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '') ?? 'without a word';
}
