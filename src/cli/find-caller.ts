/** Which package manager runs this: `pnpm create grpc-aws` tells as much as a flag would. */
import type { PackageManagerId } from '../spec/spec.ts';

/** Undefined: npm, none, or one that cannot install what would be emitted. */
export function findCaller(env: Readonly<Record<string, string | undefined>>): PackageManagerId | undefined {
  const [, name, major] = /^(pnpm|yarn)\/(\d+)\./.exec(env.npm_config_user_agent ?? '') ?? [];
  if (name === 'pnpm') return 'pnpm';
  return name === 'yarn' && Number(major) >= leastYarn ? 'yarn' : undefined;
}

/** The line before it stays as it is, and reads no `.yarnrc.yml`. */
const leastYarn = 2;
