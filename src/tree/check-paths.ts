/** Which paths of a tree cannot be written everywhere: Linux, macOS and Windows, where case may not tell files apart. */
import type { Fault } from '../errors.ts';

/** Of folders too, and with any ending: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const reservedOnWindows = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const refusedOnWindows = /[<>:"|?*\p{Cc}]|[. ]$/u;

/** `paths` in order. One fault for each path that is wrong in itself, or that collides with another one. */
export function findPathFaults(paths: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  const spellings = new Map<string, string>();
  const files = new Set<string>();
  for (const path of paths) {
    const reason = findFault(path);
    if (reason !== undefined) {
      faults.push({ at: path, ...reason });
    } else if (files.has(path)) {
      faults.push({ at: path, message: 'two files have this path', hint: 'Rename one of them.' });
    } else {
      files.add(path);
      faults.push(...noteSpellings(path, spellings));
    }
  }
  for (const path of files) {
    const parent = listFolders(path).find((folder) => files.has(folder));
    if (parent !== undefined) {
      faults.push({
        at: path,
        message: `${parent} is a file, so nothing can stand below it`,
        hint: 'Rename one of them.',
      });
    }
  }
  return faults;
}

function findFault(path: string): Pick<Fault, 'message' | 'hint'> | undefined {
  const segments = path.split('/');
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) {
    return { message: 'the path is absolute', hint: 'Give a path relative to the project.' };
  }
  if (path.includes('\\')) {
    return { message: 'the path has a backslash', hint: 'Separate folders by /.' };
  }
  if (segments.includes('..')) {
    return { message: 'the path leaves the project', hint: 'Give a path without `..`.' };
  }
  if (segments.includes('') || segments.includes('.')) {
    return { message: 'a part of the path is empty', hint: 'Give a path without `//`, `./` or a / at its end.' };
  }
  const reserved = segments.find((segment) => reservedOnWindows.test(segment));
  if (reserved !== undefined) {
    return { message: `Windows keeps the name ${reserved} for a device`, hint: `Rename ${reserved}.` };
  }
  const refused = segments.find((segment) => refusedOnWindows.test(segment));
  if (refused !== undefined) {
    return { message: `Windows cannot hold the name ${JSON.stringify(refused)}`, hint: `Rename ${refused}.` };
  }
  return undefined;
}

/** A file or a folder that is spelled in two ways is one on macOS and Windows, and two on Linux. */
function noteSpellings(path: string, spellings: Map<string, string>): Fault[] {
  for (const part of [...listFolders(path), path]) {
    const folded = part.normalize('NFC').toLowerCase();
    const known = spellings.get(folded) ?? part;
    spellings.set(folded, known);
    if (known !== part) {
      const message = `differs from ${known} by case alone, and many disks take them for one`;
      return [{ at: part, message, hint: 'Rename one of them.' }];
    }
  }
  return [];
}

/** `a/b/c` stands in `a` and in `a/b`. */
export function listFolders(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}
