/** A repo emitted for one test: installed, and driven through its own commands as its owner would. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecaError, execa, type ResultPromise } from 'execa';
import { inject, onTestFinished } from 'vitest';
import { emitCase } from '../golden/emit.ts';
import { userShell } from './user-shell.ts';

export interface EmittedRepo {
  path: string;
  /** Runs one of its npm scripts to the end and returns all it printed. Throws with that when it fails. */
  run(script: string, ...args: string[]): Promise<string>;
  /** Starts a program in it without waiting; it is killed when the test ends. */
  start(command: readonly [string, ...string[]], env?: Record<string, string>): ResultPromise<typeof startOptions>;
}

const startOptions = { all: true, reject: false, extendEnv: false } as const;

/** Emits with those flags and installs; everything it runs is run on that Node. Removed when the test ends. */
export async function emitRepo(name: string, flags: readonly string[], node: string): Promise<EmittedRepo> {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  const path = emitCase({ name, shows: 'itself', flags }, folder, node);
  const env = userShell(node);
  await installModules(path, env);
  return {
    path,
    async run(script, ...args) {
      const result = await execa('npm', ['run', script, '--', ...args], {
        cwd: path,
        env,
        extendEnv: false,
        all: true,
      }).catch((error: ExecaError<{ all: true }>) => {
        throw new Error(`npm run ${script} in ${name} failed:\n${error.all ?? error.message}`);
      });
      return result.all;
    },
    start([program, ...args], extra = {}) {
      const child = execa(program, args, { ...startOptions, cwd: path, env: { ...env, ...extra } });
      onTestFinished(() => void child.kill('SIGKILL'));
      return child;
    },
  };
}

/** Links the modules of the repo that was installed once where the dependencies are the same, else asks npm. */
async function installModules(path: string, env: Record<string, string>): Promise<void> {
  const installed = inject('installed');
  if (readDependencies(path) === readDependencies(installed)) {
    symlinkSync(join(installed, 'node_modules'), join(path, 'node_modules'), 'junction');
  } else {
    await execa('npm', ['install', '--prefer-offline'], { cwd: path, env, extendEnv: false });
  }
}

function readDependencies(path: string): string {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  return JSON.stringify({ dependencies, devDependencies });
}
