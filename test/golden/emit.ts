/** Emits repos as users do: through the built CLI, as a process of its own. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GoldenCase } from './cases.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Where the CLI is run: the proto paths of cases begin here. */
export const fixtures = join(root, 'test', 'fixtures');

export const cli = join(root, 'dist', 'cli.js');

/** What goldens name of this package: the version, as if it came from a registry. A checkout would put a copy of itself in. */
export const asReleased = {
  GRPC_AWS_PACKAGE: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version as string,
};
/** With the copy, so that npm can install what is emitted. */
export const asCheckedOut = { GRPC_AWS_PACKAGE: 'auto' };

/** Emits the case into `folder`/<its name> on that Node, and returns that path. Throws with what the CLI said. */
export function emitCase(
  { name, flags }: Pick<GoldenCase, 'name' | 'flags'>,
  folder: string,
  node: string = process.execPath,
  named: { GRPC_AWS_PACKAGE: string } = asReleased,
): string {
  if (!existsSync(cli)) throw new Error(`${cli} is not built: npm run build`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  const args = [cli, path, ...flags, '--yes', '--no-install', '--no-git'];
  execFileSync(node, args, { cwd: fixtures, stdio: 'pipe', env: { ...process.env, ...named } });
  return path;
}
