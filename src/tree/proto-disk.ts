/** The disk that `.proto` files are collected from: reads only. It has the shape of contract's `ProtoDisk`, a room above. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { exitCode, UserError } from '../errors.ts';

/** @param cwd absolute; what typed paths are relative to, and messages too where a path lies inside it */
export function openProtoDisk(cwd: string) {
  const show = (path: string): string => {
    const short = slashes(relative(cwd, path));
    if (short === '') return '.';
    return short.startsWith('../') || short === '..' || /^[A-Za-z]:/.test(short) ? slashes(path) : short;
  };
  return {
    absolute: (typed: string): string => slashes(resolve(cwd, typed)),
    show,
    real: (path: string): string | undefined => unlessAbsent(() => slashes(realpathSync.native(path))),
    kind(path: string): 'file' | 'folder' | undefined {
      const stats = unlessAbsent(() => statSync(path));
      if (stats?.isFile()) return 'file';
      return stats?.isDirectory() ? 'folder' : undefined;
    },
    list: (folder: string): readonly string[] =>
      orRefuse(show(folder), () => readdirSync(folder).sort((a, b) => (a < b ? -1 : 1))),
    read: (file: string): Uint8Array => orRefuse(show(file), () => readFileSync(file)),
  };
}

function slashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

function unlessAbsent<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    // Not there, a link to nowhere, a ring of links, a folder that may not be entered: nothing can be read there.
    return undefined;
  }
}

function orRefuse<T>(at: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const denied = code === 'EACCES' || code === 'EPERM';
    throw new UserError(
      exitCode.refused,
      {
        message: denied ? 'may not be read' : `cannot be read (${code ?? 'for no reason the system tells'})`,
        at,
        hint: denied
          ? `Allow it, then run the same command again: chmod u+r ${at}`
          : 'Check the disk, then run it again.',
      },
      { cause: error },
    );
  }
}
