/** Reads this repo as git sees it: what is committed, or would be. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `git <args>` prints in the repo's root, with `input` on its standard input. */
export function git(args: readonly string[], input?: string): string {
  return execFileSync('git', [...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, ...(input && { input }) });
}

/** Every file that is committed or waits to be, relative to the root, with `/`; ignored ones are not. */
export function listFiles(...folders: readonly string[]): string[] {
  const printed = git(['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...folders]);
  return [...new Set(printed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).sort();
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The TypeScript of `src/`, by path. */
export function readSources(): Map<string, string> {
  return new Map(
    listFiles('src')
      .filter((path) => path.endsWith('.ts'))
      .map((path) => [path, readText(path)]),
  );
}

/** The module names a source imports, types included. The formatter keeps every import at the start of a line. */
export function findImports(source: string): string[] {
  const patterns = [
    /^(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
  ];
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''));
}
