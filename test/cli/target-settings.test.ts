import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { flags } from '../../src/cli/flags.ts';
import { writeHelp } from '../../src/cli/help.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { settings } from '../../src/spec/schema.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { aNginxSpec, anEcsSpec } from '../spec/any-spec.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { createWorld } from './test-world.ts';

vi.mock('../../src/render/render.ts', () => import('../create/stand-in-render.ts'));

const ecs = ['orders', '--target', 'ecs-alb', '--region', 'eu-west-1', '--domain', 'grpc.example.com'];

let cwd: string;
beforeEach(() => {
  cwd = makeTemporaryFolder();
});

describe('flags', () => {
  it('are the answers of the Spec', async () => {
    expect(await specOf(ecs)).toMatchObject({
      target: 'ecs-alb',
      iac: 'terraform',
      region: 'eu-west-1',
      domain: 'grpc.example.com',
      zone: 'example.com',
      dns: 'existing',
      network: 'create',
      environments: ['dev', 'prod'],
      reflection: true,
      workloads: [{ name: 'orders', cpu: 256, memory: 512 }],
    });
    const more = ['--environment', 'test', '--environment=live', '--network', 'existing', '--zone', 'grpc.example.com'];
    const options = [
      '--internal',
      '--no-reflection',
      '--telemetry',
      '--alarms',
      '--arch',
      'arm64',
      '--logs=awslogs',
      '--dns=create',
      '--iac=cloudformation',
    ];
    expect(await specOf([...ecs, ...more, ...options])).toMatchObject({
      iac: 'cloudformation',
      zone: 'grpc.example.com',
      dns: 'create',
      network: 'existing',
      environments: ['test', 'live'],
      internal: true,
      arch: 'arm64',
      logs: 'awslogs',
      reflection: false,
      telemetry: true,
      alarms: true,
    });
  });

  it.each([
    [['--internal=yes'], '--internal takes no value, but was given "yes"', 'Write --internal, or leave it out'],
    [['--region='], '--region needs a value: REGION', 'For example: --region eu-west-1'],
    [['--zone', 'a.io', '--zone', 'b.io'], '--zone is given more than once', 'Give --zone once'],
    [['--alarm'], 'unknown flag --alarm', 'Did you mean --alarms?'],
    [
      ['--reflection', '--no-reflection'],
      '--no-reflection and --reflection exclude each other',
      'Give one of them: --no-reflection',
    ],
  ])('%j are refused like any others', async (argv, message, hint) => {
    expect(await refusalOf(argv)).toStrictEqual([{ message, hint }]);
  });

  it('are told from one another when they are wrong, all at once and each at its place', async () => {
    const faults = await refusalOf([
      'internal',
      '--target',
      'ecs-alb',
      '--region',
      'eu-wst-1',
      '--environment',
      'Dev',
      '--zone',
      'example.com',
    ]);
    expect(faults.map(({ at, message, hint }) => [at, message.split(/[,:]/)[0], hint])).toStrictEqual([
      ['--region', 'region is "eu-wst-1"', 'Did you mean eu-west-1?'],
      ['--environment', 'environments[0] is "Dev"', 'Use dev'],
      ['DIRECTORY', 'name cannot be "internal"', 'Put something in front of it'],
      [undefined, '--domain is missing', 'Say what it is: --domain grpc.example.com'],
    ]);
  });

  it('for another target are refused, and the hint names the right one', async () => {
    for (const argv of [
      ['orders', '--alarms'],
      ['orders', '--alarms', '--target', 'local'],
    ])
      expect(await refusalOf(argv)).toStrictEqual([
        {
          at: '--alarms',
          message: 'alarms is no setting of this target, but of ecs-alb and ecs-nlb-nginx',
          hint: 'Leave it out, or choose the target ecs-alb or ecs-nlb-nginx',
        },
      ]);
  });

  it('come with --help in a group of their own, and with `targets`', async () => {
    const help = writeHelp('0.2.0');
    const groupOf = (title: string) => help.split(`\nFor ${title}\n`)[1]?.split('\n\n')[0] ?? '';
    const group = groupOf('ecs-alb, ecs-nlb-nginx');
    const ofNginx = groupOf('ecs-nlb-nginx');
    for (const { name, setting } of flags.filter(({ setting, isOpposite }) => setting?.node.targets && !isOpposite))
      expect(setting?.targets.length === 1 ? ofNginx : group).toMatch(new RegExp(`^ {2}--${name}\\b`, 'm'));
    expect(ofNginx.match(/^ {2}--[\w-]+/gm)).toStrictEqual(['  --listener', '  --nginx-version']);
    expect(group).not.toContain('--package-manager');
    expect(help.split('\nFlags\n')[1]?.split('\n\n')[0]).toContain('--package-manager');
    expect(help.split('\n').filter((line) => line.length > 80)).toStrictEqual([]);
    expect(group.match(/\(needed\)/g)).toHaveLength(2);

    const world = createWorld();
    await runCli(['targets', '--json'], world);
    const [local, ecsAlb, ecsNlbNginx] = JSON.parse(world.told.stdout).targets;
    expect(local.settings.map(({ name }: { name: string }) => name)).toStrictEqual(['packageManager']);
    const namesOf = (target: { settings: { name: string }[] }) => target.settings.map(({ name }) => name);
    expect(namesOf(ecsNlbNginx)).toStrictEqual(settings.map(({ name }) => name));
    expect(namesOf(ecsAlb)).toStrictEqual(
      namesOf(ecsNlbNginx).filter((name) => name !== 'listener' && name !== 'nginxVersion'),
    );
    expect(ecsAlb.settings[0]).toMatchObject({
      name: 'iac',
      flag: '--iac',
      needed: false,
      default: 'terraform',
      values: ['terraform', 'cloudformation'],
    });
    expect(ecsAlb.settings[1]).toMatchObject({ name: 'region', flag: '--region', needed: true });
  });

  it('say exactly what they said, whatever it was', () => {
    fc.assert(
      fc.property(fc.oneof(anEcsSpec, aNginxSpec), (spec) => {
        const command = parseArguments(['orders', ...asFlags(spec)]);
        const said = settings.filter(({ name }) => spec[name] !== undefined);
        expect(command).toMatchObject({ settings: Object.fromEntries(said.map(({ name }) => [name, spec[name]])) });
      }),
    );
  });
});

