/** Emits repos as users do: through the built CLI, as a process of its own. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GoldenCase } from './cases.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Where the CLI is run: the proto paths of cases begin here. */
export const fixtures = join(root, 'test', 'fixtures');

export const cli = join(root, 'dist', 'cli.js');

/** Emits the case into `folder`/<its name> on that Node, and returns that path. Throws with what the CLI said. */
export function emitCase({ name, flags }: GoldenCase, folder: string, node: string = process.execPath): string {
  if (!existsSync(cli)) throw new Error(`${cli} is not built: npm run build`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  execFileSync(node, [cli, path, ...flags, '--yes', '--no-install', '--no-git'], { cwd: fixtures, stdio: 'pipe' });
  return path;
}
