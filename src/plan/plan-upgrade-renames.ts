/** Which emitted file is which former one, by what the versions in between declare. */
import type { Manifest } from '../manifest/manifest.ts';
import type { FileTree } from '../tree/file-tree.ts';
import { compareVersions } from './compare-versions.ts';
import type { Migration, Rename } from './upgrade-plan.ts';

export interface RenameInput {
  manifest: Manifest;
  emitted: FileTree;
  version: string;
  migrations: readonly Migration[];
  /** Of this very run. */
  renames?: readonly Rename[];
}

/** From the new path to the former one. A chain over several versions counts as one move. */
export function findRenames({
  manifest,
  emitted,
  version,
  migrations,
  renames: given = [],
}: RenameInput): ReadonlyMap<string, string> {
  const passed = migrations
    .filter((one) => compareVersions(one.version, manifest.version) > 0 && compareVersions(one.version, version) <= 0)
    .sort((a, b) => compareVersions(a.version, b.version));
  const moved = new Map<string, string>();
  for (const from of manifest.files.keys()) {
    const to = [...passed, { renames: given }].reduce((path, { renames }) => move(path, renames), from);
    const isMove = to !== from && emitted.has(to) && !emitted.has(from) && !manifest.files.has(to);
    if (isMove && !moved.has(to)) moved.set(to, from);
  }
  return moved;
}

function move(path: string, renames: readonly Rename[]): string {
  for (const { from, to } of renames) {
    if (path === from) return to;
    if (from.endsWith('/') && path.startsWith(from)) return `${to}${path.slice(from.length)}`;
  }
  return path;
}
