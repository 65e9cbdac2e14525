/** A folder that is no repo of ours yet becomes one, by the verb `new`. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode } from '../errors.ts';
import { manifestPath } from '../manifest/manifest.ts';
import type { RepoAnswers } from './check-options.ts';
import { runCli } from './run-cli.ts';
import { stop } from './stop.ts';
import { withAnswersFile } from './with-answers-file.ts';

/** Ends the process with the command line's exit code where it made no repo; the folder is then as it was. */
export function createRepo(directory: string, answers: RepoAnswers, wantsInstall: boolean): void {
  const { workload = [], proto = [], ...said } = answers;
  const putBack = setStubAside(directory);
  const code = withAnswersFile(said, (config) =>
    runCli(directory, [
      ...['new', '.', '--config', config],
      ...workload.flatMap((one) => ['--workload', one]),
      ...proto.flatMap((one) => ['--proto', one]),
      // `projen new` makes the commit itself.
      '--no-git',
      ...(wantsInstall ? [] : ['--no-install']),
    ]),
  );
  if (existsSync(join(directory, manifestPath)) && code === exitCode.done) return;
  putBack();
  // The user may have said no, which is no success for whoever waits for a project.
  stop(code === exitCode.done ? exitCode.refused : code);
}

/**
 * `projen new` installs this package and itself first, which leaves a package.json of two dependencies: it is not the
 * user's. Returns how to bring it back.
 */
function setStubAside(directory: string): () => void {
  const path = join(directory, 'package.json');
  if (!existsSync(path)) return () => {};
  const text = readFileSync(path, 'utf8');
  if (!isStub(text)) return () => {};
  rmSync(path);
  return () => {
    if (!existsSync(path)) writeFileSync(path, text);
  };
}

function isStub(text: string): boolean {
  try {
    const { devDependencies, ...others } = JSON.parse(text) as Record<string, unknown>;
    const names = Object.keys(devDependencies ?? {});
    return Object.keys(others).length === 0 && names.every((name) => ['create-grpc-aws', 'projen'].includes(name));
  } catch {
    return false;
  }
}
