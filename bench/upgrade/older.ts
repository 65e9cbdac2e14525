/** What an older version emitted, told as its difference to what is emitted now: both tools then bring the same news. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export interface Older {
  /** Path → what it held then, from what it holds now (nothing, where it is no longer emitted); undefined: it was not there. */
  texts?: Readonly<Record<string, (now: string) => string | undefined>>;
  /** Paths that were executable then and are not now. */
  executable?: readonly string[];
  /** What is called so now → what it was called then. */
  moved?: Readonly<Record<string, string>>;
}

export interface EmittedFile {
  text: string;
  executable: boolean;
}

/** Path with `/` → file. */
export type Emitted = ReadonlyMap<string, EmittedFile>;

export function makeOlder(now: Emitted, { texts = {}, executable = [], moved = {} }: Older): Emitted {
  const then = new Map(now);
  for (const [path, write] of Object.entries(texts)) {
    const text = write(now.get(path)?.text ?? '');
    if (text === undefined) then.delete(path);
    else if (text === now.get(path)?.text) throw new Error(`${path} is no different in the older version`);
    else then.set(path, { text, executable: now.get(path)?.executable ?? false });
  }
  for (const [path, from] of Object.entries(moved)) {
    then.set(from, then.get(path) ?? { text: '', executable: false });
    then.delete(path);
  }
  for (const path of executable) then.set(path, { text: then.get(path)?.text ?? '', executable: true });
  return then;
}

export function readFiles(folder: string): Map<string, EmittedFile> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const executable = (statSync(path).mode & 0o100) !== 0;
      return [relative(folder, path).replaceAll(sep, '/'), { text: readFileSync(path, 'utf8'), executable }];
    }),
  );
}

export function writeFiles(folder: string, files: Emitted): void {
  for (const [path, { text, executable }] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    if (executable) chmodSync(target, 0o755);
  }
}
