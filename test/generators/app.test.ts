import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compareTrees } from '../golden/compare-trees.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { generate } from './generate.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
function emitWithCli(name: string, flags: readonly string[] = []): string {
  const folder = makeTemporaryFolder();
  const args = [join(root, 'dist/cli.js'), name, ...flags, '--yes', '--no-install', '--no-git'];
  execFileSync(process.execPath, args, { cwd: folder, stdio: 'pipe' });
  return join(folder, name);
}

test('the same bytes as from the command line', async () => {
  expect(compareTrees(emitWithCli('orders'), await generate('orders', {}))).toEqual([]);
});

test('the same bytes for a target with settings, asked as the core would', async () => {
  const answers: Record<string, string> = {
    target: 'ecs-alb',
    iac: 'terraform',
    region: 'eu-west-1',
    domain: 'grpc.example.com',
    network: 'existing',
  };
  const flags = Object.entries(answers).map(([flag, value]) => `--${flag}=${value}`);
  expect(
    compareTrees(
      emitWithCli('ledger', flags),
      await generate('ledger', {}, { ...answers, dns: 'existing', options: [] }),
    ),
  ).toEqual([]);
});

test('the same bytes where what clients speak was chosen among the options', async () => {
  const answers = {
    ...{ target: 'ecs-nlb-nginx', iac: 'cloudformation', region: 'eu-west-1', domain: 'grpc.example.com' },
    ...{ dns: 'existing', network: 'create' },
  };
  const flags = Object.entries(answers).map(([flag, value]) => `--${flag}=${value}`);
  const folder = await generate('ledger', {}, { ...answers, options: ['listener'] });
  expect(compareTrees(emitWithCli('ledger', [...flags, '--listener=tcp']), folder)).toEqual([]);
});

test('the same bytes for workloads of one’s own, given as flags', async () => {
  const folder = await generate('shop', { workload: ['orders', 'billing'], target: 'local', yes: true });
  expect(compareTrees(emitWithCli('shop', ['--workload=orders', '--workload=billing']), folder)).toEqual([]);
});

test('the same bytes for protos that are named in an answer', async () => {
  const protos = join(root, 'test/fixtures/valid/hostile-names');
  const folder = await generate('hostile', {}, { protos });
  expect(compareTrees(emitWithCli('hostile', ['--proto', protos]), folder)).toEqual([]);
});

test('a name that the core refuses is refused in its words', async () => {
  await expect(generate('Orders_1', {})).rejects.toThrow('must be a DNS label');
});

test('a config file that is none is refused in the words of the command line, with what would mend it', async () => {
  const parent = makeTemporaryFolder();
  mkdirSync(join(parent, 'folder.json'));
  writeFileSync(join(parent, 'broken.json'), '{\n  "name": orders\n}\n');
  writeFileSync(join(parent, 'wrong.json'), '{ "name": "Orders" }');
  writeFileSync(join(parent, 'latin.json'), Buffer.from([0x7b, 0xe9, 0x7d]));
  for (const name of ['none', 'folder', 'broken', 'wrong', 'latin']) {
    const args = [join(root, 'dist/cli.js'), 'new', 'orders', '--config', `${name}.json`, '--yes'];
    const { stderr } = spawnSync(process.execPath, args, { cwd: parent, encoding: 'utf8' });
    const refusal: unknown = await generate(name, { config: `../${name}.json`, yes: true }, {}, parent).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(Error);
    const message = (refusal as Error).message.replaceAll('../', '');
    expect(message).toContain('\n  hint: ');
    expect(stderr).toBe(`error: ${message}\n`);
    expect(readdirSync(join(parent, name))).toEqual([]);
  }
});

test('a proto that is refused leaves the folder as it was', async () => {
  const parent = makeTemporaryFolder();
  const proto = [join(root, 'test/fixtures/invalid/syntax-error')];
  await expect(generate('orders', { proto, yes: true }, {}, parent)).rejects.toThrow('.proto');
  expect(readdirSync(join(parent, 'orders'))).toEqual([]);
});
