/** This package as it is published, under any version number. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { root as repo } from '../../structure/repo-files.ts';

/** What is emitted, by path in `templates/`; only files that are copied have a text. */
export type Templates = Record<string, { text: string; executable: boolean }>;

/** Builds into `folder`, which is made, and has `change` alter what is emitted: the compiled templates by path. */
export async function buildPackage(
  folder: string,
  version: string,
  change: (files: Templates) => void = () => {},
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const build = fileURLToPath(new URL('../../../scripts/build.ts', import.meta.url));
  await execa(process.execPath, [build, '--version', version, '--into', folder]);
  for (const name of ['README.md', 'LICENSE', 'CHANGELOG.md']) cpSync(join(repo, name), join(folder, name));
  const manifest = JSON.parse(readFileSync(join(repo, 'package.json'), 'utf8')) as object;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, version, workspaces: undefined }));
  const path = join(folder, 'dist/templates.json');
  const templates = JSON.parse(readFileSync(path, 'utf8')) as { files: Templates };
  change(templates.files);
  writeFileSync(path, JSON.stringify(templates));
}
