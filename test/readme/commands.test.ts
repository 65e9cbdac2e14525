import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { startGroup, stopGroups, waitForPort } from '../../scripts/processes.mjs';
import { emitRepo } from '../e2e/emitted-repo.ts';
import { userShell } from '../e2e/user-shell.ts';
import { cli } from '../golden/emit.ts';
import { readCommands } from './read-commands.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Not run here as they stand, and why. */
const excused = new Map([
  ['npm test', 'it is what runs this test'],
  ['npm ci', 'npm test has run it, and it would remove the packages under this test'],
  ['npm run build', 'npm test has run it, and other tests are using what it built'],
  ...['npx projen', 'npx projen upgrade', 'npx projen new --from create-grpc-aws grpc-service --target=local'].map(
    (command) => [command, 'test/conformance/registry runs it, with a registry that has this package'] as const,
  ),
  ...['add service orders.v1.RefundsService', 'add workload billing', 'eject'].map(
    (verb) =>
      [`npx create-grpc-aws ${verb}`, 'test/e2e/verbs.test.ts runs the verb in a repo, and what it left'] as const,
  ),
]);

/** `npm create grpc-aws` asks the registry for a package that is not published: the built CLI is called as npm would. */
const create = /^npm create grpc-aws (\S+)(?: -- (.*))?$/;

const firstSteps = [
  'npm create grpc-aws orders',
  'cd orders',
  'npm run dev',
  `npm run call -- orders.v1.OrdersService/Get '{"id": "1"}'`,
];
const creations = [
  'npm create grpc-aws orders -- --proto protos/orders.proto',
  'npm create grpc-aws shop -- --workload orders=protos/orders.proto --workload billing=protos/billing.proto',
  'npm create grpc-aws orders -- --target ecs-alb --region eu-west-1 --domain grpc.example.com',
  'npm create grpc-aws shop -- --target ecs-alb --region us-east-1 --domain grpc.example.com --network existing --arch arm64 --alarms --telemetry --workload orders=protos/orders.proto --workload billing=protos/billing.proto',
];
const fromClone = 'node dist/cli.js orders --yes';
const demo = 'npm run demo';

test('every command in README is run by a test here, or has a reason', () => {
  const known = [...firstSteps, ...creations, fromClone, demo, ...excused.keys()];
  expect(readCommands(join(root, 'README.md')).sort()).toEqual(known.sort());
});

test('the first steps lead to an answer', async (context) => {
  const port = 8080;
  if (await isTaken(port)) context.skip(`port ${port}, which the first steps use, is taken on this machine`);
  const repo = await emitRepo({ name: 'orders', flags: [], node: process.execPath }, context);
  const env = userShell(process.execPath);
  context.onTestFinished(stopGroups);
  const dev = startGroup(repo.path, ['npm', 'run', 'dev'], env, 'ignore');
  await waitForPort(port, dev);
  const { stdout } = await execa('npm', ['run', 'call', '--', 'orders.v1.OrdersService/Get', '{"id": "1"}'], {
    cwd: repo.path,
    env,
    extendEnv: false,
  });
  expect(stdout).toContain('replica');
});

test.each(creations)('%s', (command) => {
  const folder = makeFolder();
  mkdirSync(join(folder, 'protos'));
  for (const service of ['Orders', 'Billing']) {
    writeFileSync(join(folder, 'protos', `${service.toLowerCase()}.proto`), printProto(service));
  }
  const [, name = '', flags = ''] = create.exec(command) ?? [];
  execFileSync(process.execPath, [cli, name, ...flags.split(' '), '--yes', '--no-install', '--no-git'], {
    cwd: folder,
  });
  expect(existsSync(join(folder, name, 'src/workloads/orders/orders.v1.OrdersService.ts'))).toBe(true);
});

test('from a clone, the built CLI emits, installs and initialises a repo', async () => {
  const folder = makeFolder();
  const [, script, ...args] = fromClone.split(' ');
  expect(join(root, script ?? '')).toBe(cli);
  const env = userShell(process.execPath);
  await execa(process.execPath, [cli, ...args], { cwd: folder, env, extendEnv: false });
  const list = { cwd: join(folder, 'orders'), env, extendEnv: false };
  await execa('npm', ['ls'], list);
  expect((await execa('git', ['status', '--short', '--branch'], list)).stdout).toContain('## ');
});

test(demo, async () => {
  const { stdout } = await execa(process.execPath, ['scripts/demo.mjs'], { cwd: root });
  expect(stdout).toContain('Hello, Ada');
  expect(stdout).toContain('"demo.v1.GreeterService",');
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return folder;
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen(port, () => server.close(() => resolve(false)));
  });
}

function printProto(service: string): string {
  return `syntax = "proto3";

package ${service.toLowerCase()}.v1;

service ${service}Service {
  rpc Get(GetRequest) returns (GetResponse);
}

message GetRequest {}
message GetResponse {}
`;
}
