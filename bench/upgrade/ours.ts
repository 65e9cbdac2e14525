/** Our CLI, with repos that look as if an older version had emitted them: files, base and manifest alike. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeOlder, readFiles, writeFiles } from './older.ts';
import { run } from './run-quietly.ts';
import type { Subject, Tool } from './tool.ts';

const bookkeeping = '.grpc-aws';
const unattended = ['--yes', '--no-install', '--no-git'];

interface ManifestFile {
  files: Record<string, { ownership: string; mode: string }>;
}

/** Emits a repo into `home`. */
export function emitSubject(node: string, cli: string, home: string, flags: readonly string[]): Subject {
  const name = 'zebra';
  run([node, cli, name, ...flags, ...unattended], home);
  const folder = join(home, name);
  const files = new Map([...readFiles(folder)].filter(([path]) => !path.startsWith(`${bookkeeping}/`)));
  const entries = Object.entries(readManifest(folder).files);
  const seeded = entries.filter(([, { ownership }]) => ownership === 'seeded').map(([path]) => path);
  return { name, files, seeded, folder, flags };
}

export function useOurs(node: string, cli: string, subject: Subject): Tool {
  return {
    name: 'create-grpc-aws',
    create: (older, folder) => {
      cpSync(subject.folder, folder, { recursive: true });
      const then = makeOlder(subject.files, older);
      for (const path of subject.files.keys()) if (!then.has(path)) rmSync(join(folder, path));
      const changed = [...then].filter(([path, file]) => subject.files.get(path) !== file);
      writeFiles(folder, new Map(changed));
      keepBooks(
        folder,
        new Map(changed),
        [...subject.files.keys()].filter((path) => !then.has(path)),
      );
    },
    scaffold: (home) => [node, cli, join(home, subject.name), ...subject.flags, ...unattended],
    update: [node, cli, 'upgrade', '--yes', '--no-install'],
    abort: [node, cli, 'upgrade', '--abort'],
    // The base is in the repo, and the new version is the one that runs.
    loseOldVersion: () => {},
    goOffline: () => {},
  };
}

function keepBooks(folder: string, changed: ReturnType<typeof readFiles>, absent: readonly string[]): void {
  if (changed.size + absent.length === 0) return;
  const basePath = join(folder, bookkeeping, 'base.json');
  const base = JSON.parse(readFileSync(basePath, 'utf8')) as Record<string, string>;
  const manifest = readManifest(folder);
  for (const [path, { text, executable }] of changed) {
    base[path] = text;
    manifest.files[path] = { ownership: 'managed', mode: executable ? '755' : '644' };
  }
  for (const path of absent) {
    delete base[path];
    delete manifest.files[path];
  }
  writeFileSync(basePath, JSON.stringify(base));
  writeFileSync(join(folder, bookkeeping, 'manifest.json'), JSON.stringify(manifest));
}

function readManifest(folder: string): ManifestFile {
  return JSON.parse(readFileSync(join(folder, bookkeeping, 'manifest.json'), 'utf8')) as ManifestFile;
}
