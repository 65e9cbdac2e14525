import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { lookAt, read } from '../upgrade/upgrade-repo.ts';
import { createWorld } from './test-world.ts';

const env = { GRPC_AWS_PACKAGE: '0.2.0' };
const plain = { isTerminal: true, env: { ...env, ACCESSIBLE: '1', NO_COLOR: '1' } };

let cwd: string;
beforeEach(async () => {
  const root = makeTemporaryFolder();
  cwd = join(root, 'orders');
  expect(await runCli(['orders', '--no-install', '--no-git'], createWorld({ cwd: root, env }))).toBe(0);
});

const handler = 'src/workloads/orders/orders.v1.RefundsService.ts';

describe('add', () => {
  it('tells what it did, and what is there now', async () => {
    const world = createWorld({ cwd, env });
    expect(await runCli(['add', 'service', 'orders.v1.RefundsService'], world)).toBe(0);
    expect(world.told.stderr).toBe('');
    expect(world.told.stdout).toContain(`added        ${handler}\n`);
    expect(world.told.stdout).toMatch(/✔ The service orders.v1.RefundsService is added: 3 added, \d updated\n$/);
    expect(existsSync(join(cwd, handler))).toBe(true);
  });

  it('takes protos from the folder it runs in, and names what it made of them', async () => {
    const world = createWorld({ cwd, env });
    expect(await runCli(['add', 'workload', 'books', '--proto', 'proto/nowhere'], world)).toBe(2);
    expect(world.told.stderr).toContain('error: proto/nowhere: there is no such file or folder\n');
  });

  it('shows its plan in a dry run, and writes nothing', async () => {
    const before = lookAt(cwd);
    const world = createWorld({ cwd, env });
    expect(await runCli(['add', 'workload', 'billing', '--dry-run'], world)).toBe(0);
    expect(world.told.stdout).toMatch(/^The workload billing is added\nadded {8}proto\/billing\/v1\/billing\.proto\n/);
    expect(world.told.stdout).toMatch(/A dry run: nothing was written\.\n$/);
    expect(lookAt(cwd)).toEqual(before);
  });

  it('prints one document with --json', async () => {
    const world = createWorld({ cwd, env, isTerminal: true });
    expect(await runCli(['add', 'workload', 'billing', '--json'], world)).toBe(0);
    expect(JSON.parse(world.told.stdout)).toMatchObject({
      code: 0,
      status: 'upgraded',
      plan: { totals: { added: 5 } },
    });
  });

  it('asks for what is missing, and before it writes', async () => {
    const world = createWorld({ cwd, ...plain });
    world.type('2', 'Billing', 'billing', 'yes');
    expect(await runCli(['add'], world)).toBe(0);
    expect(world.told.stdout).toContain('What is to be added?');
    expect(world.told.stdout).toContain('Not accepted: ');
    expect(existsSync(join(cwd, 'src/workloads/billing/main.ts'))).toBe(true);
  });

  it('asks which workload serves a service where there are several', async () => {
    await runCli(['add', 'workload', 'billing', '--yes'], createWorld({ cwd, env }));
    const world = createWorld({ cwd, ...plain });
    world.type('pay.v1.PayService', '2', 'yes');
    expect(await runCli(['add', 'service'], world)).toBe(0);
    expect(world.told.stdout).toContain('Which workload serves it?');
    expect(read(cwd, 'src/workloads/billing/main.ts')).toContain('pay.v1.PayService');
  });

  it('writes nothing when that is declined', async () => {
    const before = lookAt(cwd);
    const world = createWorld({ cwd, ...plain });
    world.type('no');
    expect(await runCli(['add', 'workload', 'billing'], world)).toBe(0);
    expect(world.told.stdout).toMatch(/Nothing was written\.\n$/);
    expect(lookAt(cwd)).toEqual(before);
  });

  it.each([
    [['add'], 'what to add is missing: a service or a workload'],
    [['add', 'service'], 'the name of the service is missing'],
    [['add', 'workload', '--yes'], 'the name of the workload is missing'],
    [['add', 'wrkload', 'x'], 'add takes service or workload, and not wrkload\n  hint: Did you mean add workload?'],
    [['add', 'sample'], 'add takes service or workload, and not sample'],
    [['add', 'workload', 'a', 'b'], 'one argument too many: b'],
    [['add', 'workload', 'a', '--workload', 'b'], '--workload is no flag of add workload'],
    [['add', 'service', 'a.v1.BService', '--workload=a', '--workload=b'], '--workload is given more than once'],
    [['add', 'service', 'a.v1.BService', '--workload=a=b.proto'], '--workload takes the name alone with add'],
    [['add', 'service', 'a.v1.BService', '--target', 'local'], '--target is no flag of add'],
  ])('%j is refused', async (argv, said) => {
    const before = lookAt(cwd);
    const world = createWorld({ cwd, env });
    expect(await runCli(argv, world)).toBe(2);
    expect(world.told.stderr).toContain(said);
    expect(lookAt(cwd)).toEqual(before);
  });
});

