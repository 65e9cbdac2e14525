/** Runs the tests named on the command line, or all. Node 20 finds no TypeScript tests by itself. */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const given = process.argv.slice(2);
const all = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.test.ts'));
// What has a test is none itself: the handler of a service named `test`.
const tests = all.filter((path) => !all.includes(path.replace(/\.ts$/, '.test.ts')));
const files = given.some((argument) => argument.endsWith('.ts')) ? [] : tests.sort().map((path) => `src/${path}`);

const flags = ['--import', 'tsx', '--test', '--test-concurrency=4', '--test-timeout=120000'];
const { status } = spawnSync(process.execPath, [...flags, ...given, ...files], { stdio: 'inherit' });
process.exit(status ?? 1);
