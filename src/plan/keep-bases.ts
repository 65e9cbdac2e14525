/** What is noted of files that could not be brought: nothing new, so that what came meanwhile is merged once they can be. */
import { basePath, type Manifest, manifestPath, withManifest } from '../manifest/manifest.ts';
import type { FileTree, TreeFile } from '../tree/file-tree.ts';

/** The emitted tree, whose manifest and base say of the paths in `blocked` what the former ones say. */
export function keepBases(
  emitted: FileTree,
  { files, base }: Manifest,
  blocked: ReadonlySet<string>,
  version: string,
): FileTree {
  const noted = [...emitted].flatMap(([path, file]): [string, TreeFile][] => {
    if (!blocked.has(path)) return [[path, file]];
    const former = files.get(path);
    return former === undefined ? [] : [[path, { ...former, text: base.get(path) ?? '' }]];
  });
  const accounts = withManifest(new Map(noted), version);
  const ours = [manifestPath, basePath].map((path) => [path, accounts.get(path)!] as const);
  return new Map([...emitted, ...ours]);
}
