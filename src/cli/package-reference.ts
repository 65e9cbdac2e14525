/**
 * What an emitted package.json says of this package: its version; or, where no registry has it, the path of a copy in
 * the repo itself, since a link to a checkout is seen neither by projen nor by a container.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { exitCode, UserError } from '../errors.ts';
import { toolVersion } from '../tool-version.ts';
import type { PackageCopy } from '../upgrade/ports.ts';
import type { World } from './world.ts';

export interface PackageReference {
  /** As it stands in package.json. */
  text: string;
  /** The copy that is to stand where `text` points; undefined for a version, and where it stands already. */
  load(directory: string): PackageCopy | undefined;
  /** Puts it there, into a repo that is new. */
  place(directory: string): void;
  /** Removes what was packed; to be called whatever came of it. */
  discard(): void;
}

/** Where in a repo the copy stands. */
const copyFolder = '.grpc-aws';

type ReferenceWorld = Pick<World, 'env' | 'packageFolder' | 'runProgram' | 'signal'>;

/**
 * `GRPC_AWS_PACKAGE` says what is written; unset or `auto`, it is found out. Packing, where it is needed, happens here,
 * before anything is written, and not at all if nothing will be. Throws `UserError` where npm cannot pack.
 */
export async function findPackageReference(world: ReferenceWorld, writesNothing = false): Promise<PackageReference> {
  const said = world.env.GRPC_AWS_PACKAGE || 'auto';
  if (said !== 'auto') return { text: said, ...nothingPacked };
  const origin = findOrigin(world.packageFolder);
  if (origin === 'registry') return { text: toolVersion, ...nothingPacked };
  if (origin !== 'elsewhere') return referTo(origin.tarball, () => {});
  if (writesNothing) return { text: nameCopy(`create-grpc-aws-${toolVersion}.tgz`), ...nothingPacked };
  const packed = await pack(world);
  return referTo(packed, () => rmSync(dirname(packed), { recursive: true, force: true }));
}

const nothingPacked = { load: () => undefined, place() {}, discard() {} };

function referTo(tarball: string, discard: () => void): PackageReference {
  const path = `${copyFolder}/${basename(tarball)}`;
  const load = (directory: string): PackageCopy | undefined =>
    // The copy that runs may be the repo's own.
    resolve(directory, path) === tarball ? undefined : { path, bytes: readFileSync(tarball) };
  return {
    text: nameCopy(basename(tarball)),
    load,
    place(directory) {
      const copy = load(directory);
      if (copy !== undefined) writeFileSync(join(directory, path), copy.bytes);
    },
    discard,
  };
}

function nameCopy(file: string): string {
  return `file:${copyFolder}/${file}`;
}

type Origin = 'registry' | 'elsewhere' | { tarball: string };

/**
 * npm notes in `node_modules/.package-lock.json` what it installed from elsewhere. Other package managers keep no such
 * file: there the repo's own package.json says it. With none of both, as in their caches, it came from a registry.
 */
function findOrigin(folder: string): Origin {
  const modules = dirname(folder);
  if (basename(modules) !== 'node_modules') return 'elsewhere';
  // pnpm keeps packages in a folder of its own beside the links to them.
  const [installation] = modules.split(/[\\/]node_modules[\\/]\.pnpm[\\/]/);
  const root = installation === undefined || installation === modules ? dirname(modules) : installation;
  const lock = join(modules, '.package-lock.json');
  const { link = false, resolved = '' } = existsSync(lock) ? readLock(lock, basename(folder)) : readRange(root);
  const tarball = /^file:(.+\.tgz)$/.exec(resolved)?.[1];
  if (tarball !== undefined && existsSync(resolve(root, tarball))) return { tarball: resolve(root, tarball) };
  return link || /^(?:file|git)[:+]/.test(resolved) ? 'elsewhere' : 'registry';
}

function readLock(path: string, name: string): LockedPackage {
  const { packages = {} } = JSON.parse(readFileSync(path, 'utf8')) as { packages?: Record<string, LockedPackage> };
  return packages[`node_modules/${name}`] ?? {};
}

function readRange(root: string): LockedPackage {
  const path = join(root, 'package.json');
  if (!existsSync(path)) return {};
  const { devDependencies = {} } = JSON.parse(readFileSync(path, 'utf8')) as {
    devDependencies?: Record<string, string>;
  };
  const resolved = devDependencies['create-grpc-aws'];
  return resolved === undefined ? {} : { resolved };
}

interface LockedPackage {
  link?: boolean;
  resolved?: string;
}

/** Returns the path of the tarball, which stands alone in a folder of its own. */
async function pack({ packageFolder, runProgram, signal }: ReferenceWorld): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-pack-'));
  const args = ['pack', '--ignore-scripts', '--pack-destination', folder];
  const end = await runProgram({ program: 'npm', args, cwd: packageFolder, signal });
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (end.exitCode === 0 && name !== undefined) return join(folder, name);
  rmSync(folder, { recursive: true, force: true });
  throw new UserError(exitCode.refused, {
    at: packageFolder,
    message: 'npm cannot pack it, and this copy of create-grpc-aws came from no registry',
    hint: `See what it says: \`npm pack --ignore-scripts --dry-run\` in ${packageFolder}.`,
  });
}
