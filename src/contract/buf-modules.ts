/** The import roots that a `buf.yaml` or `buf.work.yaml` above a file declares. */
import { foldersAround, joinPath, relativeTo } from './paths.ts';
import type { ProtoDisk } from './proto-disk.ts';

/**
 * The roots of all modules that buf would see beside `path`, the one that holds it first; undefined where no
 * configuration above covers it. Formats: https://buf.build/docs/configuration/v2/buf-yaml and, for v1 and v1beta1,
 * the buf.yaml and buf.work.yaml pages beside it.
 */
export async function findBufModules(path: string, disk: ProtoDisk): Promise<readonly string[] | undefined> {
  let own: string | undefined;
  for (const folder of foldersAround(path)) {
    const workspace = await readYaml(joinPath(folder, 'buf.work.yaml'), disk);
    const module = await readYaml(joinPath(folder, 'buf.yaml'), disk);
    const roots = listRoots(workspace, module).map((root) => joinPath(folder, root));
    own ??= innermost(roots, path);
    const isWhole = workspace !== undefined || isSecondVersion(module);
    if (own !== undefined && isWhole) return [...new Set([own, ...roots])];
  }
  return own === undefined ? undefined : [own];
}

function listRoots(workspace: unknown, module: unknown): string[] {
  if (workspace !== undefined) return listStrings(workspace, 'directories').map(trim);
  return module === undefined ? [] : listModules(module);
}

function innermost(roots: readonly string[], path: string): string | undefined {
  const around = roots.filter((root) => relativeTo(root, path));
  return around.sort((a, b) => b.length - a.length)[0];
}

function isSecondVersion(module: unknown): boolean {
  return isRecord(module) && module.version === 'v2';
}

/** v2 lists modules, v1beta1 lists roots, and otherwise the folder itself is the module. */
function listModules(module: unknown): string[] {
  if (isRecord(module) && Array.isArray(module.modules)) {
    const paths = module.modules.map((one) => (isRecord(one) && typeof one.path === 'string' ? trim(one.path) : ''));
    return [...new Set(paths)];
  }
  const roots = isRecord(module) ? listStrings(module.build, 'roots').map(trim) : [];
  return roots.length > 0 ? roots : [''];
}

function listStrings(holder: unknown, key: string): string[] {
  const list = isRecord(holder) ? holder[key] : undefined;
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function trim(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** Undefined where there is none. One that is no YAML says nothing about roots, and is buf's to complain of. */
async function readYaml(path: string, disk: ProtoDisk): Promise<unknown> {
  if (disk.kind(path) !== 'file') return undefined;
  const { parseYaml } = await import('./parse-yaml.ts');
  return parseYaml(new TextDecoder().decode(disk.read(path))) ?? {};
}
