import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { compareTrees } from '../golden/compare-trees.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { env, makeProject, synthesize } from './synthesize.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function emitWithCli(name: string, flags: readonly string[] = []) {
  const folder = makeTemporaryFolder();
  const args = [join(root, 'dist/cli.js'), name, ...flags, '--yes', '--no-install', '--no-git'];
  return execa(process.execPath, args, { cwd: folder, env }).then(() => join(folder, name));
}

test('the same bytes as from the command line', async () => {
  const project = makeProject('orders');
  const { exitCode, stderr } = await synthesize(project, { target: 'local' });
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(compareTrees(await emitWithCli('orders'), project)).toEqual([]);
  expect(readdirSync(join(project, '.projen')).sort()).toEqual(['files.json', 'tasks.json']);
});

test('workloads and a name of its own, with what projen new leaves in the folder', async () => {
  const project = makeProject('folder');
  writeFileSync(join(project, 'package.json'), '{"devDependencies":{"projen":"^0.1.0","create-grpc-aws":"^1.2.3"}}');
  mkdirSync(join(project, 'node_modules'));
  const { exitCode, stderr } = await synthesize(project, { name: 'shop', workload: ['orders', 'billing'] });
  expect([exitCode, stderr]).toEqual([0, '']);
  const flags = ['--workload', 'orders', '--workload', 'billing'];
  expect(compareTrees(await emitWithCli('shop', flags), project)).toEqual([]);
});

test('files of the user’s refuse it, and stay as they are', async () => {
  const project = makeProject('orders');
  writeFileSync(join(project, 'package.json'), '{"devDependencies":{"projen":"^0.1.0"}}');
  writeFileSync(join(project, 'main.py'), 'print()');
  const before = makeTemporaryFolder();
  cpSync(project, before, { recursive: true });
  const { exitCode, stderr } = await synthesize(project, {});
  expect(exitCode).toBe(1);
  expect(stderr).toContain('the folder has other files in it: main.py');
  expect(compareTrees(before, project)).toEqual([]);
});

test('a package.json with more in it than projen new leaves is the user’s', async () => {
  const project = makeProject('orders');
  writeFileSync(join(project, 'package.json'), '{"name":"mine","devDependencies":{"projen":"^0.1.0"}}');
  const { exitCode, stderr } = await synthesize(project, {});
  expect(exitCode).toBe(1);
  expect(stderr).toContain('other files in it: package.json');
  expect(readFileSync(join(project, 'package.json'), 'utf8')).toContain('mine');
});

test('a wrong answer is refused by the name of its option, without a stack', async () => {
  const project = makeProject('orders');
  const { exitCode, stderr } = await synthesize(project, { target: 'ecs' });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error: --target: target is "ecs", but must be one of local/);
  expect(stderr).toContain('  hint: ');
  expect(stderr).not.toContain('    at ');
  expect(readdirSync(project)).toEqual([]);
});

test('a misspelt flag of projen new is refused, which projen itself would drop', async () => {
  const project = makeProject('orders');
  const isNew = { __new__: { fqn: 'create-grpc-aws.GrpcServiceProject', args: {} } };
  const { exitCode, stderr } = await synthesize(project, isNew, [
    '--',
    'new',
    '--taget=local',
    '--no-git',
    '--whatever',
  ]);
  expect([exitCode, stderr]).toEqual([
    2,
    'error: --taget: is no flag that anybody reads\n  hint: Did you mean --target?',
  ]);
});

test('without synth nothing is written', async () => {
  const project = makeProject('orders');
  const { exitCode } = await synthesize(project, {
    __new__: { fqn: 'create-grpc-aws.GrpcServiceProject', args: {}, synth: false },
  });
  expect(exitCode).toBe(0);
  expect(readdirSync(project)).toEqual([]);
});

/** A repo that this door emitted, committed. */
async function makeCommittedRepo(): Promise<string> {
  const project = makeProject('orders');
  await synthesize(project, {});
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    ['commit', '--quiet', '--message', 'first'],
  ]) {
    await execa('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: project });
  }
  return project;
}

async function listChanges(project: string): Promise<string[]> {
  const { stdout } = await execa('git', ['status', '--porcelain'], { cwd: project });
  return stdout.split('\n').filter(Boolean);
}

test('a second synthesis changes nothing', async () => {
  const project = await makeCommittedRepo();
  expect(await synthesize(project, {})).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await listChanges(project)).toEqual([]);
});

test('an option wins over grpc-aws.json, and the repo follows', async () => {
  const project = await makeCommittedRepo();
  expect(await synthesize(project, { name: 'renamed' })).toMatchObject({ exitCode: 0, stderr: '' });
  expect(readFileSync(join(project, 'grpc-aws.json'), 'utf8')).toContain('"name": "renamed"');
  expect(readFileSync(join(project, 'package.json'), 'utf8')).toContain('"name": "renamed"');
  expect(await listChanges(project)).not.toContain(' M README.md');
});

test('an upgrade that is refused takes the option back out of grpc-aws.json', async () => {
  const project = await makeCommittedRepo();
  const path = join(project, 'package.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"private": true', '"private": false'));
  const { exitCode, stderr } = await synthesize(project, { name: 'renamed' });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('package.json');
  expect(await listChanges(project)).toEqual([' M package.json']);
});

test('conflicts end it with exit code 3', async () => {
  const project = await makeCommittedRepo();
  const path = join(project, 'package.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"name": "orders"', '"name": "mine"'));
  await execa('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', 'commit', '-qam', 'mine'], {
    cwd: project,
  });
  const { exitCode } = await synthesize(project, { name: 'renamed' });
  expect(exitCode).toBe(3);
  expect(readFileSync(path, 'utf8')).toContain('"name": "mine"');
  expect(readFileSync(join(project, 'grpc-aws.json'), 'utf8')).toContain('"name": "renamed"');
});

test('a repo without its answers is told by the command line what to do', async () => {
  const project = await makeCommittedRepo();
  rmSync(join(project, 'grpc-aws.json'));
  const { exitCode, stderr } = await synthesize(project, { name: 'renamed' });
  expect(exitCode).toBeGreaterThan(0);
  expect(stderr).toContain('grpc-aws.json');
  expect(stderr).not.toContain('    at ');
});