describe('eject', () => {
  it('shows its plan and where words about the tool stay, and what comes next', async () => {
    const world = createWorld({ cwd, env });
    expect(await runCli(['eject', '--no-install'], world)).toBe(0);
    expect(world.told.stderr).toBe('');
    expect(world.told.stdout).toContain('removed      .projenrc.ts\n');
    expect(world.told.stdout).toMatch(/Words about the tool stay[^\n]*\n {2}README\.md:\d+\n/);
    expect(world.told.stdout).toMatch(
      /✔ This project goes on without create-grpc-aws: \d updated, \d removed\n\nNext\n {2}npm install\n$/,
    );
    expect(existsSync(join(cwd, '.grpc-aws'))).toBe(false);
    const again = createWorld({ cwd, env });
    expect(await runCli(['eject'], again)).toBe(1);
    expect(again.told.stderr).toContain('this repo left create-grpc-aws');
  });

  it('installs what package.json says then', async () => {
    const world = createWorld({ cwd, env });
    expect(await runCli(['eject', '--yes'], world)).toBe(0);
    expect(world.calls).toEqual(['npm install --no-audit --no-fund']);
  });

  it('asks on a terminal, and shows its plan once', async () => {
    const before = lookAt(cwd);
    const world = createWorld({ cwd, ...plain });
    world.type('no');
    expect(await runCli(['eject'], world)).toBe(0);
    expect(world.told.stdout.split('removed      .projenrc.ts\n')).toHaveLength(2);
    expect(lookAt(cwd)).toEqual(before);
  });

  it('prints one document with --json, and writes nothing in a dry run', async () => {
    const before = lookAt(cwd);
    const world = createWorld({ cwd, env });
    expect(await runCli(['eject', '--json', '--dry-run'], world)).toBe(0);
    expect(JSON.parse(world.told.stdout)).toEqual({
      code: 0,
      status: 'planned',
      plan: { changes: expect.any(Array), totals: expect.objectContaining({ conflicting: 0 }) },
      earlier: 'nothing',
      edited: [],
      mentions: expect.arrayContaining([expect.stringMatching(/^README\.md:\d+$/)]),
      install: { status: 'skipped', reason: 'it is a dry run' },
      notes: [],
      remaining: [],
    });
    expect(lookAt(cwd)).toEqual(before);
  });
});

it('upgrade tells what is left to do by hand', async () => {
  const spec = { target: 'ecs-alb', region: 'eu-west-1', domain: 'grpc.example.com' };
  writeFileSync(join(cwd, 'grpc-aws.json'), JSON.stringify({ ...JSON.parse(read(cwd, 'grpc-aws.json')), ...spec }));
  const world = createWorld({ cwd, env });
  expect(await runCli(['upgrade', '--dry-run'], world)).toBe(0);
  expect(world.told.stdout).toContain(
    'By hand, after this is written:\n  docs/runbook.md leads from an empty AWS account',
  );
});
