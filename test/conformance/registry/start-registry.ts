/** A registry of a test's own: this package is published there, everything else comes from the one npm is set to. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { findFreePorts } from '../../e2e/free-ports.ts';
import { userShell } from '../../e2e/user-shell.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface Registry {
  /** The variables of a user's shell whose npm is set to this registry, with a cache of its own, and who git knows. */
  env: Record<string, string>;
  /** Publishes a package's folder. */
  publish(folder: string): Promise<void>;
  stop(): Promise<void>;
}

/** Ours are never looked for elsewhere: another package of that name would be installed in its place. */
const ownNames = ['create-grpc-aws', 'generator-grpc-aws'];
const patience = 30_000;

/** `folder` holds all it keeps. Resolves once it answers; throws with what it printed when it does not. */
export async function startRegistry(folder: string): Promise<Registry> {
  const [port = 0] = await findFreePorts(1);
  const host = `127.0.0.1:${port}`;
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'config.yaml');
  writeFileSync(config, stringify(await describeConfig(folder, host)));
  const registry = spawn(process.execPath, [join(root, 'node_modules/verdaccio/bin/verdaccio'), '--config', config], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [registry.stdout, registry.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const ended = new Promise<void>((resolve) => registry.on('close', () => resolve()));
  const stop = async () => {
    // It would wait for connections that npm keeps open.
    registry.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const deadline = Date.now() + patience;
  while (!(await answers(host))) {
    if (registry.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`The registry does not answer:\n${printed}`);
    }
    await sleep(100);
  }
  const env = describeUser(folder, host);
  return {
    env,
    publish: async (source) =>
      void (await execa('npm', ['publish', '--tag', 'latest'], { cwd: source, env, extendEnv: false })),
    stop,
  };
}

async function describeConfig(folder: string, host: string): Promise<object> {
  const { stdout } = await execa('npm', ['config', 'get', 'registry'], { cwd: root });
  const own = Object.fromEntries(ownNames.map((name) => [name, { access: '$all', publish: '$all' }]));
  return {
    storage: join(folder, 'storage'),
    listen: host,
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    // npm keeps what it downloads already; here it would only fill the disk.
    uplinks: { configured: { url: stdout.trim(), cache: false, timeout: '60s', max_fails: 100 } },
    packages: { ...own, '**': { access: '$all', proxy: 'configured' } },
    web: { enable: false },
    log: { type: 'stdout', format: 'pretty', level: 'warn' },
  };
}

async function answers(host: string): Promise<boolean> {
  try {
    return (await fetch(`http://${host}/-/ping`)).ok;
  } catch {
    return false;
  }
}

function describeUser(folder: string, host: string): Record<string, string> {
  const npmrc = join(folder, 'npmrc');
  // npm publishes for nobody without a token; the registry takes any.
  writeFileSync(npmrc, `registry=http://${host}/\n//${host}/:_authToken=any\n`);
  const gitconfig = join(folder, 'gitconfig');
  writeFileSync(gitconfig, '[user]\n\tname = Test\n\temail = test@example.com\n[init]\n\tdefaultBranch = main\n');
  return {
    ...userShell(process.execPath),
    npm_config_userconfig: npmrc,
    npm_config_cache: join(folder, 'npm-cache'),
    GIT_CONFIG_GLOBAL: gitconfig,
    CI: '',
  };
}
