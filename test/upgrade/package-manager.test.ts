/** Another package manager is another answer: the upgrade swaps the files, and says what is left by the one before. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { edit, emitRepo, lookAt, put, read, remove, upgradeRepo } from './upgrade-repo.ts';

let root: string;
let directory: string;
beforeEach(async () => {
  root = makeTemporaryFolder();
  directory = join(root, 'orders');
  await emitRepo(directory);
});

function choose(packageManager?: string): void {
  const line = packageManager === undefined ? '' : `  "packageManager": "${packageManager}",\n`;
  edit(directory, 'grpc-aws.json', (text) =>
    text.replace(/ {2}"packageManager".*\n/, '').replace(/(?<="target".*\n)/, line),
  );
}

function listen() {
  const calls: string[] = [];
  const runProgram = async ({ program, args }: { program: string; args: readonly string[] }) => {
    calls.push([program, ...args].join(' '));
    return { exitCode: 0, output: '' };
  };
  return { calls, runProgram };
}

describe('npm to pnpm', () => {
  test('swaps the files, keeps edits, and names what is in the way', async () => {
    put(directory, 'package-lock.json', '{}\n');
    mkdirSync(join(directory, 'node_modules'));
    edit(directory, 'package.json', (text) => text.replace('"lint":', '"mine": "echo mine",\n    "lint":'));
    edit(directory, 'Dockerfile', (text) => `${text}# mine\n`);
    choose('pnpm');
    const { calls, runProgram } = listen();
    const result = await upgradeRepo(directory, { runProgram });
    expect(result).toMatchObject({
      status: 'upgraded',
      code: 0,
      install: { status: 'skipped' },
      remaining: ['rm -rf package-lock.json node_modules', 'pnpm install'],
    });
    expect(calls).toEqual([]);
    expect(existsSync(join(directory, 'package-lock.json'))).toBe(true);
    const { packageManager, allowScripts, scripts } = JSON.parse(read(directory, 'package.json'));
    expect([packageManager, allowScripts]).toEqual([expect.stringMatching(/^pnpm@\d+\.\d+\.\d+$/), undefined]);
    expect(scripts).toMatchObject({ mine: 'echo mine', dev: 'pnpm run generate && node scripts/run.mjs --watch' });
    expect(read(directory, 'pnpm-workspace.yaml')).toContain('allowBuilds:');
    expect(read(directory, 'Dockerfile')).toMatch(/pnpm install[\s\S]*# mine\n$/);
    expect((await upgradeRepo(directory)).status).toBe('current');
  });

  test('of a repo that nobody edited is what a fresh one is, the README apart, and is installed', async () => {
    choose('pnpm');
    const { calls, runProgram } = listen();
    const result = await upgradeRepo(directory, { runProgram, toolVersion: '0.1.0' });
    expect(result).toMatchObject({ status: 'upgraded', install: { status: 'done' }, remaining: [] });
    expect(calls).toEqual(['pnpm install --no-frozen-lockfile']);
    const fresh = join(root, 'fresh/orders');
    await emitRepo(fresh, {}, ['orders'], { packageManager: 'pnpm' });
    const [now, then] = [lookAt(directory), lookAt(fresh)];
    now.delete('README.md');
    then.delete('README.md');
    expect(now).toEqual(then);
  });

  test('and back leaves nothing of pnpm but what pnpm made', async () => {
    const before = lookAt(directory);
    choose('pnpm');
    await upgradeRepo(directory, { toolVersion: '0.1.0' });
    put(directory, 'pnpm-lock.yaml', '');
    choose();
    const { calls, runProgram } = listen();
    const result = await upgradeRepo(directory, { runProgram, toolVersion: '0.1.0' });
    expect(result).toMatchObject({ remaining: ['rm -rf pnpm-lock.yaml', 'npm install'] });
    expect(calls).toEqual([]);
    remove(directory, 'pnpm-lock.yaml');
    expect(lookAt(directory)).toEqual(before);
  });
});

test('a change of its version alone installs nothing', async () => {
  choose('yarn');
  await upgradeRepo(directory);
  edit(directory, 'package.json', (text) => text.replace(/yarn@[\d.]+/, 'yarn@4.0.0'));
  edit(directory, '.grpc-aws/base.json', (text) => text.replace(/yarn@[\d.]+/, 'yarn@4.0.0'));
  const { calls, runProgram } = listen();
  expect(await upgradeRepo(directory, { runProgram })).toMatchObject({ status: 'upgraded', remaining: [] });
  expect(read(directory, 'package.json')).not.toContain('yarn@4.0.0');
  expect(calls).toEqual([]);
});

test('conflicts come before what is in the way', async () => {
  put(directory, 'yarn.lock', '');
  edit(directory, 'Dockerfile', (text) => text.replace('RUN npm run build', 'RUN npm run build --if-present'));
  choose('pnpm');
  expect(await upgradeRepo(directory)).toMatchObject({
    status: 'conflicting',
    code: 3,
    remaining: ['rm -rf yarn.lock', 'pnpm install'],
  });
});
