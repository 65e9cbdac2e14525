/**
 * `npm test`: everything that needs only npm packages, from a fresh clone on; with `--conformance` also what needs tools
 * that are not, where they are found. Arguments choose test files.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enterToolchain, start } from './toolchain.mjs';

await enterToolchain();

const steps = [
  ['lint', 'biome', ['check', '--error-on-warnings']],
  ['types', 'tsc', ['--noEmit']],
  ['build', 'node', ['scripts/build.ts']],
];
const count = { passed: 0, failed: 0, skipped: [] };
const began = Date.now();

for (const [name, command, args] of steps) {
  const code = await start(...asProgram(command, args)).ended;
  count[code === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${code === 0 ? 'ok' : 'FAILED'}: ${name}`);
}
const conformance = '--conformance';
const given = process.argv.slice(2);
const projects = given.includes(conformance) ? [] : ['--project=unit', '--project=e2e'];
await runTests([...projects, ...given.filter((argument) => argument !== conformance)]);

console.log(`${Math.round((Date.now() - began) / 1000)} s`);
for (const { name, reason } of count.skipped) console.log(`skipped: ${name}: ${reason}`);
const skipped = count.skipped.length === 0 ? '' : `, ${count.skipped.length} skipped`;
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed === 0 ? 0 : 1;

/** Tools are started as their own JavaScript on this Node: .bin holds .cmd files on Windows. */
function asProgram(command, args) {
  if (command === 'node') return [process.execPath, args];
  const packages = { biome: '@biomejs/biome', tsc: 'typescript', vitest: 'vitest' };
  const folder = join('node_modules', packages[command]);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [process.execPath, [join(folder, typeof bin === 'string' ? bin : bin[command]), ...args]];
}

/** Adds what vitest counted. A run that ends before it counts anything is one failure. */
async function runTests(files) {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-count-'));
  const report = join(folder, 'count.json');
  const args = ['run', '--reporter=default', '--reporter=./scripts/count-tests.ts', ...files];
  const code = await start(...asProgram('vitest', args), { env: { ...process.env, GRPC_AWS_COUNT: report } }).ended;
  let counted = { passed: 0, failed: 0, skipped: [] };
  try {
    counted = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    console.error('The tests ended before they were counted.');
  }
  rmSync(folder, { recursive: true, force: true });
  count.passed += counted.passed;
  count.failed += code !== 0 && counted.failed === 0 ? 1 : counted.failed;
  count.skipped.push(...counted.skipped);
}
