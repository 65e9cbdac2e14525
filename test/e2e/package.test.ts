import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { installPackage } from '../../bench/package-size.ts';
import { goals } from '../../bench/report.ts';
import { findNode } from '../../scripts/find-node.ts';
import { cases } from '../golden/cases.ts';
import { compareTrees } from '../golden/compare-trees.ts';
import { asReleased } from '../golden/emit.ts';
import { userShell } from './user-shell.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** ecs-alb.test.ts installs, builds and runs it. */
const leastOnAws: [string, ...string[]] = ['ledger', ...(cases.find(({ name }) => name === 'ledger')?.flags ?? [])];

test('packed and installed it is one small package, which emits the goldens under both of its names', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-packed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  const installed = await installPackage(root, folder);
  expect(installed.packages).toBe(goals.packages);
  expect(installed.bytes).toBeLessThanOrEqual(goals.bytes);

  const bin = join(folder, 'installed', 'node_modules', '.bin');
  const env = { ...userShell(await findNode(20)), ...asReleased };
  for (const name of ['create-grpc-aws', 'grpc-aws']) {
    const cwd = join(folder, 'installed', name === 'grpc-aws' ? 'node_modules' : '.');
    for (const [golden, ...flags] of [['orders'] as const, leastOnAws]) {
      const argv = [golden, ...flags, '--yes', '--no-install', '--no-git'];
      await execa(join(bin, name), argv, { cwd, env, extendEnv: false });
      expect(compareTrees(join(root, 'test/golden', golden), join(cwd, golden))).toEqual([]);
    }
  }
  expect(readdirSync(join(folder, 'installed')).sort()).toEqual([
    'ledger',
    'node_modules',
    'orders',
    'package-lock.json',
    'package.json',
  ]);
  expect(existsSync(join(folder, 'installed/node_modules/create-grpc-aws/LICENSE'))).toBe(true);
});
