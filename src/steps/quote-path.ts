/** Paths in commands that are told. */

/** For a POSIX shell; bare where that is the same. */
export function quotePath(path: string): string {
  return /^[\w./:@+=,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
