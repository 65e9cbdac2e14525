import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { create } from '../../src/create/create.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { openPorts, request, runWithGit } from './creation-ports.ts';

vi.mock('../../src/render/render.ts', () => import('./stand-in-render.ts'));

const message = 'Create orders with create-grpc-aws 0.1.0';
const identity = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};
const noIdentity = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.useConfigOnly', GIT_CONFIG_VALUE_0: 'true' };

let root: string;
let directory: string;
beforeEach(() => {
  root = makeTemporaryFolder();
  directory = join(root, 'orders');
});

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: directory, encoding: 'utf8' }).trim();
}

function openGitPorts(env: Record<string, string>) {
  const writeLockfile = (cwd: string) => {
    writeFileSync(join(cwd, 'package-lock.json'), '{}\n');
    mkdirSync(join(cwd, 'node_modules'));
    writeFileSync(join(cwd, 'node_modules/x'), '');
  };
  return { ...openPorts(root), runProgram: runWithGit(env, writeLockfile) };
}

test('the first commit is on main, with the lockfile, without what is ignored, and nothing is left', async () => {
  const { code, git: outcome } = await create(request(directory), openGitPorts(identity));
  expect([code, outcome]).toEqual([0, { status: 'done' }]);
  expect(git('log', '--format=%s')).toBe(message);
  expect(git('branch', '--show-current')).toBe('main');
  expect(git('status', '--porcelain')).toBe('');
  const files = git('ls-files').split('\n');
  expect(files).toContain('package-lock.json');
  expect(files).toContain('.grpc-aws/base.json');
  expect(files).not.toContain('node_modules/x');
});

test('without an identity the repo stays uncommitted, and the commands are told', async () => {
  const { code, git: outcome, remaining } = await create(request(directory), openGitPorts(noIdentity));
  expect(code).toBe(0);
  expect(outcome).toMatchObject({
    status: 'failed',
    fault: {
      message: 'git knows no name and e-mail address to commit with',
      hint: 'Tell it: `git config --global user.name "Your Name" && git config --global user.email "you@example.com"`.',
    },
  });
  expect(remaining).toEqual([
    'git config --global user.name "Your Name"',
    'git config --global user.email "you@example.com"',
    `git commit -m "${message}"`,
  ]);
  expect(git('status', '--porcelain')).toContain('A  package.json');
});

test('inside another repository there is no second one', async () => {
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  const { code, git: outcome, remaining } = await create(request(directory), openGitPorts(identity));
  expect(code).toBe(0);
  expect(outcome).toEqual({ status: 'skipped', reason: `it is in the git repository at ${root}` });
  expect(remaining).toEqual([]);
  expect(git('rev-parse', '--show-toplevel')).toBe(root);
});

test('a folder that is a repository already is filled, and the commit is left to its owner', async () => {
  mkdirSync(directory);
  git('init', '--quiet');
  const { plan, remaining } = await create(request(directory), openGitPorts(identity));
  expect(plan.kept).toEqual([{ path: '.git' }]);
  expect(remaining).toEqual(['git add -A', `git commit -m "${message}"`]);
  expect(git('status', '--porcelain')).toContain('?? package.json');
});

test('a git that is missing is told, and all its commands are left', async () => {
  const ports = openPorts(root, ({ program }) =>
    program === 'git' ? { exitCode: undefined, startFault: 'spawn git ENOENT' } : undefined,
  );
  const { code, git: outcome, remaining } = await create(request(directory), ports);
  expect(code).toBe(0);
  expect(outcome).toEqual({ status: 'skipped', reason: 'git could not be started: spawn git ENOENT' });
  expect(remaining).toEqual(['git init -b main', 'git add -A', `git commit -m "${message}"`]);
});

test('a commit that git refuses for another reason is told with what it said', async () => {
  const ports = openPorts(root, ({ args }) =>
    args.includes('commit') ? { exitCode: 1, output: 'hook: no\n' } : undefined,
  );
  const { code, git: outcome, remaining } = await create(request(directory), ports);
  expect(code).toBe(0);
  expect(outcome).toMatchObject({ status: 'failed', output: 'hook: no' });
  expect(remaining).toEqual([`git commit -m "${message}"`]);
});
