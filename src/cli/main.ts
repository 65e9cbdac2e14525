/** The process as the command line's world: streams, signals, and what ends the process. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { exitCode } from '../errors.ts';
import type { TemplateSet } from '../render/template-set.ts';
import { createOutput } from './output.ts';
import { wantsJson } from './parse-arguments.ts';
import { reportError } from './report-error.ts';
import { runCli } from './run-cli.ts';
import type { World } from './world.ts';

const argv = process.argv.slice(2);
const interruption = new AbortController();

const world: World = {
  env: process.env,
  cwd: process.cwd(),
  platform: process.platform,
  nodeVersion: process.version,
  arch: process.arch,
  // Opened only when a person is asked: opening a stream takes time.
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
  signal: interruption.signal,
  packageFolder: fileURLToPath(new URL('..', import.meta.url)),
  loadTemplates: async () =>
    JSON.parse(readFileSync(new URL('./templates.json', import.meta.url), 'utf8')) as TemplateSet,
  runProgram: async (call) => (await import('./run-program.ts')).runProgram(call),
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The first asks for an orderly end; whoever sends a second does not want to wait for it.
    if (interruption.signal.aborted) process.exit(exitCode.interrupted);
    interruption.abort();
  });
}
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => process.exit(reportError(error, world, createOutput(world, wantsJson(argv)))));
}

process.exitCode = await runCli(argv, world);
