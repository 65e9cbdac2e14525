/** The projen door as `npx projen` goes through it, but for the installation of packages. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { asReleased } from '../golden/emit.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const env = { ...asReleased, PROJEN_DISABLE_POST: 'true', CI: '', FORCE_COLOR: '0', NODE_ENV: '' };

/** A folder beside `node_modules` that holds the built package and projen, as `projen new` leaves it. */
export function makeProject(name: string): string {
  const folder = makeTemporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/create-grpc-aws'), 'junction');
  for (const one of ['projen', 'constructs']) {
    symlinkSync(join(root, 'node_modules', one), join(folder, 'node_modules', one), 'junction');
  }
  const project = join(folder, name);
  mkdirSync(project);
  return project;
}

export function synthesize(project: string, options: object, argv: readonly string[] = []) {
  const made = `new GrpcServiceProject(${JSON.stringify(options)}).synth()`;
  const script = `const { GrpcServiceProject } = require('create-grpc-aws/projen'); ${made}`;
  return execa(process.execPath, ['-e', script, ...argv], { cwd: project, env, reject: false });
}
