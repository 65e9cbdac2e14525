/**
 * Which nginx this machine has: those that NGINX_PROGRAMS names, with `:` between them, that of the PATH or of an
 * installed package, and else that of a package which is unpacked for these tests.
 */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { unpackNginx } from './unpack-nginx.ts';

export interface Nginx {
  /** Its path. */
  command: string;
  /** `1.22.1` */
  version: string;
}

/** One of each version, or why there is none. */
export function findNginx(): readonly Nginx[] | string {
  const named = (process.env.NGINX_PROGRAMS ?? '').split(':').filter(Boolean);
  // A whole path each: the tests put a program of this name in front of the PATH.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  const found = [...named, ...folders.map((folder) => join(folder, 'nginx'))].flatMap(askVersion);
  const versions = found.map(({ version }) => version);
  if (found.length > 0) return found.filter(({ version }, index) => versions.indexOf(version) === index);
  const nginx = 'no nginx is named by NGINX_PROGRAMS or on the PATH';
  const unpacked = unpackNginx();
  if ('reason' in unpacked) return `${nginx}, and no package of it could be unpacked: ${unpacked.reason}`;
  const own = askVersion(unpacked.command);
  return own.length > 0 ? own : `${nginx}, and that of the package does not run here`;
}

function askVersion(command: string): Nginx[] {
  // It tells its version on standard error.
  const { stderr } = spawnSync(command, ['-v'], { encoding: 'utf8' });
  const version = /nginx\/(\d+\.\d+\.\d+)/.exec(stderr ?? '')?.[1];
  return version === undefined ? [] : [{ command, version }];
}
