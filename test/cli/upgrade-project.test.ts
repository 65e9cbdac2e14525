import { existsSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { toolVersion } from '../../src/tool-version.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import {
  changeTemplates,
  commitAll,
  edit,
  git,
  lookAt,
  put,
  read,
  remove,
  withoutNpm,
} from '../upgrade/upgrade-repo.ts';
import { createWorld, type TestWorld } from './test-world.ts';

const path = 'src/server/log.ts';
const later = changeTemplates({ [`server/${path}`]: (text) => text.replace(/^.*\n/, '/** Another line. */\n') });
const clash = (text: string) => text.replace(/^.*\n/, '/** Mine. */\n');

const onAws = { target: 'ecs-alb', region: 'eu-west-1', domain: 'grpc.example.com' };

let cwd: string;
beforeEach(async () => {
  const root = makeTemporaryFolder();
  cwd = join(root, 'orders');
  expect(await runCli(['orders', '--no-install', '--no-git'], createWorld({ cwd: root }))).toBe(0);
});

function enter(given: Parameters<typeof createWorld>[0] = {}): TestWorld {
  return createWorld({ cwd, loadTemplates: async () => later, ...given });
}

describe('upgrade', () => {
  it('writes what changed, and tells it', async () => {
    const world = enter();
    expect(await runCli(['upgrade'], world)).toBe(0);
    expect(world.told.stderr).toBe('');
    expect(world.told.stdout).toBe(
      [
        'updated      .grpc-aws/base.json',
        `updated      ${path}`,
        '2 updated',
        `✔ Rendered anew with create-grpc-aws ${toolVersion}: 2 updated`,
        '',
      ].join('\n'),
    );
    expect(read(cwd, path)).toMatch(/^\/\*\* Another line\. \*\/\n/);
  });

  it('takes answers from a file into grpc-aws.json, which keeps its layout, and takes them back with the rest', async () => {
    const tabbed = `${JSON.stringify(JSON.parse(read(cwd, 'grpc-aws.json')), null, '\t')}\n`.replaceAll('\n', '\r\n');
    put(cwd, 'grpc-aws.json', tabbed);
    put(cwd, '../answers.json', '{ "name": "shop" }');
    const check = createWorld({ cwd });
    expect(await runCli(['upgrade', '--check', '--config', '../answers.json'], check)).toBe(3);
    expect(read(cwd, 'grpc-aws.json')).toBe(tabbed);
    edit(cwd, 'package.json', (text) => text.replace('"name": "orders"', '"name": "mine"'));
    expect(await runCli(['upgrade', '--config', '../answers.json'], createWorld({ cwd }))).toBe(3);
    expect(read(cwd, 'grpc-aws.json')).toBe(tabbed.replace('"name": "orders"', '"name": "shop"'));
    expect(await runCli(['upgrade', '--abort'], createWorld({ cwd }))).toBe(0);
    expect(read(cwd, 'grpc-aws.json')).toBe(tabbed);
  });

  it('refuses answers that the project cannot have, at their place', async () => {
    put(cwd, '../answers.json', '{ "name": "Shop" }');
    const world = createWorld({ cwd });
    expect(await runCli(['upgrade', '--config', '../answers.json'], world)).toBe(2);
    expect(world.told.stderr).toContain('../answers.json:1:11');
    const abort = createWorld({ cwd });
    expect(await runCli(['upgrade', '--abort', '--config', '../answers.json'], abort)).toBe(2);
    expect(abort.told.stderr).toContain('--abort and --config exclude each other');
  });

  it('says that all is up to date, and what is kept', async () => {
    edit(cwd, path, clash);
    const world = createWorld({ cwd });
    expect(await runCli(['upgrade'], world)).toBe(0);
    expect(world.told.stdout).toContain(`kept         ${path}: edited, and nothing new comes for it\n`);
    expect(world.told.stdout).toMatch(/✔ Up to date with create-grpc-aws \S+\n$/);
  });

  it('says of answers in .projenrc.ts that only projen reads them', async () => {
    edit(cwd, '.projenrc.ts', (text) => text.replace('Project()', 'Project({ reflection: false })'));
    const world = createWorld({ cwd });
    expect(await runCli(['upgrade', '--check'], world)).toBe(0);
    expect(world.told.stderr).toMatch(/^note: \.projenrc\.ts passes options .*`npx projen`/);
    put(cwd, '../answers.json', '{}');
    const answered = createWorld({ cwd });
    expect(await runCli(['upgrade', '--check', '--config', '../answers.json'], answered)).toBe(0);
    expect(answered.told.stderr).toBe('');
  });

  it('says what a package.json that is a link leaves out, and of a range that was added what came in its place', async () => {
    const added = changeTemplates({
      'base/package.json': (text) =>
        text.replace('"devDependencies": {', '"devDependencies": {\n    "left-pad": "^1.3.0",'),
    });
    edit(cwd, 'package.json', (text) =>
      text.replace('"devDependencies": {', '"devDependencies": {\n    "left-pad": "1.0.0",'),
    );
    const world = enter({ loadTemplates: async () => added });
    expect(await runCli(['upgrade', '--dry-run'], world)).toBe(0);
    expect(world.told.stdout).toContain('merged       package.json: in place of yours: /devDependencies/left-pad\n');
    renameSync(join(cwd, 'package.json'), join(cwd, '../package.json'));
    symlinkSync('../package.json', join(cwd, 'package.json'));
    const linked = enter({ loadTemplates: async () => added });
    expect(await runCli(['upgrade', '--dry-run'], linked)).toBe(0);
    expect(linked.told.stdout).toContain('package.json is a link or a folder, and nothing is written through one');
  });

  it('says of a key that was deleted and changed in this version that it stays deleted', async () => {
    const moved = changeTemplates({ 'base/package.json': (text) => text.replace('"build": "', '"build": "true && ') });
    edit(cwd, 'package.json', (text) => text.replace(/^ *"build": .*\n/m, ''));
    const world = enter({ loadTemplates: async () => moved });
    expect(await runCli(['upgrade'], world)).toBe(0);
    expect(world.told.stdout).toContain(
      'kept         package.json: edited; stays deleted, though this version changes it: /scripts/build\n',
    );
    const again = enter({ loadTemplates: async () => moved });
    expect(await runCli(['upgrade'], again)).toBe(0);
    expect(again.told.stdout).toContain('kept         package.json: edited, and nothing new comes for it\n');
  });

  it('installs when dependencies changed, and leaves it out when told to', async () => {
    const newer = changeTemplates({ 'base/package.json': (text) => text.replace('"pino"', '"pino-next"') });
    const quiet = enter({ loadTemplates: async () => newer });
    const before = read(cwd, 'package.json');
    expect(await runCli(['upgrade', '--no-install'], quiet)).toBe(0);
    expect(quiet.calls).toEqual([]);
    expect(quiet.told.stdout).toMatch(/Next\n {2}npm install\n$/);
    put(cwd, 'package.json', before);
    await runCli(['upgrade'], createWorld({ cwd }));
    const world = enter({ loadTemplates: async () => newer });
    expect(await runCli(['upgrade'], world)).toBe(0);
    expect(world.calls).toEqual(['npm install --no-audit --no-fund']);
    expect(world.told.stderr).toBe('npm install...\nnpm install: done\n');
  });

  it('names file and line of each conflict, what comes next, and the way back', async () => {
    edit(cwd, path, clash);
    const world = enter();
    expect(await runCli(['upgrade'], world)).toBe(3);
    expect(world.told.stdout).toContain(`conflicting  ${path}: line 1\n`);
    expect(world.told.stderr).toBe('error: 1 file has conflicts; everything else is upgraded\n');
    expect(world.told.stdout).toMatch(/\n {2}npx create-grpc-aws upgrade --abort\n$/);
    expect(read(cwd, path)).toContain('<<<<<<< ');
    const again = enter();
    expect(await runCli(['upgrade'], again)).toBe(3);
    expect(again.told.stderr).toContain(`error: ${path}: its conflict with the last upgrade is not resolved: line 1\n`);
  });

  it('shows both values of a conflict in a file without markers, and the long one again while it waits', async () => {
    git(cwd, 'init', '--quiet');
    edit(cwd, 'package.json', (text) => text.replace('"type": "module"', '"type": "commonjs"'));
    commitAll(cwd);
    const templates = changeTemplates({
      'base/package.json': (text) => text.replace('"type": "module"', '"type": "other"'),
    });
    const world = enter({ loadTemplates: async () => templates, runProgram: withoutNpm });
    expect(await runCli(['upgrade'], world)).toBe(3);
    expect(world.told.stdout).toContain(
      'package.json takes no markers, and keeps your values until you change them:\n  /type\n    yours: "commonjs"\n    new:   "other"\n',
    );
    const again = enter({ loadTemplates: async () => templates, runProgram: withoutNpm });
    expect(await runCli(['upgrade', '--check'], again)).toBe(3);
    expect(again.told.stderr).toContain('`git show :3:./package.json`');
    expect(git(cwd, 'show', ':3:./package.json')).toContain('"type": "other"');
  });

  it('names the handler of a service that is gone, and the command that removes it', async () => {
    edit(cwd, 'proto/orders/v1/orders.proto', (text) => text.replace('service OrdersService', 'service Orders'));
    const world = enter();
    expect(await runCli(['upgrade'], world)).toBe(0);
    expect(world.told.stdout).toContain(
      '  rm src/workloads/orders/orders.v1.OrdersService.test.ts src/workloads/orders/orders.v1.OrdersService.ts\n',
    );
  });

  it('asks on a terminal, and writes nothing when that is declined', async () => {
    const before = lookAt(cwd);
    const world = enter({ isTerminal: true, env: { ACCESSIBLE: '1', NO_COLOR: '1' } });
    world.type('no');
    expect(await runCli(['upgrade'], world)).toBe(0);
    expect(world.told.stdout).toContain(`updated      ${path}\n`);
    expect(world.told.stdout).toMatch(/Nothing was written\.\n$/);
    expect(lookAt(cwd)).toEqual(before);
  });

  it('offers the same plan again where it was declined', async () => {
    const before = lookAt(cwd);
    const ask = async (): Promise<string> => {
      const world = enter({ isTerminal: true, env: { ACCESSIBLE: '1', NO_COLOR: '1' } });
      world.type('no');
      expect(await runCli(['upgrade'], world)).toBe(0);
      expect(world.told.stderr).toBe('');
      return world.told.stdout;
    };
    const first = await ask();
    expect(first).toContain(`updated      ${path}\n`);
    expect(await ask()).toBe(first);
    expect(lookAt(cwd)).toEqual(before);
  });

  it('shows the plan once where somebody agrees to it', async () => {
    const world = enter({ isTerminal: true, env: { ACCESSIBLE: '1', NO_COLOR: '1' } });
    world.type('yes');
    expect(await runCli(['upgrade'], world)).toBe(0);
    expect(world.told.stdout.split(`updated      ${path}\n`)).toHaveLength(2);
    expect(read(cwd, path)).toMatch(/^\/\*\* Another line/);
  });

  it('says what is left to do by hand once more where a plan was agreed to', async () => {
    put(
      cwd,
      'grpc-aws.json',
      JSON.stringify({ name: 'orders', ...onAws, workloads: [{ name: 'orders', protos: ['orders'] }] }),
    );
    const asked = { isTerminal: true, env: { ACCESSIBLE: '1', NO_COLOR: '1' } };
    const world = enter(asked);
    world.type('yes');
    expect(await runCli(['upgrade'], world)).toBe(0);
    const begin = '\nBy hand, after this is written:\n  docs/runbook.md leads from ';
    expect(world.told.stdout.split('Write it?')[1]).toContain(begin);
  });

  it('does not ask where there is nothing to agree to', async () => {
    const world = createWorld({ cwd, isTerminal: true });
    expect(await runCli(['upgrade'], world)).toBe(0);
    expect(world.told.stdout).toContain('Up to date');
  });
});

