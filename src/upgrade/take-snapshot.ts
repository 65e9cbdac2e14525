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
