/** Paths with `/`, as a disk port and a buf module write them; nothing here asks a disk. */

export function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  if (end === -1) return '';
  return end === 0 ? '/' : /^[A-Za-z]:$/.test(path.slice(0, end)) ? path.slice(0, end + 1) : path.slice(0, end);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function joinPath(folder: string, path: string): string {
  if (folder === '' || path === '') return folder || path;
  return folder.endsWith('/') ? folder + path : `${folder}/${path}`;
}

/** `path` seen from `folder`: the empty string for the folder itself, undefined where it is not inside. */
export function relativeTo(folder: string, path: string): string | undefined {
  if (path === folder) return '';
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** The folders around a path, nearest first, up to the root of the disk. */
export function foldersAround(path: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    folders.push(folder);
    if (folderOf(folder) === folder || folder === '') return folders;
  }
}

/** Orders by code unit, so that every machine agrees. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
