/** Packs this repo, installs the package into an empty folder, and weighs what is there. */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

export interface Installed {
  /** The installed CLI. */
  cli: string;
  packages: number;
  bytes: number;
  /** The tarball that is downloaded. */
  packedBytes: number;
}

/** `root` is the built repo, `folder` an empty one. */
export async function installPackage(root: string, folder: string): Promise<Installed> {
  const packed = await execa('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const report: unknown = JSON.parse(packed.stdout);
  // npm 12 prints an object by name, npm 11 and older a list.
  const [tarball] = Object.values(report as Record<string, { filename: string; size: number }>);
  if (tarball === undefined) throw new Error('npm pack named no tarball');
  const home = join(folder, 'installed');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  await execa('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, tarball.filename)], {
    cwd: home,
  });

  const modules = join(home, 'node_modules');
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bundle = files.filter((entry) => entry.name !== '.package-lock.json');
  return {
    cli: join(modules, 'create-grpc-aws', 'dist', 'cli.js'),
    packages: readdirSync(modules).filter((name) => !name.startsWith('.')).length,
    bytes: bundle.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0),
    packedBytes: tarball.size,
  };
}
