/** What is timed of upgrades: of a repo of about 200 files, ours and copier's, with few and many files to change. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Subject as Timed } from '../measure.ts';
import { append } from './edits.ts';
import type { Older } from './older.ts';
import { placeRepo } from './places.ts';
import { commitAll, environment, git } from './run-quietly.ts';
import type { Subject, Tool } from './tool.ts';

export const changedCounts = [0, 1, 10, 50] as const;
/** The row in which the user edited some of the files that change. */
export const merges = { changed: 50, edited: 10 };

export function nameScaffold(tool: string): string {
  return `${tool}: scaffold`;
}

export function nameUpdate(tool: string, changed: number, edited = 0): string {
  return `${tool}: ${changed} changed${edited === 0 ? '' : `, ${edited} of them edited`}`;
}

/** Repos are made below `home`, once; each round gets a copy. */
export function listUpdates(tool: Tool, { files, seeded }: Subject, home: string): Timed[] {
  // Those that take a line of comment in front, whatever they are; package.json is one file and would be parsed.
  const candidates = [...files.keys()].filter((path) => path.endsWith('.ts') && !seeded.includes(path));
  const rows = [...changedCounts.map((changed) => ({ changed, edited: 0 })), merges];
  const [program = '', ...args] = tool.update;
  return [
    nameCommand(nameScaffold(tool.name), tool.scaffold),
    ...rows.map(({ changed, edited }, index): Timed => {
      const paths = candidates.slice(0, changed);
      if (paths.length < changed) throw new Error(`there are but ${paths.length} files to change`);
      const older: Older = { texts: Object.fromEntries(paths.map((path) => [path, (now) => `// older\n${now}`])) };
      const repo = placeRepo('repo', join(home, `${tool.name}-${index}`), (folder) => tool.create(older, folder));
      for (const path of paths.slice(0, edited)) append(path, '// edited')(repo);
      commitAll(repo, 'Edit');
      return {
        name: nameUpdate(tool.name, changed, edited),
        program,
        args: () => args,
        env: environment,
        prepare: (folder) => copyRepo(repo, folder),
        check: (folder) => expectChanged(folder, paths),
      };
    }),
  ];
}

function nameCommand(name: string, command: (home: string) => readonly string[]): Timed {
  const [program = ''] = command('');
  return { name, program, args: (folder) => command(folder).slice(1), env: environment };
}

/** With git's index refreshed, as it is where somebody works. */
export function copyRepo(repo: string, folder: string): void {
  cpSync(repo, folder, { recursive: true });
  git(folder, 'status');
}

/** What changed of the files that both tools know: neither is to be quick by doing less. */
export function expectChanged(folder: string, paths: readonly string[]): void {
  const changed = git(folder, 'diff', '--name-only')
    .split('\n')
    .filter((path) => path !== '' && !isBookkeeping(path));
  const wanted = [...paths].sort().join();
  if (changed.sort().join() !== wanted) throw new Error(`changed: ${changed.join()}, expected: ${wanted}`);
}

function isBookkeeping(path: string): boolean {
  return path.startsWith('.grpc-aws/') || path === '.copier-answers.yml';
}
