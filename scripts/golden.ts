/**
 * `npm run golden`: rewrites every golden, and README's list of options, from the built CLI, which it builds first. With `--check` it changes nothing
 * and fails on a difference; `--node PATH` runs the CLI on another Node.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { cases } from '../test/golden/cases.ts';
import { compareTrees } from '../test/golden/compare-trees.ts';
import { cli, emitCase } from '../test/golden/emit.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const goldens = join(root, 'test', 'golden');
const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, node: { type: 'string', default: process.execPath } },
});

await execa(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: 'inherit' });
const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-golden-'));
try {
  const differences = cases.flatMap((one) => {
    const emitted = emitCase(one, folder, values.node);
    return compareTrees(join(goldens, one.name), emitted).map((line) => `${one.name}: ${line}`);
  });
  for (const line of differences) console.log(line);
  if (values.check) reportCheck(differences);
  else replaceGoldens();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function reportCheck(differences: readonly string[]): void {
  console.log(differences.length === 0 ? `${cases.length} goldens are up to date` : 'To rewrite them: npm run golden');
  process.exitCode = differences.length === 0 ? 0 : 1;
}

function replaceGoldens(): void {
  for (const entry of readdirSync(goldens, { withFileTypes: true })) {
    if (entry.isDirectory()) rmSync(join(goldens, entry.name), { recursive: true });
  }
  for (const { name } of cases) cpSync(join(folder, name), join(goldens, name), { recursive: true });
  replaceHelp();
  console.log(`${cases.length} goldens written. Emitted .gitignore files may hide some: git add -f test/golden`);
}

function replaceHelp(): void {
  const path = join(root, 'README.md');
  const help = execFileSync(values.node, [cli, '--help'], { encoding: 'utf8' });
  const block = /(<!-- help: .*-->\n```text\n)[\s\S]*?(```\n<!-- \/help -->)/;
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(block, (_, open, close) => open + help + close),
  );
}
