/** Whether somebody still has to install: a run may be killed between its files and that, and leaves no journal then. */
import { join } from 'node:path';
import { isObject } from '../spec/json-object.ts';
import type { Disk } from '../tree/disk.ts';

const maps = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

/**
 * By what npm notes of package.json in its own lockfile. False where there is none, or it cannot be read: those of other
 * package managers do not tell as much, and their own frozen installation does.
 */
export function lacksInstallation(disk: Disk, directory: string): boolean {
  const wanted = readJson(disk, join(directory, 'package.json'));
  const packages = readJson(disk, join(directory, 'package-lock.json'))?.packages;
  const locked = isObject(packages) ? packages[''] : undefined;
  if (wanted === undefined || !isObject(locked)) return false;
  return maps.some((map) => show(wanted[map]) !== show(locked[map]));
}

function show(map: unknown): string {
  return JSON.stringify(Object.entries(isObject(map) ? map : {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readJson(disk: Disk, path: string): Record<string, unknown> | undefined {
  if (disk.identify(path) !== 'file') return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(disk.read(path)));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
