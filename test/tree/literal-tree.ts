/** Lays out a tree from an object, the way a test reads best. */
import type { FileTree, TreeFile } from '../../src/tree/file-tree.ts';

/** Path to text; managed and not executable unless `changes` say otherwise. */
export function literalTree(texts: Record<string, string>, changes: Record<string, Partial<TreeFile>> = {}): FileTree {
  return new Map(
    Object.entries(texts).map(([path, text]) => [
      path,
      { text, executable: false, ownership: 'managed', ...changes[path] },
    ]),
  );
}
