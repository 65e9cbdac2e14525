/** A repo of ours is rendered again from its answers, by the verb `upgrade`. */
import { exitCode } from '../errors.ts';
import type { RepoAnswers } from './check-options.ts';
import { runCli } from './run-cli.ts';
import { stop } from './stop.ts';
import { withAnswersFile } from './with-answers-file.ts';

/** Ends the process with the command line's exit code where that is not 0. What the options say goes into `grpc-aws.json`. */
export function upgradeRepo(directory: string, answers: RepoAnswers, wantsInstall: boolean): void {
  const { workload: _, proto: __, ...said } = answers;
  const install = wantsInstall ? [] : ['--no-install'];
  const code = withAnswersFile(said, (config) =>
    runCli(directory, ['upgrade', '--yes', '--config', config, ...install]),
  );
  if (code !== exitCode.done) stop(code);
}
