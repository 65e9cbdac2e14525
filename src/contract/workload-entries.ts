/** The files and folders that the Spec gives a workload: what its services, now and later, are found by. */
import type { GivenProto } from './given-protos.ts';
import { placeInAnswer } from './given-protos.ts';
import { byText, folderOf } from './paths.ts';

export interface ServedFile {
  given: GivenProto;
  /** Path in the buf module. */
  path: string;
}

/**
 * A file that was named stays a file. A folder that was named stays a folder, as far as no file in it declares a
 * service that is another's: then the folders and files below it are listed. In order, and none inside another.
 * @param foreign module paths of files with services that this workload does not serve
 */
export function listEntries(served: readonly ServedFile[], foreign: readonly string[]): string[] {
  const entries = [...new Set(served.map((one) => chooseEntry(one, foreign)))].sort(byText);
  return entries.filter((entry) => !entries.some((other) => entry.startsWith(`${other}/`)));
}

function chooseEntry({ given, path }: ServedFile, foreign: readonly string[]): string {
  if (given.folder === undefined) return path;
  const inside = placeInAnswer(given);
  const limit = path === inside ? '' : path.endsWith(`/${inside}`) ? path.slice(0, -inside.length - 1) : '';
  let entry = path;
  for (let folder = folderOf(path); folder !== '' && folder.length >= limit.length; folder = folderOf(folder)) {
    if (foreign.some((other) => other.startsWith(`${folder}/`))) break;
    entry = folder;
  }
  return entry;
}
