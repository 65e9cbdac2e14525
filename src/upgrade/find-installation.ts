/** Whether an upgrade changes what is to be installed, and who installs it. */
import { join } from 'node:path';
import { type ExitCode, exitCode } from '../errors.ts';
import type { DiskChange } from '../plan/journal.ts';
import { defaultPackageManager, type PackageManager, packageManagers } from '../spec/package-managers.ts';
import { type InstallationPorts, installPackages } from '../steps/install-packages.ts';
import type { StepOutcome } from '../steps/step-outcome.ts';
import type { Disk } from '../tree/disk.ts';

/** What package managers read beside the names and ranges themselves. */
const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];

/** Another package manager counts; another version of the same one does not. */
export function changesDependencies(writes: readonly DiskChange[]): boolean {
  const write = writes.find(({ path }) => path === 'package.json');
  return write !== undefined && readSections(write.before?.bytes) !== readSections(write.after?.bytes);
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
  /** Absent: whose lockfile there is. */
  manager?: PackageManager;
}

/**
 * What there is to type. Where the lockfile is another package manager's, it would lay a second tree over its own: that
 * lockfile and what it installed are the user's to remove, and come first.
 */
export function listInstallCommands(
  disk: Disk,
  { directory, manager = findManager(disk, directory) }: Pick<InstallationRequest, 'directory' | 'manager'>,
): readonly string[] {
  const inTheWay = findInTheWay(disk, directory, manager);
  return inTheWay.length === 0 ? [manager.install] : [`rm -rf ${inTheWay.join(' ')}`, manager.install];
}

/** Installs what a change of package.json asks for, as far as that is ours to do. */
export async function installChanged(
  isNeeded: boolean,
  { directory, install, manager: said }: InstallationRequest,
  ports: InstallationPorts & { disk: Disk },
): Promise<Installation> {
  const manager = said ?? findManager(ports.disk, directory);
  const remaining = isNeeded ? listInstallCommands(ports.disk, { directory, manager }) : [];
  const skip = (reason: string): Installation => ({
    code: exitCode.done,
    install: { status: 'skipped', reason },
    remaining,
  });
  if (!isNeeded) return skip('no dependency changed');
  if (!install) return skip('as asked');
  if (remaining.length > 1) return skip('the lockfile is another package manager’s');
  const outcome = await installPackages(directory, manager, ports);
  switch (outcome.status) {
    case 'failed':
      return { code: exitCode.refused, install: outcome, remaining };
    case 'interrupted':
      return { code: exitCode.interrupted, install: outcome, remaining };
    default:
      return { code: exitCode.done, install: outcome, remaining: [] };
  }
}

function findManager(disk: Disk, directory: string): PackageManager {
  const found = Object.values(packageManagers).find(({ lockfile }) => isFile(disk, directory, lockfile));
  return found ?? packageManagers[defaultPackageManager];
}

/** Nothing where its own lockfile is there already. */
function findInTheWay(disk: Disk, directory: string, { lockfile }: PackageManager): string[] {
  if (isFile(disk, directory, lockfile)) return [];
  const others = [...Object.values(packageManagers).map((other) => other.lockfile), 'bun.lock'];
  const foreign = others.filter((other) => other !== lockfile && isFile(disk, directory, other));
  const hasModules = disk.identify(join(directory, 'node_modules')) === 'folder';
  return foreign.length === 0 ? [] : [...foreign, ...(hasModules ? ['node_modules'] : [])];
}

function isFile(disk: Disk, directory: string, path: string): boolean {
  return disk.identify(join(directory, path)) === 'file';
}

function readSections(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  const text = new TextDecoder().decode(bytes);
  try {
    const manifest = JSON.parse(text) as Record<string, unknown>;
    const manager = String(manifest.packageManager ?? '').split('@')[0];
    return JSON.stringify([manager, ...sections.map((name) => manifest[name] ?? {})]);
  } catch {
    // What is no JSON cannot be told apart: the package manager is to say what it thinks of it.
    return text;
  }
}
