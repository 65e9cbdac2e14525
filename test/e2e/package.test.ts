import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { installPackage } from '../../bench/package-size.ts';
import { goals } from '../../bench/report.ts';
import { findNode } from '../../scripts/find-node.ts';
import { compareTrees } from '../golden/compare-trees.ts';
import { userShell } from './user-shell.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('packed and installed it is one small package, which emits the golden under both of its names', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-packed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  const installed = await installPackage(root, folder);
  expect(installed.packages).toBe(goals.packages);
  expect(installed.bytes).toBeLessThanOrEqual(goals.bytes);

  const bin = join(folder, 'installed', 'node_modules', '.bin');
  const env = userShell(await findNode(20));
  for (const name of ['create-grpc-aws', 'grpc-aws']) {
    const cwd = join(folder, 'installed', name === 'grpc-aws' ? 'node_modules' : '.');
    await execa(join(bin, name), ['orders', '--yes', '--no-install', '--no-git'], { cwd, env, extendEnv: false });
    expect(compareTrees(join(root, 'test/golden/orders'), join(cwd, 'orders'))).toEqual([]);
  }
  expect(readdirSync(join(folder, 'installed')).sort()).toEqual([
    'node_modules',
    'orders',
    'package-lock.json',
    'package.json',
  ]);
  expect(existsSync(join(folder, 'installed/node_modules/create-grpc-aws/LICENSE'))).toBe(true);
});
