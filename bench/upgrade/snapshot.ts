/** All that is in a folder, to say whether two are the same. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/** One line a file: path, executable bit, and what is in it. git's own folder is left out, and a journal that hides itself from git. */
export function takeSnapshot(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  return paths
    .map((path) => [relative(folder, path), path] as const)
    .filter(([name]) => !/^(?:\.git|\.grpc-aws[\\/]journal)(?:[\\/]|$)/.test(name))
    .map(([name, path]) => `${name} ${describe(path)}`)
    .sort()
    .join('\n');
}

/** Paths of the files that differ. */
export function compareSnapshots(left: string, right: string): string[] {
  const [lefts, rights] = [readLines(left), readLines(right)];
  const lines = [...lefts, ...rights].filter((line) => lefts.has(line) !== rights.has(line));
  return [...new Set(lines.map((line) => line.replace(/ (?:->|-|x) .*$/, '')))];
}

function readLines(folder: string): Set<string> {
  return new Set(takeSnapshot(folder).split('\n'));
}

function describe(path: string): string {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
  return `${(found.mode & 0o100) === 0 ? '-' : 'x'} ${digest}`;
}
