/** Reads `templates/` as the compiler of templates takes it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { TemplateSource } from '../src/render/compile-templates.ts';

/** Every file under a folder by its path there, with `/`. */
export function readTemplates(folder: string): Map<string, TemplateSource> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const executable = (statSync(path).mode & 0o100) !== 0;
      return [relative(folder, path).split(sep).join('/'), { text: readFileSync(path, 'utf8'), executable }];
    }),
  );
}
