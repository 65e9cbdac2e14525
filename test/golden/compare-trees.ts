/** Compares two folders in both directions: missing, extra, content, executable bit. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

interface DiskFile {
  bytes: Buffer;
  executable: boolean;
}

/** A line for each difference, in order of path; none where the two are the same. */
export function compareTrees(expected: string, actual: string): string[] {
  const before = readFiles(expected);
  const after = readFiles(actual);
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old === undefined) return `extra: ${path}`;
    if (now === undefined) return `missing: ${path}`;
    if (!old.bytes.equals(now.bytes)) return `content: ${path}:${findFirstDifference(old.bytes, now.bytes)}`;
    if (old.executable !== now.executable) return `executable bit: ${path}`;
    return [];
  });
}

function readFiles(folder: string): Map<string, DiskFile> {
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        // Windows has no such bit.
        const executable = process.platform !== 'win32' && (statSync(path).mode & 0o111) !== 0;
        return [relative(folder, path).split(sep).join('/'), { bytes: readFileSync(path), executable }];
      }),
  );
}

/** The line where they part, from 1. */
function findFirstDifference(before: Buffer, after: Buffer): number {
  const [old, now] = [before.toString('utf8').split('\n'), after.toString('utf8').split('\n')];
  return old.findIndex((line, index) => line !== now[index]) + 1 || old.length;
}
