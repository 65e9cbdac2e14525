/** An upgrade of a few files, laid out as values: what was emitted, what is on disk, what is emitted now. */
import { withManifest } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { type DiskEntry, type PlannedUpgrade, planUpgrade, type UpgradeInput } from '../../src/plan/plan-upgrade.ts';
import type { DiskFile, MergeFile } from '../../src/plan/plan-upgrade-file.ts';
import type { TreeFile } from '../../src/tree/file-tree.ts';
import { literalTree } from '../tree/literal-tree.ts';

export type Laid = string | Partial<TreeFile> | Uint8Array | { by: string };

export interface SmallUpgrade extends Partial<Omit<UpgradeInput, 'disk' | 'emitted' | 'manifest'>> {
  base?: Record<string, string | Partial<TreeFile>>;
  /** Left out: as it was emitted. */
  disk?: Record<string, Laid>;
  now?: Record<string, string | Partial<TreeFile>>;
}

/** Puts ours before theirs; where theirs says `clash`, that is a conflict in line 1. */
export const joinSides: MergeFile = (_, { ours, theirs }, labels) =>
  theirs.includes('clash')
    ? {
        text: `<<<<<<< ${labels.ours}\n${ours}=======\n${theirs}>>>>>>> ${labels.theirs}\n`,
        conflicts: [{ where: 'line 1' }],
      }
    : { text: ours + theirs, conflicts: [] };

/** The manifest's own two files are as they should be, and so not among the changes. */
export function plan({ base = {}, disk = base, now = {}, ...given }: SmallUpgrade): Promise<PlannedUpgrade> {
  const version = given.version ?? '0.2.0';
  const before = withManifest(lay(base), '0.1.0');
  const emitted = withManifest(lay(now), version);
  const manifest = readManifest(
    before.get('.grpc-aws/manifest.json')?.text ?? '',
    before.get('.grpc-aws/base.json')?.text ?? '',
  );
  const entries = Object.entries(disk).map(([path, laid]) => [path, readLaid(laid)] as const);
  const bookkeeping = ['.grpc-aws/manifest.json', '.grpc-aws/base.json'].map(
    (path) => [path, readLaid(emitted.get(path) ?? '')] as const,
  );
  return planUpgrade({
    migrations: [],
    merge: joinSides,
    keepsModes: true,
    ...given,
    version,
    manifest,
    emitted,
    disk: new Map([...entries, ...bookkeeping]),
  });
}

/** What is written, path by path; null where a file goes away. */
export function textsOf({ writes }: PlannedUpgrade): Record<string, string | null> {
  return Object.fromEntries(writes.map(({ path, after }) => [path, after ? readText(after) : null]));
}

export function readText({ bytes }: DiskFile): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function lay(files: Record<string, string | Partial<TreeFile>>) {
  const changes = Object.entries(files).map(([path, file]) => [path, typeof file === 'string' ? { text: file } : file]);
  return literalTree(
    Object.fromEntries(
      Object.keys(files)
        .sort()
        .map((path) => [path, '']),
    ),
    Object.fromEntries(changes),
  );
}

function readLaid(laid: Laid): DiskEntry {
  if (typeof laid === 'string') return { kind: 'file', bytes: new TextEncoder().encode(laid), executable: false };
  if (laid instanceof Uint8Array) return { kind: 'file', bytes: laid, executable: false };
  if ('by' in laid) return { kind: 'blocked', by: laid.by };
  const { text = '', executable = false } = laid as Partial<TreeFile>;
  return { kind: 'file', bytes: new TextEncoder().encode(text), executable };
}
