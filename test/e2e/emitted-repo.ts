/** A repo emitted for one test: installed, and driven through its own commands as its owner would. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { inject, type TestContext } from 'vitest';
import { asCheckedOut, cli, emitCase } from '../golden/emit.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { userShell } from './user-shell.ts';

export interface EmittedRepo {
  path: string;
  /** Runs one of its npm scripts to the end and returns all it printed. Throws with that when it fails. */
  run(script: string, ...args: string[]): Promise<string>;
  /** Runs our own command line there, as somebody who has it; returns what it printed. Throws with that when it fails. */
  tool(...args: string[]): Promise<string>;
  /** Installs what package.json asks for now, into a folder of its own. */
  install(): Promise<void>;
  /** Starts a built workload, and returns when it says SERVING. */
  serve(workload: string, settings?: Record<string, string>): Promise<RunningServer>;
}

export interface Emission {
  name: string;
  flags: readonly string[];
  /** The `node` that everything of the repo runs on. */
  node: string;
}

const onPosix = process.platform !== 'win32';
/** For one step of an emitted repo, which takes about three seconds on an idle machine. */
const patience = 90_000;

/** Emits and installs. The repo is removed, and what it serves is killed, when the test ends. */
export async function emitRepo({ name, flags, node }: Emission, test: TestContext): Promise<EmittedRepo> {
  const path = emitCase({ name, flags }, makeFolder(test), node, asCheckedOut);
  return openRepo(path, node, test);
}

/**
 * The same for a repo of an earlier version, which is brought to this one, and to npm: pnpm and Yarn install, upgrade and
 * build in `test/conformance/registry/`.
 */
export async function upgradeRepo(from: string, node: string, test: TestContext): Promise<EmittedRepo> {
  const path = join(makeFolder(test), basename(from));
  cpSync(from, path, { recursive: true });
  const answers = join(path, 'grpc-aws.json');
  const { packageManager, ...others } = JSON.parse(readFileSync(answers, 'utf8'));
  if (packageManager !== undefined) writeFileSync(answers, `${JSON.stringify(others, null, 2)}\n`);
  await runTool(['upgrade', '--yes', '--no-install'], path, node);
  return openRepo(path, node, test);
}

function makeFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-e2e-'));
  test.onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return folder;
}

async function runTool(args: readonly string[], cwd: string, node: string): Promise<string> {
  const env = { ...userShell(node), ...asCheckedOut };
  const { all } = await execa(node, [cli, ...args], { cwd, env, extendEnv: false, all: true });
  return all;
}

async function openRepo(path: string, node: string, test: TestContext): Promise<EmittedRepo> {
  const name = basename(path);
  const env = userShell(node);
  await installModules(path, env);
  return {
    path,
    async run(script, ...args) {
      const options = { cwd: path, env, extendEnv: false, all: true, reject: false, detached: onPosix } as const;
      const child = execa('npm', ['run', script, '--', ...args], options);
      // npm alone would leave behind what it started, and that keeps the output open.
      const late = setTimeout(() => (onPosix ? process.kill(-(child.pid ?? 0), 'SIGKILL') : child.kill()), patience);
      const { failed, all } = await child;
      clearTimeout(late);
      if (failed) throw new Error(`npm run ${script} in ${name} failed or took over ${patience} ms:\n${all}`);
      return all;
    },
    tool: (...args) => runTool(args, path, node),
    async install() {
      rmSync(join(path, 'node_modules'), { recursive: true, force: true });
      await execa('npm', ['install', '--prefer-offline'], { cwd: path, env, extendEnv: false });
    },
    async serve(workload, settings = {}) {
      const server = await startServer([node, join('dist', workload, 'server.cjs')], path, { ...env, ...settings });
      test.onTestFinished(() => server.kill());
      return server;
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
