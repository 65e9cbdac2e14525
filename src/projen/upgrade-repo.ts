/** A repo of ours is rendered again from its answers, by the verb `upgrade`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode } from '../errors.ts';
import { basePath } from '../manifest/manifest.ts';
import { checkSpec } from '../spec/check-spec.ts';
import { readSpec, writeSpec } from '../spec/read-spec.ts';
import type { RepoAnswers } from './check-options.ts';
import { runCli } from './run-cli.ts';
import { stop, stopAtFaults } from './stop.ts';

const specPath = 'grpc-aws.json';

/** Ends the process with the command line's exit code where that is not 0. */
export function upgradeRepo(directory: string, answers: RepoAnswers, wantsInstall: boolean): void {
  const putBack = writeAnswers(directory, answers);
  const base = readIfThere(join(directory, basePath));
  const code = runCli(directory, ['upgrade', '--yes', ...(wantsInstall ? [] : ['--no-install'])]);
  if (code === exitCode.done) return;
  // What was written stays, conflicts and a failed installation or not; otherwise it was refused, answers and all.
  if (readIfThere(join(directory, basePath)) === base) putBack();
  stop(code);
}

/** What the options say goes into `grpc-aws.json`, as if it had been edited there. Returns how to undo that. */
function writeAnswers(directory: string, { workload: _, proto: __, ...said }: RepoAnswers): () => void {
  if (Object.keys(said).length === 0) return () => {};
  const path = join(directory, specPath);
  const before = readIfThere(path);
  // The command line says what is to be done about that.
  if (before === undefined) return () => {};
  const after = stopAtFaults(() => {
    const spec = readSpec(before, specPath);
    return writeSpec(checkSpec({ ...spec, ...said })) === writeSpec(spec)
      ? before
      : writeSpec(checkSpec({ ...spec, ...said }));
  });
  if (after === before) return () => {};
  writeFileSync(path, after);
  return () => writeFileSync(path, before);
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
