/** What users do to files of a repo. */
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editLine } from './judge.ts';

export function append(path: string, line = editLine): (repo: string) => void {
  return (repo) => appendFileSync(join(repo, path), `${line}\n`);
}

export function remove(path: string): (repo: string) => void {
  return (repo) => rmSync(join(repo, path));
}

export function rewrite(path: string, edit: (text: string) => string | Uint8Array): (repo: string) => void {
  return (repo) => writeFileSync(join(repo, path), edit(readFileSync(join(repo, path), 'utf8')));
}

/** A change of a value in JSON, written as npm writes it unless told otherwise. */
export function editJson(
  path: string,
  edit: (value: PackageFile) => void,
  indent: string | number = 2,
): (repo: string) => void {
  return rewrite(path, (text) => changeJson(text, edit, indent));
}

export function changeJson(text: string, edit: (value: PackageFile) => void, indent: string | number = 2): string {
  const value = JSON.parse(text) as PackageFile;
  edit(value);
  return `${JSON.stringify(value, null, indent)}\n`;
}

/** Of package.json, what the cases change. */
export interface PackageFile {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
}
