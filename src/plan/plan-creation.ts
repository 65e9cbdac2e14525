/** Plans a new repo: into a folder that is not there, is empty, or holds no more than a repo just made on a host does. */

import { exitCode, UserError } from '../errors.ts';
import { quotePath } from '../steps/quote-path.ts';
import type { Disk, FolderEntry } from '../tree/disk.ts';
import type { FileTree, TreeFile } from '../tree/file-tree.ts';
import type { KeptEntry, Plan, PlannedFile } from './plan.ts';

export interface CreationTarget {
  /** Absolute. */
  directory: string;
  /** What is in the directory; undefined where there is none. */
  entries: readonly FolderEntry[] | undefined;
}

const listedAtMost = 10;

/** Throws `UserError` (exit 1) where no repo can be made: a file, a link, a folder that cannot be read. */
export function inspectTarget(disk: Disk, directory: string): CreationTarget {
  const kind = disk.identify(directory);
  switch (kind) {
    case 'nothing':
      return { directory, entries: undefined };
    case 'folder':
      return { directory, entries: disk.list(directory) };
    default:
      throw new UserError(exitCode.refused, {
        at: directory,
        message: `there is a ${kind === 'other' ? 'special file' : kind} where the folder is to be made`,
        hint: `Choose another folder, or see what it is: \`ls -l ${quotePath(directory)}\`.`,
      });
  }
}

/** Throws `UserError` (exit 1) naming the files that are in the way. */
export function planCreation({ directory, entries }: CreationTarget, tree: FileTree): Plan {
  const foreign = (entries ?? []).filter((entry) => findKeptTopic(entry) === undefined);
  if (foreign.length > 0) {
    const names = foreign.slice(0, listedAtMost).map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name));
    const more = foreign.length > names.length ? ` and ${foreign.length - names.length} more` : '';
    throw new UserError(exitCode.refused, {
      at: directory,
      message: `the folder has other files in it: ${names.join(', ')}${more}`,
      hint: 'Choose a new or empty folder; only .git, node_modules, README and LICENSE files may be there before.',
    });
  }
  const kept = (entries ?? []).map((entry) => describeKept(entry, tree));
  const leftOut = new Set(kept.map(({ insteadOf }) => insteadOf));
  const added = [...tree].filter(([path]) => !leftOut.has(path)).map(describeAdded);
  return {
    directory,
    isNew: entries === undefined,
    added,
    kept,
    totals: {
      files: added.length,
      bytes: added.reduce((sum, { bytes }) => sum + bytes, 0),
      managed: added.filter(({ ownership }) => ownership === 'managed').length,
      seeded: added.filter(({ ownership }) => ownership === 'seeded').length,
    },
  };
}

/** Each with the names it goes by, at the top of a repo: `README.rst`, `LICENCE`, `license-mit`. */
const keptFiles = [/^readme(?![a-z0-9])/i, /^licen[cs]e(?![a-z0-9])/i];
const gitFolder = /^\.git$/;
/** Whoever runs this package from the folder itself has one; no repo holds it. */
const modulesFolder = /^node_modules$/;

function findKeptTopic({ name, kind }: FolderEntry): RegExp | undefined {
  if (modulesFolder.test(name)) {
    return kind === 'folder' ? modulesFolder : undefined;
  }
  // In a worktree or a submodule `.git` is a file.
  return gitFolder.test(name) ? gitFolder : keptFiles.find((topic) => kind !== 'folder' && topic.test(name));
}

/** A repo with two READMEs, or two licences, would contradict itself, whatever their endings. */
function describeKept(entry: FolderEntry, tree: FileTree): KeptEntry {
  const topic = findKeptTopic(entry);
  const insteadOf = [...tree.keys()].find((path) => !path.includes('/') && topic?.test(path));
  return { path: entry.name, ...(insteadOf === undefined ? {} : { insteadOf }) };
}

function describeAdded([path, { text, ownership, executable }]: readonly [string, TreeFile]): PlannedFile {
  return { path, bytes: Buffer.byteLength(text), ownership, executable };
}
