/** `npm create grpc-aws orders --proto x` without `--`: npm keeps such flags for itself, and a wrong project would come out. */
import { exitCode, UserError } from '../errors.ts';
import { flags } from './flags.ts';

/**
 * npm passes what it took to its programs as `npm_config_<name>`. Only names that mean nothing else to npm or to a
 * user's `.npmrc` are looked at (`arch` and `target` choose the builds of native packages), and `dry-run`, because
 * mistaking it writes files.
 * @throws UserError (usage)
 */
export function refuseSwallowedFlags(env: Readonly<Record<string, string | undefined>>): void {
  if (env.npm_command !== 'init' && env.npm_command !== 'exec') return;
  const telling = ['workload', 'proto', 'region', 'domain', 'zone', 'environment', 'package-manager', 'dry-run'];
  const taken = flags.filter(
    ({ name }) => telling.includes(name) && env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined,
  );
  if (taken.length === 0) return;
  const names = taken.map(({ name }) => `--${name}`).join(', ');
  throw new UserError(exitCode.usage, {
    message: `npm took ${names} for itself`,
    hint: `Put -- before the flags: npm create grpc-aws DIRECTORY -- ${taken.map(({ name, valueName }) => `--${name}${valueName ? ` ${valueName}` : ''}`).join(' ')}`,
  });
}
