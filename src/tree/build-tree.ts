/** Puts files together into a tree that every disk can hold. */
import { exitCode, UserError } from '../errors.ts';
import { findPathFaults } from './check-paths.ts';
import type { FileTree, TreeFile } from './file-tree.ts';

/** Throws `UserError` (exit 1) naming every path that some disk cannot hold, or not beside another one. */
export function buildTree(entries: Iterable<readonly [path: string, file: TreeFile]>): FileTree {
  const sorted = [...entries].sort(([a], [b]) => comparePaths(a, b));
  const faults = findPathFaults(sorted.map(([path]) => path));
  if (faults.length > 0) {
    throw new UserError(exitCode.refused, faults);
  }
  return new Map(sorted);
}

/** The files of both; where both have one, that of `overlay`, with its mode and ownership. */
export function mergeTrees(first: FileTree, overlay: FileTree): FileTree {
  return buildTree(new Map([...first, ...overlay]));
}

/** By code unit: the order is the same whatever the machine's language. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
