/** Where a file's imports count from, which decides its path in the buf module. */
import { findBufModules } from './buf-modules.ts';
import type { GivenProto } from './given-protos.ts';
import { folderOf, foldersAround, joinPath, relativeTo } from './paths.ts';
import type { ProtoDeclarations } from './proto-declarations.ts';
import type { ProtoDisk } from './proto-disk.ts';
import { isWellKnown } from './well-known-types.ts';

export interface ImportRoots {
  /** The root of the file itself; undefined where nothing tells. */
  own: string | undefined;
  /** Every folder worth looking in for its imports, best first. */
  places: readonly string[];
}

/**
 * The root that buf's configuration declares; else the folder above the file against which most of its imports are
 * found; else the one from which its package gives its path (`/x` for package a.b in /x/a/b).
 */
export async function findImportRoots(
  file: Pick<GivenProto, 'path' | 'real'>,
  declarations: ProtoDeclarations,
  disk: ProtoDisk,
): Promise<ImportRoots> {
  const names = file.path === file.real ? [file.path] : [file.path, file.real];
  const around = [...new Set(names.flatMap((name) => listSearched(name, disk)))];
  const byPackage = names.map((name) => rootByPackage(name, declarations.package)).find((root) => root !== undefined);
  const buf = await findBufModules(file.path, disk);
  const own = buf?.[0] ?? rootByImports(declarations, around, byPackage, disk) ?? byPackage;
  return { own, places: [...new Set([...(own ? [own] : []), ...(buf ?? []), ...around])] };
}

/**
 * The folders above a file up to the one that git keeps, for nobody imports from outside a repository; without git up
 * to the working folder, and elsewhere never those that everybody writes to, like /tmp and /home.
 */
function listSearched(path: string, disk: ProtoDisk): string[] {
  const around = foldersAround(path);
  const top = around.findIndex((folder) => disk.kind(joinPath(folder, '.git')) !== undefined);
  if (top !== -1) return around.slice(0, top + 1);
  const here = around.indexOf(disk.absolute('.'));
  return here === -1 ? around.filter((folder) => isDeep(folder)) : around.slice(0, here + 1);
}

function isDeep(folder: string): boolean {
  return folder.split('/').filter((part) => part !== '').length > 1;
}

function rootByImports(
  { imports }: ProtoDeclarations,
  around: readonly string[],
  byPackage: string | undefined,
  disk: ProtoDisk,
): string | undefined {
  const paths = imports.map(({ path }) => path).filter((path) => !isWellKnown(path) && isModulePath(path));
  const found = around.map((root) => ({
    root,
    count: paths.filter((path) => disk.kind(joinPath(root, path)) === 'file').length,
  }));
  const most = Math.max(0, ...found.map(({ count }) => count));
  if (most === 0) return undefined;
  const best = found.filter(({ count }) => count === most).map(({ root }) => root);
  return best.find((root) => root === byPackage) ?? best[0];
}

function rootByPackage(path: string, pkg: string): string | undefined {
  if (pkg === '') return undefined;
  const folder = folderOf(path);
  const tail = `/${pkg.replaceAll('.', '/')}`;
  if (!folder.endsWith(tail)) return undefined;
  return folder.slice(0, -tail.length) || '/';
}

/** Whether an import names a file of a module: relative, with `/`, without `.` and `..`. */
export function isModulePath(path: string): boolean {
  return !/[\\:]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** The path of a file below one of its roots, under whichever of its names is there. */
export function pathBelow(root: string, file: Pick<GivenProto, 'path' | 'real'>): string | undefined {
  return relativeTo(root, file.path) || relativeTo(root, file.real) || undefined;
}
