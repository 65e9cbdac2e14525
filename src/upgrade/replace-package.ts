/** The copy of this package that a repo may carry: a new one comes in place of the old with the files that name it. */
import { join } from 'node:path';
import type { Manifest } from '../manifest/manifest.ts';
import type { DiskChange, DiskFile } from '../plan/journal.ts';
import { comparePaths } from '../tree/build-tree.ts';
import type { Disk } from '../tree/disk.ts';
import { readReference } from './emit.ts';
import type { UpgradePorts } from './ports.ts';

/** @returns `writes` with those of the copies among them */
export function replacePackage(
  writes: readonly DiskChange[],
  { base }: Manifest,
  directory: string,
  { disk, loadPackage }: Pick<UpgradePorts, 'disk' | 'loadPackage'>,
): readonly DiskChange[] {
  const copy = loadPackage?.(directory);
  if (copy === undefined) return writes;
  const standing = readFile(disk, directory, copy.path);
  // A journal takes no note of a path that stays as it is.
  const isThere = standing !== undefined && Buffer.compare(standing.bytes, copy.bytes) === 0;
  const changes: DiskChange[] = isThere
    ? []
    : [{ path: copy.path, before: standing, after: { bytes: copy.bytes, executable: false } }];
  const old = /^file:(\.grpc-aws\/[^/]+\.tgz)$/.exec(readReference(base.get('package.json') ?? '{}') ?? '')?.[1];
  const before = old === undefined || old === copy.path ? undefined : readFile(disk, directory, old);
  if (old !== undefined && before !== undefined && !isNamed(old, writes, directory, disk)) {
    changes.push({ path: old, before, after: undefined });
  }
  return [...writes, ...changes].sort((a, b) => comparePaths(a.path, b.path));
}

/** Whoever keeps their own line of package.json in a conflict keeps what it names. */
function isNamed(copy: string, writes: readonly DiskChange[], directory: string, disk: Disk): boolean {
  const path = 'package.json';
  // What a link leads to is not read, and may well name it.
  if (!['file', 'nothing'].includes(disk.identify(join(directory, path)))) return true;
  const write = writes.find((one) => one.path === path);
  const file = write === undefined ? readFile(disk, directory, path) : write.after;
  return file !== undefined && new TextDecoder().decode(file.bytes).includes(copy);
}

function readFile(disk: Disk, directory: string, path: string): DiskFile | undefined {
  const place = join(directory, path);
  if (disk.identify(place) !== 'file') return undefined;
  return { bytes: disk.read(place), executable: disk.isExecutable(place) };
}
