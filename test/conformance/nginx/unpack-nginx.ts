/** nginx from the package of this machine's Debian or Ubuntu, unpacked once into node_modules/.cache and installed nowhere. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../../node_modules/.cache', import.meta.url));
const folder = join(cache, 'nginx-package');

/** In milliseconds. */
const patience = 90_000;

/** The program, or why there is none. Nothing of this machine is changed, and nobody has to be root. */
export function unpackNginx(): { command: string } | { reason: string } {
  const command = join(folder, 'usr/sbin/nginx');
  if (existsSync(command)) return { command };
  mkdirSync(cache, { recursive: true });
  // Made aside and renamed when whole: test files run beside one another.
  const aside = mkdtempSync(`${folder}-`);
  try {
    const failure = fetchPackage(aside);
    if (failure !== undefined && !existsSync(command)) return { reason: failure };
    if (!existsSync(command)) renameSync(join(aside, 'root'), folder);
    return { command };
  } catch (error) {
    if (existsSync(command)) return { command };
    return { reason: String(error) };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Undefined where it is in `<aside>/root`. */
function fetchPackage(aside: string): string | undefined {
  const failure = run(aside, 'apt-get', ['download', 'nginx']) && fetchWithOwnLists(aside);
  if (failure !== undefined) return failure;
  const file = readdirSync(aside).find((name) => name.endsWith('.deb'));
  return file === undefined ? 'apt-get brought no package' : run(aside, 'dpkg-deb', ['-x', file, 'root']);
}

/** Where the lists of packages are missing or old, as in most images: they are fetched aside. */
function fetchWithOwnLists(aside: string): string | undefined {
  mkdirSync(join(aside, 'lists/partial'), { recursive: true });
  mkdirSync(join(aside, 'archives/partial'), { recursive: true });
  const own = ['-o', `Dir::State::Lists=${join(aside, 'lists')}`, '-o', `Dir::Cache=${aside}`];
  return run(aside, 'apt-get', [...own, 'update']) ?? run(aside, 'apt-get', [...own, 'download', 'nginx']);
}

/** What it said when it failed. */
function run(cwd: string, program: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: patience });
  if (status === 0) return undefined;
  return error?.message ?? `${program}: ${stderr.trim().split('\n').at(-1)}`;
}
