/**
 * Lints the protos, and refuses changes that break clients of the baseline: the commit on BASELINE, or on the main
 * branch. Where git knows no such commit, there is nothing to break.
 */

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** @param {...string} args */
function git(...args) {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** @param {...string} args */
function buf(...args) {
  const { status } = spawnSync(process.execPath, ['node_modules/@bufbuild/buf/bin/buf', ...args], { stdio: 'inherit' });
  return status === 0;
}

function findBaseline() {
  const candidates = process.env.BASELINE ? [process.env.BASELINE] : ['origin/main', 'main'];
  for (const name of candidates) {
    const commit = git('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
    const folder = git('rev-parse', '--show-prefix') ?? '';
    if (commit !== undefined && git('cat-file', '-e', `${commit}:${folder}buf.yaml`) !== undefined)
      return { name, commit, folder };
  }
  return undefined;
}

let passed = buf('lint');
const baseline = findBaseline();
if (baseline === undefined) {
  console.log('No baseline for breaking changes: no commit on origin/main or main (or BASELINE) has a buf.yaml.');
} else {
  const directory = resolve(git('rev-parse', '--git-common-dir') ?? '.git');
  const subdirectory = baseline.folder === '' ? '' : `,subdir=${baseline.folder}`;
  passed = buf('breaking', '--against', `${directory}#format=git,ref=${baseline.commit}${subdirectory}`) && passed;
}
process.exit(passed ? 0 : 1);
