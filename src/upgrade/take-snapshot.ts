/** What stands at the paths of an upgrade: looked at, never followed. */
import { join } from 'node:path';
import type { DiskEntry, DiskSnapshot } from '../plan/plan-upgrade.ts';
import { listFolders } from '../tree/check-paths.ts';
import type { Disk } from '../tree/disk.ts';

/** Throws `UserError` where the disk refuses to say. */
export function takeSnapshot(disk: Disk, directory: string, paths: readonly string[]): DiskSnapshot {
  const folders = new Map<string, ReturnType<Disk['identify']>>();
  const identifyFolder = (folder: string) => {
    const kind = folders.get(folder) ?? disk.identify(join(directory, folder));
    folders.set(folder, kind);
    return kind;
  };
  const look = (path: string): DiskEntry | undefined => {
    for (const folder of listFolders(path)) {
      const kind = identifyFolder(folder);
      if (kind === 'nothing') return undefined;
      if (kind !== 'folder') return { kind: 'blocked', by: folder };
    }
    const place = join(directory, path);
    const kind = disk.identify(place);
    if (kind === 'nothing') return undefined;
    if (kind === 'folder') return { kind: 'blocked', by: path, holds: listBelow(disk, directory, path) };
    if (kind !== 'file') return { kind: 'blocked', by: path };
    return { kind: 'file', bytes: disk.read(place), executable: disk.isExecutable(place) };
  };
  return new Map(
    paths.flatMap((path) => {
      const entry = look(path);
      return entry === undefined ? [] : [[path, entry] as const];
    }),
  );
}

/** A folder that nothing is in counts by itself: no change of ours takes it away. */
function listBelow(disk: Disk, directory: string, folder: string): string[] {
  const entries = disk.list(join(directory, folder));
  if (entries.length === 0) return [folder];
  return entries.flatMap(({ name, kind }) => {
    const path = `${folder}/${name}`;
    return kind === 'folder' ? listBelow(disk, directory, path) : [path];
  });
}
