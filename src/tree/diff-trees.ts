/** Compares trees, and tells one from another by a hash. */
import { comparePaths } from './build-tree.ts';
import type { TreeFile } from './file-tree.ts';

/** What a disk keeps of a file; it knows nothing of ownership. */
export type FileContent = Pick<TreeFile, 'text' | 'executable'>;

/** All in order of path. */
export interface TreeDifference {
  added: readonly string[];
  removed: readonly string[];
  changed: readonly { path: string; text: boolean; executable: boolean }[];
}

/** What it takes to come from `before` to `after`. */
export function diffTrees(
  before: ReadonlyMap<string, FileContent>,
  after: ReadonlyMap<string, FileContent>,
): TreeDifference {
  const paths = [...before.keys()].sort(comparePaths);
  return {
    added: [...after.keys()].filter((path) => !before.has(path)).sort(comparePaths),
    removed: paths.filter((path) => !after.has(path)),
    changed: paths.flatMap((path) => {
      const [old, now] = [before.get(path), after.get(path)];
      const text = old?.text !== now?.text;
      const executable = old?.executable !== now?.executable;
      return now !== undefined && (text || executable) ? [{ path, text, executable }] : [];
    }),
  };
}

/** SHA-256 in hexadecimal over paths, modes and texts: equal exactly when `diffTrees` finds nothing. */
export async function hashTree(tree: ReadonlyMap<string, FileContent>): Promise<string> {
  const files = [...tree].sort(([a], [b]) => comparePaths(a, b));
  const told = JSON.stringify(files.map(([path, { text, executable }]) => [path, executable, text]));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(told));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
