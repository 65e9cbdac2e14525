/** A disk made of an object, for tests: path to text or bytes, all below `/`. */
import type { ProtoDisk } from '../../src/contract/proto-disk.ts';

/** @param cwd what typed paths are relative to, and messages too */
export function memoryDisk(files: Readonly<Record<string, string | Uint8Array>>, cwd = '/'): ProtoDisk {
  const bytes = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
  const folders = new Set(['/']);
  for (const path of bytes.keys()) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      folders.add(path.slice(0, end));
    }
  }
  const kind: ProtoDisk['kind'] = (path) => (bytes.has(path) ? 'file' : folders.has(path) ? 'folder' : undefined);
  return {
    kind,
    absolute: (typed) => normalise(typed.startsWith('/') ? typed : `${cwd}/${typed}`),
    real: (path) => (kind(path) === undefined ? undefined : path),
    read: (path) => bytes.get(path) ?? new Uint8Array(),
    show: (path) => (path === cwd ? '.' : path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path),
    list(folder) {
      const prefix = folder === '/' ? '/' : `${folder}/`;
      const below = [...bytes.keys()].filter((path) => path.startsWith(prefix));
      return [...new Set(below.map((path) => path.slice(prefix.length).split('/', 1)[0] as string))].sort();
    },
  };
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
