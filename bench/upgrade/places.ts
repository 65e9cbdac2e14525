/** Where a repo of the user lies: at the root of its git, in a folder of another's, cloned, or without any git. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commitAll, git } from './run-quietly.ts';

export type Place = 'repo' | 'subfolder' | 'shallow clone' | 'worktree' | 'no git';

/** `folder` is not there yet. Returns the repo, with all of it committed. */
export function placeRepo(place: Place, folder: string, create: (folder: string) => void): string {
  switch (place) {
    case 'no git':
      create(folder);
      return folder;
    case 'repo':
      create(folder);
      startGit(folder);
      return folder;
    case 'subfolder': {
      const repo = join(folder, 'packages', 'service');
      mkdirSync(join(folder, 'packages'), { recursive: true });
      writeFileSync(join(folder, 'neighbour.txt'), 'of another team\n');
      create(repo);
      startGit(folder);
      return repo;
    }
    case 'shallow clone':
      create(`${folder}-origin`);
      startGit(`${folder}-origin`);
      commitAll(`${folder}-origin`, 'Second');
      git(`${folder}-origin`, 'clone', '--quiet', '--depth', '1', pathToFileURL(`${folder}-origin`).href, folder);
      return folder;
    case 'worktree':
      create(`${folder}-main`);
      startGit(`${folder}-main`);
      git(`${folder}-main`, 'worktree', 'add', '--quiet', folder);
      return folder;
  }
}

function startGit(folder: string): void {
  git(folder, 'init', '--quiet');
  commitAll(folder, 'First');
}
