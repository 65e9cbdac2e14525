/** pnpm and Yarn at a registry: what they create, and what `projen upgrade` makes of it when a new version is there. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PackageManager, packageManagers } from '../../../src/spec/package-managers.ts';
import { versions } from '../../../src/versions.ts';
import { readText } from '../../structure/repo-files.ts';
import { buildPackage } from './build-package.ts';
import { type Registry, startRegistry } from './start-registry.ts';

const { version } = JSON.parse(readText('package.json')) as { version: string };
const next = version.replace(/\d+$/, (patch) => String(Number(patch) + 1));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'grpc-aws-managers-')));
const both = [packageManagers.pnpm, packageManagers.yarn];
let registry: Registry;
let env: Record<string, string>;

beforeAll(async () => {
  registry = await startRegistry(join(folder, 'registry'));
  const prefix = join(folder, 'global');
  // Each has its own way to be told of a registry, and of where it keeps things.
  env = {
    ...registry.env,
    PATH: [join(prefix, 'bin'), registry.env.PATH].join(delimiter),
    npm_config_prefix: prefix,
    PNPM_HOME: join(folder, 'pnpm'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    YARN_GLOBAL_FOLDER: join(folder, 'yarn'),
    YARN_NPM_REGISTRY_SERVER: readRegistry(registry.env),
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
  };
  const names = [`pnpm@${versions.pnpm.version}`, `@yarnpkg/cli-dist@${versions.yarn.version}`];
  await execa('npm', ['install', '--global', ...names], { env, extendEnv: false });
  await buildPackage(join(folder, 'package'), version);
  await registry.publish(join(folder, 'package'));
}, 240_000);
afterAll(async () => {
  await registry?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}, 120_000);

function readRegistry({ npm_config_userconfig: npmrc = '' }: Record<string, string>): string {
  return /^registry=(.*)$/m.exec(readFileSync(npmrc, 'utf8'))?.[1] ?? '';
}

async function type(cwd: string, line: string, more: Record<string, string> = {}): Promise<string> {
  const [program = '', ...args] = line.split(' ');
  return (await execa(program, args, { cwd, env: { ...env, ...more }, extendEnv: false, all: true, timeout: 240_000 }))
    .all;
}

/** Outside of a repo Yarn takes no version that is younger than a day, and this one is of today. */
const anyAge = { YARN_NPM_MINIMAL_AGE_GATE: '0' };

const nameRepo = ({ id }: PackageManager) => join(folder, id, 'orders');

test.each(both)(
  '$id create makes a repo for $id, which projen leaves as it is',
  { timeout: 480_000 },
  async (manager) => {
    const repo = nameRepo(manager);
    mkdirSync(join(repo, '..'), { recursive: true });
    await type(join(repo, '..'), `${manager.id} create grpc-aws orders --yes`, anyAge);
    const { packageManager, devDependencies } = JSON.parse(readFileSync(join(repo, 'package.json'), 'utf8'));
    expect(packageManager).toContain(`${manager.id}@`);
    expect(devDependencies['create-grpc-aws']).toBe(version);
    expect(readFileSync(join(repo, manager.lockfile), 'utf8')).toContain('create-grpc-aws');
    await type(repo, `${manager.exec} projen`);
    expect(await type(repo, 'git status --porcelain')).toBe('');
  },
);

test('projen upgrade brings the next version to each', { timeout: 480_000 }, async () => {
  await buildPackage(join(folder, 'next'), next, (files) => {
    files['base/CONTRIBUTING.md'] = { text: 'Test it first.\n', executable: false };
  });
  await registry.publish(join(folder, 'next'));
  for (const manager of both) {
    const repo = nameRepo(manager);
    await type(repo, `${manager.exec} projen upgrade`);
    expect(readFileSync(join(repo, 'CONTRIBUTING.md'), 'utf8')).toBe('Test it first.\n');
    const installed = readFileSync(join(repo, 'node_modules/create-grpc-aws/package.json'), 'utf8');
    expect(JSON.parse(installed).version).toBe(next);
    await type(repo, 'git add --all');
    await type(repo, 'git commit --message upgrade');
    await type(repo, `${manager.exec} projen`);
    expect(await type(repo, 'git status --porcelain')).toBe('');
    await type(repo, `${manager.run} build`);
  }
});
