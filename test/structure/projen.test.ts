/** `npx projen` after `npm ci` changes nothing. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listFiles, root } from './repo-files.ts';

test('synthesis leaves every file as it is', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-synth-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = listFiles().filter((path) => !path.startsWith('test/'));
  for (const path of files) cpSync(join(root, path), join(folder, path));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');

  const projen = join(root, 'node_modules/projen/bin/projen');
  execFileSync(process.execPath, [projen], { cwd: folder, stdio: 'pipe' });

  expect(
    files.filter((path) => !readFileSync(join(folder, path)).equals(readFileSync(join(root, path)))),
    'npx projen',
  ).toEqual([]);
});
