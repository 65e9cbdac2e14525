/** The real file system, with something that happens at a chosen call. */
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import type { FileSystem } from '../../src/tree/disk.ts';

export type CallName = keyof FileSystem;

/** Called before every call that reaches the disk; what it throws is what the disk answers. */
export type BeforeCall = (call: number, name: CallName) => void;

const real: FileSystem = {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
};

/** Calls count from 1. */
export function watchFileSystem(beforeCall: BeforeCall): FileSystem {
  let calls = 0;
  const watched = Object.entries(real).map(([name, original]: [string, (...args: never[]) => unknown]) => {
    const watch = (...args: never[]): unknown => {
      calls += 1;
      beforeCall(calls, name as CallName);
      return original(...args);
    };
    return [name, watch];
  });
  return Object.fromEntries(watched) as FileSystem;
}

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code, syscall: 'injected', errno: -1 });
}

/** Everything below a folder: path to text for files, to null for folders. */
export function lookAtDisk(folder: string): Record<string, string | null> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .map((entry) => `${entry.parentPath}/${entry.name}`)
      .sort()
      .map((path) => [
        path.slice(folder.length + 1),
        lstatSync(path).isDirectory() ? null : readFileSync(path, 'utf8'),
      ]),
  );
}
