/** Makes a planned repo, all or nothing: everything is written aside first, and what was begun is undone when it fails. */

import { dirname } from 'node:path';
import { type Fault, UserError } from '../errors.ts';
import { quotePath } from '../steps/quote-path.ts';
import type { Disk } from '../tree/disk.ts';
import { writeTree } from '../tree/disk-trees.ts';
import type { FileTree } from '../tree/file-tree.ts';
import { runWithPauses, stopIfAborted } from './interruption.ts';
import type { Plan } from './plan.ts';

export interface CreationApplication {
  plan: Plan;
  /** Holds the text of every file the plan adds. */
  tree: FileTree;
  disk: Disk;
  /** Goes into the journal of a folder that is there already. */
  toolVersion: string;
  /** Once it is aborted nothing further is written, and what was is undone. */
  signal?: AbortSignal;
}

/**
 * Throws `UserError`: exit 1 when the disk refuses or something appeared meanwhile, exit 130 when interrupted. The disk
 * is then as it was; should even undoing fail, the error names what is left.
 */
export async function applyCreation({ plan, tree, disk, toolVersion, signal }: CreationApplication): Promise<void> {
  const added = pickAdded(plan, tree);
  if (!plan.isNew) {
    // Loaded where it is needed: most repos are made in a new folder, and there one rename does it.
    const { applyChanges } = await import('./apply-changes.ts');
    const changes = [...added].map(([path, { text, executable }]) => {
      return { path, before: undefined, after: { bytes: Buffer.from(text), executable } };
    });
    const { directory } = plan;
    const purpose = 'creation';
    return applyChanges({ disk, directory, changes, purpose, toolVersion, keep: false, ...(signal && { signal }) });
  }
  const undo: Undo[] = [];
  try {
    makeParents(disk, dirname(plan.directory), undo);
    stopIfAborted(signal);
    const staging = disk.makeStagingFolder(dirname(plan.directory));
    undo.push({ path: staging, run: () => disk.remove(staging) });
    await runWithPauses(stage(disk, staging, added, signal));
    disk.place(staging, plan.directory);
  } catch (error) {
    throw tellLeftovers(error, undoAll(undo));
  }
}

interface Undo {
  path: string;
  run: () => void;
}

function makeParents(disk: Disk, folder: string, undo: Undo[]): void {
  if (disk.identify(folder) !== 'nothing') {
    return;
  }
  makeParents(disk, dirname(folder), undo);
  disk.makeFolder(folder);
  // Should somebody else have put something there meanwhile, it is theirs.
  undo.push({ path: folder, run: () => void disk.removeEmptyFolder(folder) });
}

function* stage(disk: Disk, staging: string, tree: FileTree, signal: AbortSignal | undefined): Generator<void> {
  for (const _ of writeTree(disk, staging, tree)) {
    yield;
    stopIfAborted(signal);
  }
}

function pickAdded(plan: Plan, tree: FileTree): FileTree {
  const paths = new Set(plan.added.map(({ path }) => path));
  return new Map([...tree].filter(([path]) => paths.has(path)));
}

/** In reverse; returns what could not be undone. */
function undoAll(undo: readonly Undo[]): Fault[] {
  return undo.toReversed().flatMap(({ path, run }) => {
    try {
      run();
      return [];
    } catch (error) {
      const reason = error instanceof UserError ? error.faults[0]?.message : String(error);
      return [{ at: path, message: `it is left over: ${reason}`, hint: `Remove it: \`rm -r ${quotePath(path)}\`.` }];
    }
  });
}

function tellLeftovers(error: unknown, leftovers: readonly Fault[]): unknown {
  if (!(error instanceof UserError) || leftovers.length === 0) {
    return error;
  }
  return new UserError(error.code, [...error.faults, ...leftovers], { cause: error });
}