describe('upgrade --check and --dry-run', () => {
  it.each([
    ['--check', 3, 'To change that: npx create-grpc-aws upgrade\n'],
    ['--dry-run', 0, 'A dry run: nothing was written.\n'],
  ])('%s shows the plan, and writes nothing', async (flag, code, end) => {
    const before = lookAt(cwd);
    const world = enter({ isTerminal: true, env: { NO_COLOR: '1' } });
    expect(await runCli(['upgrade', flag], world)).toBe(code);
    expect(world.told.stdout).toContain(`updated      ${path}\n`);
    expect(world.told.stdout.endsWith(end)).toBe(true);
    expect(lookAt(cwd)).toEqual(before);
  });

  it('--check finds nothing where nothing would change', async () => {
    expect(await runCli(['upgrade', '--check'], createWorld({ cwd }))).toBe(0);
  });
});

describe('upgrade --abort', () => {
  it('brings back what was there', async () => {
    edit(cwd, path, clash);
    const before = lookAt(cwd);
    expect(await runCli(['upgrade'], enter())).toBe(3);
    const world = enter();
    expect(await runCli(['upgrade', '--abort'], world)).toBe(0);
    expect(world.told.stdout).toBe('✔ All is as it was before the upgrade\n');
    expect(lookAt(cwd)).toEqual(before);
    expect(existsSync(join(cwd, '.grpc-aws/journal'))).toBe(false);
  });

  it('says of what it leaves that it is not as it was', async () => {
    edit(cwd, path, clash);
    expect(await runCli(['upgrade'], enter())).toBe(3);
    edit(cwd, path, () => 'resolved\n');
    const world = enter();
    expect(await runCli(['upgrade', '--abort'], world)).toBe(0);
    expect(world.told.stdout).toBe(
      `✔ The upgrade is taken back, but not everywhere\n  left as it is, for somebody edited it since: ${path}\n`,
    );
  });

  it('is refused where there is nothing to take back', async () => {
    const world = enter();
    expect(await runCli(['upgrade', '--abort'], world)).toBe(1);
    expect(world.told.stderr).toContain('there is no upgrade to take back');
  });
});

