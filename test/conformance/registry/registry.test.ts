import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareTrees } from '../../golden/compare-trees.ts';
import { readText } from '../../structure/repo-files.ts';
import { buildPackage, type Templates } from './build-package.ts';
import { type Registry, startRegistry } from './start-registry.ts';

const { version } = JSON.parse(readText('package.json')) as { version: string };
const next = version.replace(/\d+$/, (patch) => String(Number(patch) + 1));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'grpc-aws-registry-')));
let registry: Registry;

beforeAll(async () => {
  registry = await startRegistry(join(folder, 'registry'));
  await buildPackage(join(folder, 'package'), version);
  await registry.publish(join(folder, 'package'));
}, 120_000);
afterAll(async () => {
  await registry?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}, 120_000);

/** What a user types, in a folder; `npm create` and the like ask nothing here. */
async function type(cwd: string, line: string): Promise<string> {
  const [program = '', ...args] = line.split(' ');
  const { all } = await execa(program, args, { cwd, env: registry.env, extendEnv: false, all: true, timeout: 240_000 });
  return all;
}

/** A folder `orders` of a test's own. */
function makeFolder(parent: string): string {
  const path = join(folder, parent, 'orders');
  mkdirSync(path, { recursive: true });
  return path;
}

/** The repo without what npm and git put into it: the lockfile has the addresses of this registry. */
function emitted(repo: string): string {
  const copy = mkdtempSync(join(folder, 'emitted-'));
  const left = ['node_modules', '.git', 'package-lock.json'];
  cpSync(repo, copy, { recursive: true, filter: (path) => !left.includes(relative(repo, path).split('/')[0] ?? '') });
  return copy;
}

/** What a later version might bring: a file more, a file less, another text. */
function changeTemplates(files: Templates): void {
  files['base/CONTRIBUTING.md'] = { text: 'Run npm test.\n', executable: false };
  delete files['base/.env.example'];
  const settings = files['base/.editorconfig'];
  if (settings) settings.text += '\n[*.md]\ntrim_trailing_whitespace = false\n';
}

test.each([
  ['local', '--target=local'],
  ['ecs-alb', '--target=ecs-alb --region=eu-west-1 --domain=grpc.example.com'],
])(
  'for %s npm create and projen new make the same repo, and npx projen leaves it as it is',
  {
    timeout: 480_000,
  },
  async (target, answers) => {
    const created = makeFolder(`${target}-by-npm`);
    await type(created, `npm create grpc-aws@latest -- . --yes ${answers}`);
    const manifest = JSON.parse(readFileSync(join(created, 'package.json'), 'utf8'));
    expect(manifest.devDependencies['create-grpc-aws']).toBe(version);

    const generated = makeFolder(`${target}-by-projen`);
    await type(generated, `npx projen new --from create-grpc-aws grpc-service ${answers}`);
    expect(compareTrees(emitted(created), emitted(generated))).toEqual([]);
    expect(existsSync(join(generated, 'node_modules/typescript'))).toBe(true);

    for (const repo of [created, generated]) {
      await type(repo, 'npx projen');
      expect(await type(repo, 'git status --porcelain'), repo).toBe('');
      expect(await type(repo, 'npx create-grpc-aws upgrade --check')).toContain('Up to date');
    }
  },
);

test('npx projen upgrade brings the next version, and leaves the user’s edits', { timeout: 480_000 }, async () => {
  const repo = join(folder, 'local-by-projen/orders');
  const readme = join(repo, 'README.md');
  writeFileSync(readme, `${readFileSync(readme, 'utf8')}\nOurs.\n`);
  const ignored = join(repo, '.gitignore');
  writeFileSync(ignored, `${readFileSync(ignored, 'utf8')}/ours/\n`);
  await type(repo, 'git commit --all --message edits');

  await buildPackage(join(folder, 'next'), next, changeTemplates);
  await registry.publish(join(folder, 'next'));
  await type(repo, 'npx projen upgrade');

  const fresh = makeFolder('fresh');
  await type(fresh, 'npm create grpc-aws@latest -- . --yes --no-install');
  for (const path of ['README.md', '.gitignore']) cpSync(join(repo, path), join(fresh, path));
  expect(compareTrees(emitted(fresh), emitted(repo))).toEqual([]);
  expect(readFileSync(ignored, 'utf8')).toContain('/ours/');
  const installed = readFileSync(join(repo, 'node_modules/create-grpc-aws/package.json'), 'utf8');
  expect(JSON.parse(installed).version).toBe(next);
  const lock = JSON.parse(readFileSync(join(repo, 'package-lock.json'), 'utf8'));
  expect(lock.packages['node_modules/create-grpc-aws'].version).toBe(next);

  await type(repo, 'git add --all');
  await type(repo, 'git commit --message upgrade');
  await type(repo, 'npx projen');
  expect(await type(repo, 'git status --porcelain')).toBe('');
  await type(repo, 'npm test');
});
