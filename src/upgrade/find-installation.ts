/** Whether an upgrade changes what is to be installed, and who installs it. */
import { join } from 'node:path';
import { type ExitCode, exitCode } from '../errors.ts';
import type { DiskChange } from '../plan/journal.ts';
import { type InstallationPorts, installCommand, installPackages } from '../steps/install-packages.ts';
import type { StepOutcome } from '../steps/step-outcome.ts';
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

export interface Installation {
  code: ExitCode;
  install: StepOutcome;
  /** The command, where it is left to run. */
  remaining: readonly string[];
}

/** Installs what a change of package.json asks for, as far as that is ours to do. */
export async function installChanged(
  isNeeded: boolean,
  { directory, install }: { directory: string; install: boolean },
  ports: InstallationPorts & { disk: Disk },
): Promise<Installation> {
  const command = findInstallCommand(ports.disk, directory);
  const skip = (reason: string): Installation => ({
    code: exitCode.done,
    install: { status: 'skipped', reason },
    remaining: isNeeded ? [command] : [],
  });
  if (!isNeeded) return skip('no dependency changed');
  if (!install) return skip('as asked');
  if (command !== installCommand) return skip('npm does not manage these packages');
  const outcome = await installPackages(directory, ports);
  switch (outcome.status) {
    case 'failed':
      return { code: exitCode.refused, install: outcome, remaining: [command] };
    case 'interrupted':
      return { code: exitCode.interrupted, install: outcome, remaining: [command] };
    default:
      return { code: exitCode.done, install: outcome, remaining: [] };
  }
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