describe('--json', () => {
  it.each([
    [['upgrade', '--json'], 0, 'upgraded'],
    [['upgrade', '--json', '--dry-run'], 0, 'planned'],
    [['upgrade', '--json', '--check'], 3, 'planned'],
  ])('%j prints one document', async (argv, code, status) => {
    const world = enter({ isTerminal: true });
    expect(await runCli(argv, world)).toBe(code);
    expect(world.told.stderr).toBe('');
    expect(JSON.parse(world.told.stdout)).toEqual({
      code,
      status,
      plan: {
        from: toolVersion,
        to: toolVersion,
        changes: [
          { path: '.grpc-aws/base.json', verdict: 'updated', ownership: 'managed' },
          { path, verdict: 'updated', ownership: 'managed' },
        ],
        totals: { added: 0, updated: 2, merged: 0, conflicting: 0, removed: 0, renamed: 0, kept: 0 },
        moves: [],
      },
      earlier: 'nothing',
      edited: [],
      install: { status: 'skipped', reason: expect.any(String) },
      notes: [],
      remaining: [],
    });
  });

  it('has the places of conflicts', async () => {
    edit(cwd, path, clash);
    const world = enter();
    expect(await runCli(['upgrade', '--json'], world)).toBe(3);
    const { status, plan } = JSON.parse(world.told.stdout);
    expect(status).toBe('conflicting');
    expect(plan.changes).toContainEqual({ path, verdict: 'conflicting', ownership: 'managed', conflicts: ['line 1'] });
    const abort = enter();
    expect(await runCli(['upgrade', '--abort', '--json'], abort)).toBe(0);
    expect(JSON.parse(abort.told.stdout)).toEqual({ code: 0, status: 'aborted', edited: [], notes: [] });
  });

  it('has the faults of a refusal', async () => {
    remove(cwd, '.grpc-aws/base.json');
    const world = enter();
    expect(await runCli(['upgrade', '--json'], world)).toBe(1);
    expect(JSON.parse(world.told.stdout)).toMatchObject({
      error: { code: 1, faults: [{ at: '.grpc-aws/base.json', hint: expect.stringContaining('git checkout HEAD') }] },
    });
  });
});

describe('a wrong command', () => {
  it.each([
    [['upgrade', '--check', '--abort'], '--check and --abort exclude each other'],
    [['upgrade', '--abort', '--dry-run'], '--abort and --dry-run exclude each other'],
    [['upgrade', 'orders'], 'one argument too many: orders'],
    [['upgrade', '--proto', 'x'], '--proto is no flag of upgrade'],
    [['new', 'orders', '--check'], '--check is no flag of new'],
  ])('%j is refused', async (argv, said) => {
    const before = lookAt(cwd);
    const world = enter();
    expect(await runCli(argv, world)).toBe(2);
    expect(world.told.stderr).toContain(said);
    expect(lookAt(cwd)).toEqual(before);
  });

  it.each([[['upgrade']], [['upgrade', '--abort']]])('%j in a folder that is no project is told so', async (argv) => {
    const world = enter({ cwd: join(cwd, 'src') });
    expect(await runCli(argv, world)).toBe(1);
    expect(world.told.stderr).toContain('hint: Go there: `cd ..`.');
  });
});