describe('without a terminal', () => {
  it('everything that is missing is named at once, with an example', async () => {
    const world = createWorld({ cwd });
    expect(await runCli(['--target', 'ecs-alb'], world)).toBe(2);
    expect(world.told.stderr).toBe(
      `error: DIRECTORY is missing, and there is no terminal to ask on
  hint: Name the folder to create: create-grpc-aws orders
error: --region is missing, and there is no terminal to ask on
  hint: Say what it is: --region eu-west-1
error: --domain is missing, and there is no terminal to ask on
  hint: Say what it is: --domain grpc.example.com
`,
    );
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('a dry run shows what will hold, defaults too', async () => {
    const world = createWorld({ cwd });
    expect(await runCli([...ecs, '--dry-run'], world)).toBe(0);
    expect(world.told.stdout).toContain('\nzone          example.com\n');
    expect(world.told.stdout).toContain('\nenvironments  dev, prod\n');
  });
});

describe('--config', () => {
  const secrets = { API_KEY: { from: 'ssm', name: 'orders/api-key' } };

  it.each(fc.sample(fc.oneof(anEcsSpec, aNginxSpec), { numRuns: 6, seed: 1 }))(
    'says everything, workloads too: $name',
    async (spec) => {
      const workloads = spec.workloads.map(({ protos: _, ...workload }) => workload);
      writeAnswers({ ...spec, workloads });
      expect(await specOf(['orders', '--config', 'answers.json'])).toMatchObject({ ...spec, workloads });
    },
  );

  it('yields to flags, and keeps the settings of a workload that a flag names', async () => {
    const workloads = [{ name: 'cart', cpu: 512, secrets }, { name: 'pay' }];
    writeAnswers({ name: 'shop', target: 'ecs-alb', region: 'eu-west-1', domain: 'a.example.com', workloads });
    const argv = ['shop', '--config', 'answers.json', '--region', 'us-east-1', '--workload', 'cart'];
    expect(await specOf(argv)).toMatchObject({
      region: 'us-east-1',
      domain: 'a.example.com',
      workloads: [{ name: 'cart', cpu: 512, memory: 1024, secrets }],
    });
  });

  it('is refused at its line and column for what the target does not take', async () => {
    writeFileSync(join(cwd, 'answers.json'), '{"name": "orders",\n "region": "eu-west-1"}');
    const argv = ['--config', 'answers.json', '--target', 'local'];
    expect((await refusalOf(argv)).map(({ at }) => at)).toStrictEqual(['answers.json:2:2']);
  });

  it('is refused where a flag and the file do not go together', async () => {
    writeFileSync(join(cwd, 'answers.json'), '{"name": "orders", "target": "ecs-alb",\n "zone": "example.org"}');
    const argv = ['--config', 'answers.json', '--region', 'eu-west-1', '--domain', 'grpc.example.com'];
    expect((await refusalOf(argv)).map(({ at }) => at)).toStrictEqual(['answers.json:2:10']);
  });

  function writeAnswers(answers: object): void {
    writeFileSync(join(cwd, 'answers.json'), JSON.stringify(answers));
  }
});

describe('on a terminal', () => {
  const plain = { isTerminal: true, env: { ACCESSIBLE: '1', NO_COLOR: '1' } };

  it('the target’s questions follow it, and its options come together', async () => {
    const world = createWorld({ ...plain, cwd });
    world.type('2', '1', 'eu-west1', 'eu-west-1', 'https://grpc.example.com', 'grpc.example.com', '2', '');
    world.type('', 'yes', '', '', '', 'y', 'yes', '2', '1', 'no', 'no', 'yes');
    expect(await runCli(['orders'], world)).toBe(0);
    const { stdout } = world.told;
    expect(stdout).toContain('Where will it run?\n1. local: ');
    expect(stdout).toContain('\n2. cloudformation: stacks that AWS keeps, and change sets\n');
    expect(stdout).not.toContain('No TLS between');
    expect(stdout).toContain('such as eu-west-1. Did you mean eu-west-1?\n');
    expect(stdout).toContain('such as grpc.example.com. Use grpc.example.com\n');
    expect(stdout).toContain('\n2. create: a new one, which the domain’s owner has to delegate to\n');
    expect(stdout).toContain('Which network?\n1. create: a VPC of its own for each environment\n');
    expect(stdout).toContain('ARM processors (Graviton)? yes or no (Enter for no): ');
    expect(stdout).toContain('Another package manager than npm: which?\n1. pnpm: ');
    expect(stdout).toContain('Install its packages with yarn install?');
    for (const line of [
      'iac             terraform',
      'arch            arm64',
      'alarms          true',
      'internal        false',
      'dns             create',
    ])
      expect(stdout).toContain(`${line}\n`);
    expect(stdout).toContain('packageManager  yarn\n');
    expect(stdout).toMatch(/Next\n {2}cd orders\n {2}yarn install\n {2}yarn dev\n/);
  });

  it('nothing is asked that was said, and only targets are offered that take it', async () => {
    const said = [
      '--iac=terraform',
      '--region',
      'eu-west-1',
      '--domain',
      'grpc.example.com',
      '--network=create',
      '--dns=create',
      '--internal',
    ];
    const options = ['--arch', 'arm64', '--logs', 'awslogs', '--no-reflection', '--telemetry', '--alarms'];
    const world = createWorld({ ...plain, cwd });
    world.type('1', '1', 'no', 'no', 'yes');
    const npm = ['--package-manager=npm'];
    expect(await runCli(['orders', ...said, ...options, ...npm], world)).toBe(0);
    expect(world.told.stdout).toMatch(/Where will it run\?\n1\. ecs-alb: .*\n2\. ecs-nlb-nginx: .*\nNumber/);
    expect(world.told.stdout).not.toMatch(/language|region\?|options\?/);
    expect(world.told.stdout).toContain('orders, for the target ecs-alb\n');
  });

  it('what clients speak is asked where nginx stands in front, and saying it says the target', async () => {
    const asked = createWorld({ ...plain, cwd });
    asked.type('3', '2', 'eu-west-1', 'grpc.example.com', '1', '1', ...['', '', 'yes', '', '', '', '', '']);
    asked.type('1', 'no', 'no', 'yes');
    expect(await runCli(['orders'], asked)).toBe(0);
    expect(asked.told.stdout).toContain('No TLS between clients and the load balancer? yes or no (Enter for no): ');
    expect(asked.told.stdout).toContain('iac           cloudformation\n');
    expect(asked.told.stdout).toContain('listener      tcp\n');
    expect(asked.told.stdout).not.toContain('nginxVersion');

    const said = createWorld({ ...plain, cwd });
    said.type('1', 'no', 'no', 'yes');
    const ecs = [
      '--iac=terraform',
      '--region=eu-west-1',
      '--domain=grpc.example.com',
      '--network=create',
      '--dns=create',
    ];
    const options = ['--internal', '--arch=arm64', '--logs=awslogs', '--no-reflection', '--telemetry', '--alarms'];
    const nginx = ['--listener=tls', '--nginx-version=1.22', '--package-manager=npm'];
    expect(await runCli(['shop', ...ecs, ...options, ...nginx], said)).toBe(0);
    expect(said.told.stdout).not.toMatch(/Where will|options\?|No TLS/);
    expect(said.told.stdout).toContain('shop, for the target ecs-nlb-nginx\n');
    expect(said.told.stdout).toContain('nginxVersion    1.22\n');
  });

  it('the flags of nginx are refused elsewhere', async () => {
    const faults = await refusalOf([...ecs, '--listener', 'tcp', '--nginx-version', '1.22']);
    expect(faults).toStrictEqual(
      [
        ['listener', '--listener'],
        ['nginxVersion', '--nginx-version'],
      ].map(([name, at]) => ({
        at,
        message: `${name} is no setting of this target, but of ecs-nlb-nginx`,
        hint: 'Leave it out, or choose the target ecs-nlb-nginx',
      })),
    );
    expect(await refusalOf([...ecs, '--iac=cdk'])).toStrictEqual([
      {
        at: '--iac',
        message: 'iac is "cdk", but must be terraform or cloudformation',
        hint: 'Use terraform or cloudformation',
      },
    ]);
    const nlb = ecs.map((word) => (word === 'ecs-alb' ? 'ecs-nlb-nginx' : word));
    expect(await refusalOf([...nlb, '--listener', 'tsl', '--nginx-version', '1.9'])).toStrictEqual([
      { at: '--listener', message: 'listener is "tsl", but must be tls or tcp', hint: 'Did you mean tls?' },
      {
        at: '--nginx-version',
        message: 'nginxVersion is "1.9", but must be a version of nginx from 1.22 on, such as 1.22 or 1.30.4',
        hint: 'Write for example 1.22',
      },
    ]);
  });

  it('a name that the chosen target refuses is told at once', async () => {
    const world = createWorld({ ...plain, cwd });
    world.type('2');
    expect(await runCli(['internal'], world)).toBe(2);
    expect(world.told.stderr).toContain('no load balancer whose name begins with internal-');
  });
});

it('npm’s own taking of these flags is noticed', async () => {
  const world = createWorld({ cwd, env: { npm_command: 'init', npm_config_region: 'true' } });
  expect(await runCli(['orders'], world)).toBe(2);
  expect(world.told.stderr).toContain('npm took --region for itself');
});

/** Every setting as somebody would type it; what is the default of a switch cannot be typed. */
function asFlags(spec: Spec): string[] {
  return flags.flatMap(({ name, setting, valueName, gives }) => {
    if (!setting) return [];
    const value = spec[setting.name];
    if (!valueName) return value === gives ? [`--${name}`] : [];
    if (value === undefined) return [];
    return [value].flat().map((word) => `--${name}=${word}`);
  });
}

async function specOf(argv: readonly string[]): Promise<Spec> {
  const { spec } = await runJson([...argv, '--dry-run'], 0);
  return spec;
}

async function refusalOf(argv: readonly string[]): Promise<{ at?: string; message: string; hint?: string }[]> {
  const { error } = await runJson(argv.includes('orders') || argv.includes('--target') ? argv : ['orders', ...argv], 2);
  expect(readdirSync(cwd).filter((entry) => entry !== 'answers.json')).toEqual([]);
  return error.faults;
}

async function runJson(argv: readonly string[], code: number) {
  const world = createWorld({ cwd });
  expect(await runCli([...argv, '--json'], world), world.told.stdout).toBe(code);
  return JSON.parse(world.told.stdout);
}
