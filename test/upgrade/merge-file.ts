/** The merge of upgrades in tests, until the one of this project is there: git's own, by line. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MergeFile } from '../../src/plan/plan-upgrade-file.ts';

export const mergeFile: MergeFile = (_, sides, labels) => {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-merge-'));
  const names = ['ours', 'base', 'theirs'] as const;
  for (const name of names) writeFileSync(join(folder, name), sides[name]);
  const shown = names.flatMap((name) => ['-L', labels[name]]);
  const { stdout } = spawnSync('git', ['merge-file', '-p', ...shown, ...names], { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const lines = stdout.split('\n');
  const conflicts = lines.flatMap((line, index) =>
    line.startsWith('<<<<<<< ') ? [{ where: `line ${index + 1}` }] : [],
  );
  return { text: stdout, conflicts };
};
