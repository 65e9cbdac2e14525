/** Which nginx this machine has: those that NGINX_PROGRAMS names, with `:` between them, and that of the PATH or of a package. */
import { spawnSync } from 'node:child_process';

export interface Nginx {
  command: string;
  /** `1.22.1` */
  version: string;
}

/** One of each version, or why there is none. */
export function findNginx(): readonly Nginx[] | string {
  const commands = [...(process.env.NGINX_PROGRAMS ?? '').split(':').filter(Boolean), 'nginx', '/usr/sbin/nginx'];
  const found = commands.flatMap((command) => {
    // It tells its version on standard error.
    const { stderr } = spawnSync(command, ['-v'], { encoding: 'utf8' });
    const version = /nginx\/(\d+\.\d+\.\d+)/.exec(stderr ?? '')?.[1];
    return version === undefined ? [] : [{ command, version }];
  });
  const versions = new Map(found.map((nginx) => [nginx.version, nginx]));
  return versions.size > 0 ? [...versions.values()] : 'no nginx: it is neither named by NGINX_PROGRAMS nor on the PATH';
}
