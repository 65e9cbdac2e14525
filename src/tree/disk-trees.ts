/** Writes a tree into a folder, and reads one back. */

import { join } from 'node:path';
import { exitCode, UserError } from '../errors.ts';
import { quotePath } from '../steps/quote-path.ts';
import { listFolders } from './check-paths.ts';
import type { FileContent } from './diff-trees.ts';
import type { Disk } from './disk.ts';
import type { FileTree } from './file-tree.ts';

/**
 * One step for each file, so that the caller may stop in between. The folder is there; each folder below it is made
 * once. Throws `UserError` where something is already, or the system refuses.
 */
export function* writeTree(disk: Disk, folder: string, tree: FileTree): Generator<void> {
  const made = new Set<string>();
  for (const [path, { text, executable }] of tree) {
    for (const parent of listFolders(path)) {
      if (!made.has(parent)) {
        made.add(parent);
        disk.makeFolder(join(folder, parent));
      }
    }
    disk.write(join(folder, path), text, executable);
    yield;
  }
}

/**
 * The files below a folder, in order of path; links and devices are left out. `isSkipped` is asked for folders too.
 * Throws `UserError` for a file that is not UTF-8.
 */
export function readTree(
  disk: Disk,
  folder: string,
  isSkipped: (path: string) => boolean = () => false,
): ReadonlyMap<string, FileContent> {
  const files: [string, FileContent][] = [];
  const collect = (prefix: string): void => {
    for (const { name, kind } of disk.list(join(folder, prefix))) {
      const path = prefix === '' ? name : `${prefix}/${name}`;
      if (isSkipped(path)) {
        continue;
      }
      if (kind === 'folder') {
        collect(path);
      } else if (kind === 'file') {
        const place = join(folder, path);
        files.push([path, { text: decodeText(place, disk.read(place)), executable: disk.isExecutable(place) }]);
      }
    }
  };
  collect('');
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function decodeText(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const fault = {
      at: path,
      message: 'the file is not UTF-8 text',
      hint: `Check it with \`file ${quotePath(path)}\`.`,
    };
    throw new UserError(exitCode.refused, fault, { cause });
  }
}
