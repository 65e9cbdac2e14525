/** Runs programs, git above all, as nobody in particular: the machine's own settings of git have no say. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export const environment: NodeJS.ProcessEnv = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_COUNT: '3',
  GIT_CONFIG_KEY_0: 'user.name',
  GIT_CONFIG_VALUE_0: 'bench',
  GIT_CONFIG_KEY_1: 'user.email',
  GIT_CONFIG_VALUE_1: 'bench@example.invalid',
  GIT_CONFIG_KEY_2: 'init.defaultBranch',
  GIT_CONFIG_VALUE_2: 'main',
  // What a published package says of itself in the repos that it emits.
  GRPC_AWS_PACKAGE: version,
  // Nothing that is run here is to install packages.
  PROJEN_DISABLE_POST: '1',
};

export interface Finished {
  /** -1 where a signal ended it. */
  code: number;
  /** Both streams. */
  output: string;
}

/** `killAfter` is in milliseconds. */
export function finish([program = '', ...args]: readonly string[], folder: string, killAfter?: number): Finished {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    ...(killAfter === undefined ? {} : { timeout: killAfter, killSignal: 'SIGKILL' }),
  });
  if (error !== undefined && status === null && killAfter === undefined) throw error;
  return { code: status ?? -1, output: `${stdout}${stderr}` };
}

/** Throws what it said where it failed. Returns its output. */
export function run(command: readonly string[], folder: string): string {
  const { code, output } = finish(command, folder);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${output}`);
  return output;
}

export function git(folder: string, ...args: string[]): string {
  return run(['git', ...args], folder);
}

/** What git does not ignore. */
export function commitAll(folder: string, subject: string): void {
  git(folder, 'add', '--all', '.');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', subject);
}
