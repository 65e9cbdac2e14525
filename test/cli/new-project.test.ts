import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { createWorld, type TestWorld } from './test-world.ts';

const proto = `syntax = "proto3";
package shop.v1;
service CartService {
  rpc Watch(Empty) returns (stream Empty);
  rpc Put(Empty) returns (Empty);
}
message Empty {}
`;

let cwd: string;
beforeEach(() => {
  cwd = makeTemporaryFolder();
});

describe('without a terminal', () => {
  it('creates what the arguments say, and tells what to do next', async () => {
    const world = createWorld({ cwd });
    expect(await runCli(['apps/orders'], world)).toBe(0);
    expect(readSpecOf('apps/orders')).toMatchObject({ name: 'orders', workloads: [{ name: 'orders' }] });
    expect(world.calls[0]).toBe('npm install --no-audit --no-fund');
    expect(world.calls.at(-1)).toContain('git commit');
    expect(world.told.stderr).toBe('npm install...\nnpm install: done\ngit commit...\ngit commit: done\n');
    expect(world.told.stdout).toMatch(/^✔ \d+ files in apps\/orders$/m);
    expect(world.told.stdout).toMatch(
      /Next\n {2}cd apps\/orders\n {2}npm run dev\n\nThen, in a second terminal there\n {2}npm run call -- orders\.v1\.OrdersService\/Get '\{"id": "1"\}'\n$/,
    );
  });

  it('leads to the runbook of what is deployed', async () => {
    const world = createWorld({ cwd });
    const answers = ['--target', 'ecs-alb', '--region', 'eu-west-1', '--domain', 'grpc.example.com'];
    expect(await runCli(['orders', ...answers], world)).toBe(0);
    expect(world.told.stdout).toMatch(/npm run call -- .*\n\nTo deploy it\n {2}read docs\/runbook\.md\n$/);
  });

  it.each([
    [[], 'there is no terminal to ask on'],
    [['--yes'], 'with --yes nothing is asked'],
  ])('%j: names what is missing, and writes nothing', async (argv, because) => {
    const world = createWorld({ cwd });
    expect(await runCli(argv, world)).toBe(2);
    expect(world.told.stderr).toBe(
      `error: DIRECTORY is missing, and ${because}\n  hint: Name the folder to create: create-grpc-aws orders\n`,
    );
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('leaves out the installation and the commit when told to, and says which commands are left', async () => {
    const world = createWorld({ cwd });
    expect(await runCli(['orders', '--no-install', '--no-git'], world)).toBe(0);
    expect(world.calls).toEqual([]);
    expect(world.told.stderr).toBe('');
    expect(world.told.stdout).toContain('  cd orders\n  npm install\n  npm run dev\n');
  });

  it('serves protos of the user’s own, and shows a call that one request answers', async () => {
    writeFileSync(join(cwd, 'cart.proto'), proto);
    const world = createWorld({ cwd });
    expect(await runCli(['shop', '--proto', 'cart.proto', '--no-git'], world)).toBe(0);
    expect(readFileSync(join(cwd, 'shop/proto/shop/v1/cart.proto'), 'utf8')).toBe(proto);
    expect(world.told.stdout).toContain(`npm run call -- shop.v1.CartService/Put '{}'\n`);
  });

  it('creates several workloads, with protos or samples', async () => {
    writeFileSync(join(cwd, 'cart.proto'), proto);
    const world = createWorld({ cwd });
    expect(await runCli(['shop', '--workload', 'cart=cart.proto', '--workload', 'pay'], world)).toBe(0);
    expect(readSpecOf('shop').workloads).toEqual([
      { name: 'cart', protos: ['shop/v1/cart.proto'] },
      { name: 'pay', protos: ['pay/v1'] },
    ]);
  });

  it('quotes a path that a shell would take apart', async () => {
    const world = createWorld({ cwd });
    expect(await runCli(["it's new/orders", '--no-git'], world)).toBe(0);
    expect(world.told.stdout).toContain(`  cd 'it'\\''s new/orders'\n`);
  });

  it('fills the current folder, and keeps what belongs to its owner', async () => {
    const here = join(cwd, 'orders');
    mkdirSync(here);
    writeFileSync(join(here, 'README.md'), 'mine');
    const world = createWorld({ cwd: here });
    expect(await runCli(['.', '--no-git'], world)).toBe(0);
    expect(readFileSync(join(here, 'README.md'), 'utf8')).toBe('mine');
    expect(world.told.stdout).toContain('  kept: README.md, so no other is written\n');
    expect(world.told.stdout).not.toContain('cd ');
  });
});

describe('--dry-run', () => {
  it('shows every file and writes none', async () => {
    const world = createWorld({ cwd });
    expect(await runCli(['orders', '--dry-run'], world)).toBe(0);
    expect(world.told.stdout).toContain('\n  src/workloads/orders/main.ts\n');
    expect(world.told.stdout).toMatch(
      /then: npm install\nthen: git init and a first commit\nA dry run: nothing was written\.\n$/,
    );
    expect(readdirSync(cwd)).toEqual([]);
    expect(world.calls).toEqual([]);
  });
});

describe('--json', () => {
  it.each([
    [['orders', '--json'], 'created'],
    [['orders', '--json', '--dry-run'], 'planned'],
  ])('%j prints one document and nothing else', async (argv, status) => {
    const world = createWorld({ cwd, isTerminal: true });
    expect(await runCli(argv, world)).toBe(0);
    expect(world.told.stderr).toBe('');
    expect(JSON.parse(world.told.stdout)).toMatchObject({
      code: 0,
      status,
      spec: { name: 'orders' },
      plan: { directory: join(cwd, 'orders') },
    });
  });

  it.each([
    [['--json'], 2],
    [['Orders', '--json'], 2],
    [['orders', '--json', '--proto', 'absent.proto'], 2],
    [['orders', '--json', '--nonsense'], 2],
    [['doctor', '--json'], 2],
    [['orders', '--json', '--config', 'absent.json'], 1],
  ])('%j prints one document with the faults', async (argv, code) => {
    const world = createWorld({ cwd });
    expect(await runCli(argv, world)).toBe(code);
    expect(world.told.stderr).toBe('');
    const { error } = JSON.parse(world.told.stdout);
    expect(error.code).toBe(code);
    expect(error.faults[0]).toMatchObject({ message: expect.any(String), hint: expect.any(String) });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('refuses, and leaves the disk as it was', () => {
  it('a folder with other files in it, which it lists', async () => {
    mkdirSync(join(cwd, 'orders'));
    writeFileSync(join(cwd, 'orders/mine.txt'), '');
    const world = createWorld({ cwd });
    expect(await runCli(['orders'], world)).toBe(1);
    expect(world.told.stderr).toContain('mine.txt');
    expect(readdirSync(join(cwd, 'orders'))).toEqual(['mine.txt']);
  });

  it('two workloads that serve one service', async () => {
    writeFileSync(join(cwd, 'cart.proto'), proto);
    const world = createWorld({ cwd });
    expect(await runCli(['shop', '--workload', 'a=cart.proto', '--workload', 'b=cart.proto'], world)).toBe(2);
    expect(world.told.stderr).toContain('shop.v1.CartService');
    expect(readdirSync(cwd)).toEqual(['cart.proto']);
  });
});

describe('what happens after the files are there', () => {
  it('keeps the repo when npm install fails, shows what npm said, and says what to run', async () => {
    const world = createWorld({ cwd, runProgram: async () => ({ exitCode: 7, output: 'npm error network\u0007' }) });
    expect(await runCli(['orders'], world)).toBe(1);
    expect(existsSync(join(cwd, 'orders/grpc-aws.json'))).toBe(true);
    expect(world.told.stderr).toContain('npm error network\\u0007\nerror: `npm install` failed: exit code 7\n  hint: ');
    expect(world.told.stdout).toContain('  cd orders\n  npm install\n');
  });

  it('ends with 130 when it is interrupted, and says what is there', async () => {
    const world: TestWorld = createWorld({
      cwd,
      runProgram: async () => {
        world.interrupt();
        return { exitCode: undefined, output: '' };
      },
    });
    expect(await runCli(['orders'], world)).toBe(130);
    expect(world.told.stderr).toContain('interrupted during `npm install`; the files are written');
    expect(existsSync(join(cwd, 'orders/grpc-aws.json'))).toBe(true);
  });

  it('writes nothing when it is interrupted before', async () => {
    const world = createWorld({ cwd });
    world.interrupt();
    expect(await runCli(['orders'], world)).toBe(130);
    expect(world.told.stderr).toContain('nothing was written');
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('on a terminal', () => {
  const plain = { isTerminal: true, env: { ACCESSIBLE: '1', NO_COLOR: '1' } };

  it('asks, shows the plan, and creates what was agreed on', async () => {
    writeFileSync(join(cwd, 'cart.proto'), proto);
    const world = createWorld({ ...plain, cwd });
    world.type('shop', '1', '2', 'absent.proto', 'cart.proto', 'no', 'no', 'yes');
    expect(await runCli([], world)).toBe(0);
    expect(world.told.stdout).toContain('Not accepted: absent.proto: there is no such file or folder\n');
    expect(world.told.stdout).toContain('shop, for the target local\n');
    expect(world.told.stdout).toMatch(/\d+ files, \d+ kB; \d+ of them yours/);
    expect(readSpecOf('shop').workloads).toEqual([{ name: 'shop', protos: ['shop/v1/cart.proto'] }]);
    expect(world.calls).toEqual([]);
  });

  it('writes nothing when the plan is declined', async () => {
    const world = createWorld({ ...plain, cwd });
    world.type('1', '1', '', '', 'no');
    expect(await runCli(['orders'], world)).toBe(0);
    expect(world.told.stdout).toMatch(/Nothing was written\.\n$/);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('says at once that a folder cannot be taken', async () => {
    mkdirSync(join(cwd, 'full'));
    writeFileSync(join(cwd, 'full/mine.txt'), '');
    const world = createWorld({ ...plain, cwd });
    expect(await runCli(['full'], world)).toBe(1);
    expect(world.told.stdout).not.toContain('Which API');
  });

  it('writes nothing when a question is interrupted', async () => {
    const world = createWorld({ ...plain, cwd });
    const code = runCli(['orders'], world);
    setTimeout(() => world.interrupt(), 50);
    expect(await code).toBe(130);
    expect(world.told.stderr).toBe('Interrupted: nothing was written\n');
    expect(readdirSync(cwd)).toEqual([]);
  });
});

function readSpecOf(directory: string) {
  return JSON.parse(readFileSync(join(cwd, directory, 'grpc-aws.json'), 'utf8'));
}
