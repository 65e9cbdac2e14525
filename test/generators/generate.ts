/** The Yeoman door as `yo grpc-aws` goes through it, with answers instead of a terminal. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import helpers from 'yeoman-test';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const app = join(root, 'generators/generators/app/index.js');

/** Emits into a folder of that name, as `yo grpc-aws` there would, and returns its path. */
export async function generate(
  name: string,
  options: object,
  answers: Record<string, unknown> = {},
  parent = makeTemporaryFolder(),
): Promise<string> {
  const folder = join(parent, name);
  mkdirSync(folder);
  await helpers
    .run(app, { namespace: 'grpc-aws:app' })
    .cd(folder)
    .withOptions({ ...options, skipInstall: true })
    .withAnswers({ target: 'local', protos: '', ...answers })
    .run();
  return folder;
}
