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

function describe(path: string): string {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
  return `${(found.mode & 0o100) === 0 ? '-' : 'x'} ${digest}`;
}
