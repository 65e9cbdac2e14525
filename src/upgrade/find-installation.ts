/** Whether an upgrade changes what is to be installed, and who installs it. */
import { join } from 'node:path';
import type { DiskChange } from '../plan/journal.ts';
import { installCommand } from '../steps/install-packages.ts';
import type { Disk } from '../tree/disk.ts';

/** What npm reads beside the names and ranges themselves. */
const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];

export function changesDependencies(writes: readonly DiskChange[]): boolean {
  const write = writes.find(({ path }) => path === 'package.json');
  return write !== undefined && readSections(write.before?.bytes) !== readSections(write.after?.bytes);
}

/** By the lockfile: where another package manager keeps one, npm would lay a second tree over its own. */
export function findInstallCommand(disk: Disk, directory: string): string {
  const other = lockfiles.find(([file]) => disk.identify(join(directory, file)) === 'file');
  return other?.[1] ?? installCommand;
}

const lockfiles = [
  ['pnpm-lock.yaml', 'pnpm install'],
  ['yarn.lock', 'yarn install'],
  ['bun.lock', 'bun install'],
] as const;

function readSections(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  const text = new TextDecoder().decode(bytes);
  try {
    const manifest = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify(sections.map((name) => manifest[name] ?? {}));
  } catch {
    // What is no JSON cannot be told apart: npm is to say what it thinks of it.
    return text;
  }
}
