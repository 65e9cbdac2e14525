/** A small project that a change turns upside down: every kind of change, each of them once at least. */
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { applyChanges, type ChangeRequest, type DiskChange, type DiskFile } from '../../src/plan/journal.ts';
import { type FileSystem, openDisk } from '../../src/tree/disk.ts';
import { systemError, watchFileSystem } from './faulty-file-system.ts';

export interface LaidFile {
  bytes: Uint8Array;
  mode: number;
}

export type Project = Readonly<Record<string, LaidFile>>;

export function file(content: string | Uint8Array, mode = 0o644): LaidFile {
  return { bytes: typeof content === 'string' ? Buffer.from(content) : content, mode };
}

const binary = Uint8Array.from({ length: 300 }, (_, index) => (index * 7) % 256);

export const before: Project = {
  '.grpc-aws/manifest.json': file('1'),
  'bin/run.sh': file('#!/bin/sh\n', 0o755),
  'docs/deep/er/old.md': file('old'),
  'logo.png': file(binary, 0o640),
  'old/name.ts': file('moved'),
  'private.txt': file('one', 0o600),
  'shared/gone.txt': file('gone'),
  'shared/theirs.txt': file('theirs'),
  'src/index.ts': file('export {};\n'),
  tool: file('a file that becomes a folder', 0o755),
  'turn/into-file': file('a folder that becomes a file'),
};

export const after: Project = {
  '.grpc-aws/manifest.json': file('2'),
  'bin/run.sh': file('#!/bin/sh\n', 0o644),
  'logo.png': file(binary.toReversed(), 0o640),
  'new/name.ts': file('moved'),
  'private.txt': file('two', 0o600),
  'shared/theirs.txt': file('theirs'),
  'src/a/b/c/deep.ts': file('new and deep'),
  'src/a/b/script.sh': file('#!/bin/sh\n', 0o755),
  'src/index.ts': file('export { x } from "./x.ts";\n'),
  'tool/run': file('in it', 0o755),
  turn: file('now'),
};

/** Fewer of them, for tests that go through them often. */
export const shortBefore: Project = {
  '.grpc-aws/manifest.json': file('1'),
  'docs/deep/old.md': file('old'),
  'run.sh': file('#!/bin/sh\n', 0o755),
};
export const shortAfter: Project = {
  '.grpc-aws/manifest.json': file('2'),
  'run.sh': file('#!/bin/sh\n', 0o644),
  'src/new.ts': file('new'),
};

/** An empty folder of the user's stands by: nobody is to remove it. */
export function layOut(directory: string, project: Project): void {
  fs.mkdirSync(join(directory, 'empty'), { recursive: true });
  for (const [path, { bytes, mode }] of Object.entries(project)) {
    const place = join(directory, path);
    fs.mkdirSync(dirname(place), { recursive: true });
    fs.writeFileSync(place, bytes);
    fs.chmodSync(place, mode);
  }
  const odd = join(directory, 'docs');
  if (fs.existsSync(odd)) {
    fs.chmodSync(odd, 0o750);
  }
}

/** Everything below a folder, with mode and bytes. */
export function lookClosely(directory: string): Record<string, string> {
  const entries = fs.readdirSync(directory, { recursive: true, withFileTypes: true });
  const seen = entries.map((entry): [string, string] => {
    const place = join(entry.parentPath, entry.name);
    const stats = fs.lstatSync(place);
    const content = stats.isFile() ? fs.readFileSync(place).toString('latin1') : stats.isDirectory() ? '/' : 'special';
    return [place.slice(directory.length + 1), `${(stats.mode & 0o7777).toString(8)} ${content}`];
  });
  return Object.fromEntries(seen.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function describeChanges(from: Project, to: Project): DiskChange[] {
  const read = (side: LaidFile | undefined): DiskFile | undefined =>
    side && { bytes: side.bytes, executable: (side.mode & 0o111) !== 0 };
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .sort()
    .map((path) => ({ path, before: read(from[path]), after: read(to[path]) }));
}

export interface Trial extends Partial<Omit<ChangeRequest, 'disk' | 'directory'>> {
  directory: string;
  fileSystem?: FileSystem;
}

export function change({ directory, fileSystem = fs, ...rest }: Trial): Promise<void> {
  return applyChanges({
    disk: openDisk(fileSystem),
    directory,
    changes: describeChanges(before, after),
    purpose: 'upgrade',
    toolVersion: '1.2.3',
    keep: false,
    ...rest,
  });
}

/** What a killed process throws, so to speak. */
export class Killed extends Error {}

/**
 * A disk whose process is killed at a call: that one and all later ones never happen. `torn`: a file that was being
 * written is there by half, a folder that was being removed has lost some of what was in it.
 */
export function dieAt(fatal: number, { torn }: { torn: boolean }): FileSystem {
  const dying = watchFileSystem((call) => {
    if (call >= fatal) {
      throw new Killed();
    }
  });
  if (!torn) {
    return dying;
  }
  const leave = (error: unknown, act: () => void): never => {
    if (error instanceof Killed && !isDead) {
      isDead = true;
      act();
    }
    throw error;
  };
  let isDead = false;
  const others = Object.entries(dying).map(([name, call]: [string, (...args: never[]) => unknown]) => [
    name,
    (...args: never[]) => {
      try {
        return call(...args);
      } catch (error) {
        return leave(error, () => undefined);
      }
    },
  ]);
  return {
    ...(Object.fromEntries(others) as FileSystem),
    writeFileSync: (path, data, options) => {
      try {
        dying.writeFileSync(path, data, options);
      } catch (error) {
        const half = Buffer.from(data as string | Uint8Array);
        leave(error, () => fs.writeFileSync(path, half.subarray(0, half.length / 2), options));
      }
    },
    rmSync: (path, options) => {
      try {
        dying.rmSync(path, options);
      } catch (error) {
        leave(error, () => {
          if (fs.existsSync(path) && fs.statSync(path).isDirectory()) {
            const [first] = fs.readdirSync(path);
            fs.rmSync(join(`${path}`, first ?? ''), { recursive: true });
          }
        });
      }
    },
  };
}

/** A disk that refuses one call. */
export function refuseAt(failing: number, code: string): { fileSystem: FileSystem; hasRefused: () => boolean } {
  let isRefused = false;
  const fileSystem = watchFileSystem((call) => {
    if (call === failing) {
      isRefused = true;
      throw systemError(code);
    }
  });
  return { fileSystem, hasRefused: () => isRefused };
}
