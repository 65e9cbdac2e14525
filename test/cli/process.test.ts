import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { findNode } from '../../scripts/find-node.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const isWindows = process.platform === 'win32';

let node: string;
let cwd: string;
beforeAll(async () => {
  if (!existsSync(cli)) throw new Error('dist/cli.js is not there: run npm run build');
  node = await findNode(20);
}, 120_000);
beforeEach(() => {
  cwd = makeTemporaryFolder();
});

function run(argv: readonly string[], env: Record<string, string> = {}, nodeOptions: readonly string[] = []) {
  return execa(node, [...nodeOptions, cli, ...argv], { cwd, reject: false, env: { CI: '', FORCE_COLOR: '0', ...env } });
}

it('answers --help and --version from its first file alone', async () => {
  const alone = join(cwd, 'alone.mjs');
  copyFileSync(cli, alone);
  for (const flag of ['--help', '-h', '--version', '-v'])
    expect(await execa(node, [alone, flag])).toMatchObject({ exitCode: 0, stderr: '' });
  const { stdout } = await execa(node, [alone, '--version']);
  expect(stdout).toBe(JSON.parse(readFileSync(join(dirname(cli), '../package.json'), 'utf8')).version);
});

it('refuses a Node that is too old, and names it', async () => {
  const pretend = 'Object.defineProperty(process, "versions", { value: { node: "20.18.3" } })';
  const options = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];
  const { exitCode, stderr } = await run(['--help'], {}, options);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    'create-grpc-aws needs Node 20.19 or later; this is 20.18.3.\nInstall a current Node: https://nodejs.org',
  );
});

it('creates a repo whose folder, and no other, is new', async () => {
  const { exitCode, stdout, stderr } = await run(['orders', '--no-install', '--no-git']);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('  cd orders\n  npm install\n  npm run dev\n');
  expect(readdirSync(cwd)).toEqual(['orders']);
  expect(existsSync(join(cwd, 'orders/src/workloads/orders/main.ts'))).toBe(true);
});

it('asks nothing of a pipe, and ends', async () => {
  const { exitCode, stderr, stdout } = await run([]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain('there is no terminal to ask on');
});

it.each([
  [['--traget', 'x'], 2, 'Did you mean --target?'],
  [['orders', '--config', 'absent.json'], 1, 'absent.json: does not exist'],
  [['adopt'], 2, 'adopt is not in this version'],
])('%j ends with exit code %i', async (argv, code, said) => {
  const { exitCode, stderr } = await run(argv);
  expect(exitCode).toBe(code);
  expect(stderr).toContain(said);
  expect(readdirSync(cwd)).toEqual([]);
});

it('prints one document with --json, whoever reads it', async () => {
  const { stdout, stderr } = await run(['orders', '--json', '--dry-run'], { FORCE_COLOR: '1' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ status: 'planned' });
});

it('is quiet when its reader goes away', async () => {
  const child = run(['orders', '--dry-run', '--json']);
  child.stdout.destroy();
  const { exitCode, stderr } = await child;
  expect([exitCode, stderr]).toEqual([0, '']);
});

it.skipIf(isWindows)('ends an installation that is interrupted, and keeps the repo', async () => {
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho begun\nexec sleep 60\n`);
  chmodSync(join(bin, 'npm'), 0o755);
  const child = run(['orders', '--no-git'], { PATH: `${bin}${delimiter}${process.env.PATH}` });
  child.stderr.once('data', () => setTimeout(() => child.kill('SIGINT'), 300));
  const { exitCode, stderr, stdout } = await child;
  expect(exitCode).toBe(130);
  expect(stderr).toContain('interrupted during `npm install`; the files are written');
  expect(stdout).toContain('  cd orders\n  npm install\n');
  expect(existsSync(join(cwd, 'orders/grpc-aws.json'))).toBe(true);
});

it.skipIf(isWindows)('ends at once at a second Ctrl-C, whatever it is waiting for', async () => {
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  // Deaf to what would end it: the first Ctrl-C waits for it.
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\ntrap '' INT TERM\necho begun\nexec sleep 4\n`);
  chmodSync(join(bin, 'npm'), 0o755);
  const child = run(['orders', '--no-git'], {
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    GRPC_AWS_PACKAGE: '0.2.0',
  });
  let interrupted = 0;
  child.stderr.once('data', () => {
    setTimeout(() => child.kill('SIGINT'), 300);
    setTimeout(() => {
      interrupted = performance.now();
      expect(child.exitCode).toBe(null);
      child.kill('SIGINT');
    }, 1300);
  });
  let ended = 0;
  child.once('exit', () => {
    ended = performance.now();
  });
  const { exitCode } = await child;
  expect(exitCode).toBe(130);
  expect(ended - interrupted).toBeLessThan(1000);
  expect(existsSync(join(cwd, 'orders/grpc-aws.json'))).toBe(true);
});

it.skipIf(isWindows)('runs as a program of its own', async () => {
  const { stdout } = await execa(cli, ['--help'], { env: { PATH: `${dirname(node)}${delimiter}${process.env.PATH}` } });
  expect(stdout).toContain('Usage');
});
