/** Whether an upgrade changes what is to be installed, and who installs it. */
import { join } from 'node:path';
import { type ExitCode, exitCode } from '../errors.ts';
import type { DiskChange } from '../plan/journal.ts';
import { type PackageManager, packageManagerOf, packageManagers } from '../spec/package-managers.ts';
import type { Spec } from '../spec/spec.ts';
import { type InstallationPorts, installPackages } from '../steps/install-packages.ts';
import type { StepOutcome } from '../steps/step-outcome.ts';
import type { Disk } from '../tree/disk.ts';

/** What package managers read beside the names and ranges themselves. */
const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];

/** Another package manager counts; another version of the same one does not. */
export function changesDependencies(writes: readonly DiskChange[]): boolean {
  return changes(writes, readSections);
}

/**
 * Who installs: whom the Spec names, or npm where an upgrade goes back to it. Undefined: nobody said, so it is npm unless
 * there is a lockfile of another one.
 */
export function findManager(spec: Spec, writes: readonly DiskChange[]): PackageManager | undefined {
  const isSaid = spec.packageManager !== undefined || changes(writes, readManager);
  return isSaid ? packageManagerOf(spec) : undefined;
}

export interface Installation {
  code: ExitCode;
  install: StepOutcome;
  /** The commands that are left to run, in order. */
  remaining: readonly string[];
}

export interface InstallationRequest {
  directory: string;
  install: boolean;
  /** As `findManager` tells. */
  manager?: PackageManager | undefined;
}

/** Installs what a change of package.json asks for, as far as that is ours to do. */
export async function installChanged(
  isNeeded: boolean,
  { directory, install, manager }: InstallationRequest,
  ports: InstallationPorts & { disk: Disk },
): Promise<Installation> {
  const commands = listInstallCommands(ports.disk, directory, manager);
  const skip = (reason: string): Installation => ({
    code: exitCode.done,
    install: { status: 'skipped', reason },
    remaining: isNeeded ? commands : [],
  });
  if (!isNeeded) return skip('no dependency changed');
  if (!install) return skip('as asked');
  const installing = manager ?? packageManagers.npm;
  if (commands[0] !== installing.install) return skip('the lockfile is another package manager’s');
  const outcome = await installPackages(directory, installing, ports);
  switch (outcome.status) {
    case 'failed':
      return { code: exitCode.refused, install: outcome, remaining: commands };
    case 'interrupted':
      return { code: exitCode.interrupted, install: outcome, remaining: commands };
    default:
      return { code: exitCode.done, install: outcome, remaining: [] };
  }
}

/**
 * What there is to type. Where the only lockfile is another package manager's, one would lay a second tree over the
 * other: if it was named, what is in its way comes first, which is the user's to remove; else the other one goes on.
 */
export function listInstallCommands(
  disk: Disk,
  directory: string,
  manager: PackageManager | undefined,
): readonly string[] {
  const { install, lockfile } = manager ?? packageManagers.npm;
  const has = (path: string) => disk.identify(join(directory, path)) !== 'nothing';
  const foreign = has(lockfile) ? [] : lockfiles.filter((other) => other.file !== lockfile && has(other.file));
  const [first] = foreign;
  if (first === undefined) return [install];
  if (manager === undefined) return [first.install];
  const inTheWay = [...foreign.map(({ file }) => file), ...(has('node_modules') ? ['node_modules'] : [])];
  return [`rm -rf ${inTheWay.join(' ')}`, install];
}

const lockfiles = [
  ...Object.values(packageManagers).map(({ lockfile, install }) => ({ file: lockfile, install })),
  { file: 'bun.lock', install: 'bun install' },
];

type ReadBytes = (bytes: Uint8Array | undefined) => string;

function changes(writes: readonly DiskChange[], read: ReadBytes): boolean {
  const write = writes.find(({ path }) => path === 'package.json');
  return write !== undefined && read(write.before?.bytes) !== read(write.after?.bytes);
}

const readManager: ReadBytes = (bytes) => {
  const manifest = readManifest(bytes);
  return typeof manifest === 'object' ? nameManager(manifest) : '';
};

const readSections: ReadBytes = (bytes) => {
  const manifest = readManifest(bytes);
  // What is no JSON cannot be told apart: the package manager is to say what it thinks of it.
  if (typeof manifest === 'string') return manifest;
  return JSON.stringify([nameManager(manifest), ...sections.map((name) => manifest[name] ?? {})]);
};

function nameManager({ packageManager = '' }: Record<string, unknown>): string {
  return String(packageManager).replace(/@.*/, '');
}

/** The text itself, where it is no JSON. */
function readManifest(bytes: Uint8Array | undefined): Record<string, unknown> | string {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return text;
  }
}
