import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Spec } from '../../src/spec/spec.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { edit, emitRepo, lookAt, put, read, upgradeRepo } from './upgrade-repo.ts';

const cloud = { target: 'ecs-alb', region: 'eu-west-1', domain: 'grpc.example.com' };
const handler = 'src/workloads/orders/orders.v1.OrdersService.ts';
const seeds = [
  handler,
  handler.replace('.ts', '.test.ts'),
  'src/workloads/orders/settings.ts',
  'README.md',
  'proto/orders/v1/orders.proto',
];
/** Managed files of every target, each with an edit of the user's. */
const merged = ['src/server/log.ts', 'src/workloads/orders/main.ts', 'tsconfig.json', 'compose.yaml'];
const added = '// an edit\n';
const readmeStays = { when: 'after', message: expect.stringMatching(/^README.md is yours/), commands: [] };

type Answers = Partial<Record<keyof Spec | '$schema', unknown>>;

let directory: string;
beforeEach(async () => {
  directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory, { toolVersion: '0.2.0' });
});

/** Answers that are undefined go away. */
function answer(answers: Answers): void {
  edit(directory, 'grpc-aws.json', (text) => JSON.stringify({ ...JSON.parse(text), ...answers }));
}

async function change(answers: Answers) {
  answer(answers);
  return upgradeRepo(directory, {}, { install: false });
}

/** Makes a repo of this target, with edits in it. */
async function settle(answers: Answers): Promise<void> {
  await change(answers);
  for (const path of seeds) put(directory, path, path.endsWith('.proto') ? `${added}${read(directory, path)}` : added);
  for (const path of merged)
    edit(directory, path, (text) => (path.endsWith('.yaml') ? `${text}# an edit\n` : `${text}${added}`));
}

function expectEdits(): void {
  for (const path of [...seeds, ...merged])
    expect([path, read(directory, path)]).toEqual([path, expect.stringContaining('an edit')]);
}

/** Everything but those edits, and ranges of networks, is as in a repo that was asked for this from the start. */
async function expectFresh(): Promise<void> {
  const spec = read(directory, 'grpc-aws.json');
  const fresh = join(makeTemporaryFolder(), 'orders');
  await emitRepo(fresh, { toolVersion: '0.2.0' });
  put(fresh, 'grpc-aws.json', spec);
  await upgradeRepo(fresh, {}, { install: false });
  const owned = new Set([...seeds, ...merged]);
  const [ours, theirs] = [lookAt(directory), lookAt(fresh)];
  expect([...ours.keys()].filter((path) => !theirs.has(path))).toEqual([]);
  for (const [path, text] of theirs) {
    const leaveOut = (given = '') => given.replaceAll(/vpc_cidr = \\?"10\.\d/g, '');
    if (!owned.has(path)) expect([path, leaveOut(ours.get(path))]).toEqual([path, leaveOut(text)]);
  }
}

const zone = { zone: 'example.com' };

describe('a setting that is changed, in a repo with edits', () => {
  test.each<[string, Answers, Answers, readonly RegExp[]]>([
    ['local → ecs-alb', {}, cloud, [/docs\/runbook.md leads from an empty AWS account/, /^README.md is yours/]],
    [
      'the region',
      cloud,
      { region: 'us-east-1' },
      [/Nothing that has the region eu-west-1 comes along/, /Begin at step 1/],
    ],
    ['the network, created → existing', cloud, { network: 'existing' }, [/belong to one VPC/, /`vpc_tags`/]],
    [
      'the network, existing → created',
      { ...cloud, network: 'existing' },
      { network: 'create' },
      [/belong to one VPC/, /left alone/],
    ],
    ['the zone, looked up → made', cloud, { dns: 'create' }, [/has to be imported/]],
    ['the zone, made → looked up', { ...cloud, dns: 'create' }, { dns: 'existing' }, [/no longer holds it/]],
    [
      'another zone that is made',
      { ...cloud, ...zone, dns: 'create' },
      { domain: 'grpc.other.io', zone: 'other.io' },
      [/dial the new names: dev.grpc.other.io, grpc.other.io/, /forget it/, /makes the zone other.io/],
    ],
    [
      'the domain',
      { ...cloud, ...zone },
      { domain: 'rpc.example.com' },
      [/The old ones, dev.grpc.example.com, grpc.example.com, end/],
    ],
    ['internal', cloud, { internal: true }, [/Terraform replaces it/]],
    ['the processor', cloud, { arch: 'arm64' }, [/Images of earlier commits are for x86_64/]],
    ['the logs', cloud, { logs: 'awslogs' }, []],
    ['reflection', cloud, { reflection: false }, []],
    [
      'telemetry, off → on',
      cloud,
      { telemetry: true, workloads: [{ name: 'orders', protos: ['orders/v1'], cpu: 512, memory: 1024 }] },
      [],
    ],
    [
      'telemetry, on → off',
      { ...cloud, telemetry: true, workloads: [{ name: 'orders', protos: ['orders/v1'], cpu: 512, memory: 1024 }] },
      { telemetry: false },
      [],
    ],
    ['alarms', cloud, { alarms: true }, [/Nobody hears of an alarm/]],
    [
      'an environment more, in front of production',
      cloud,
      { environments: ['dev', 'test', 'prod'] },
      [/The new environment test needs a role/],
    ],
    ['an environment less', cloud, { environments: ['prod'] }, [/The environment dev stays in AWS/]],
    [
      'production under another name',
      cloud,
      { environments: ['dev', 'live'] },
      [/The environment prod stays in AWS.* grpc.example.com, is to be that of live/, /The new environment live/],
    ],
    [
      'another production',
      cloud,
      { environments: ['dev', 'prod', 'live'] },
      [
        /The new environment live/,
        /grpc.example.com moves from prod to live, and prod is dialled at prod.grpc.example.com/,
      ],
    ],
  ])('%s: edits stay, the rest is swapped, and what is left by hand is said', async (_, before, after, said) => {
    await settle(before);
    const result = await change(after);
    expect(result.plan.totals.conflicting).toBe(0);
    expectEdits();
    await expectFresh();
    expect(result.plan.moves.map(({ message }) => message)).toEqual(said.map((one) => expect.stringMatching(one)));
    expect((await upgradeRepo(directory)).status).toBe('current');
  });

  test('networks keep their ranges, however often environments come and go, and a new one gets a free one', async () => {
    const place = (name: string) => `infra/environments/${name}.tfvars`;
    const listRanges = () =>
      JSON.parse(read(directory, 'grpc-aws.json')).environments.map(
        (name: string) => /^vpc_cidr = "(.*)"/m.exec(read(directory, place(name)))?.[1],
      );
    await change({ ...cloud, environments: ['dev', 'prod'] });
    await change({ environments: ['dev', 'test', 'prod'] });
    expect(listRanges()).toEqual(['10.0.0.0/16', '10.2.0.0/16', '10.1.0.0/16']);
    edit(directory, place('test'), (text) => text.replace('10.2.0.0/16', '10.3.0.0/18'));
    put(directory, place('own'), 'vpc_cidr = "10.4.0.0/16"\n');
    await change({ environments: ['first', 'dev', 'test', 'last', 'prod'] });
    expect(listRanges()).toEqual(['10.5.0.0/16', '10.0.0.0/16', '10.3.0.0/18', '10.6.0.0/16', '10.1.0.0/16']);
    await change({ environments: ['test', 'prod', 'more'] });
    expect(listRanges()).toEqual(['10.3.0.0/18', '10.1.0.0/16', '10.7.0.0/16']);
    expect((await upgradeRepo(directory)).status).toBe('current');
  });

  test('there and back: ecs-alb → local → ecs-alb', async () => {
    await settle(cloud);
    const before = lookAt(directory);
    const settings = JSON.parse(read(directory, 'grpc-aws.json'));
    const { name, $schema, workloads } = settings;
    put(
      directory,
      'grpc-aws.json',
      JSON.stringify({
        $schema,
        name,
        target: 'local',
        workloads: workloads.map(({ cpu: _, memory: __, ...rest }: Record<string, unknown>) => rest),
      }),
    );
    const left = await upgradeRepo(directory, {}, { install: false });
    expect(left.plan.moves).toEqual([
      { when: 'before', message: expect.stringContaining('docs/runbook.md, Destroy): dev, prod'), commands: [] },
      readmeStays,
    ]);
    expect(existsSync(join(directory, 'infra'))).toBe(false);
    expectEdits();
    await expectFresh();
    put(directory, 'grpc-aws.json', JSON.stringify(settings));
    await upgradeRepo(directory, {}, { install: false });
    const after = lookAt(directory);
    for (const [path, text] of before)
      if (path !== 'grpc-aws.json') expect([path, after.get(path)]).toEqual([path, text]);
  });

  test('an edited file that goes with the target is kept, and named', async () => {
    await settle(cloud);
    edit(directory, 'infra/logs.tf', (text) => `${text}# mine\n`);
    const { $schema, name, workloads } = JSON.parse(read(directory, 'grpc-aws.json'));
    put(
      directory,
      'grpc-aws.json',
      JSON.stringify({
        $schema,
        name,
        target: 'local',
        workloads: [{ name: workloads[0].name, protos: workloads[0].protos }],
      }),
    );
    const result = await upgradeRepo(directory, {}, { install: false });
    expect(result.plan.changes).toContainEqual({
      path: 'infra/logs.tf',
      verdict: 'kept',
      ownership: 'managed',
      because: 'no-longer-emitted',
    });
  });
});

describe('workloads', () => {
  const billing = { name: 'billing', protos: ['billing/v1'] };
  const orders = { name: 'orders', protos: ['orders/v1'] };
  const declareBilling = () =>
    put(
      directory,
      'proto/billing/v1/billing.proto',
      'syntax = "proto3";\npackage billing.v1;\nservice BillingService {}\n',
    );
  const service = 'billing.v1.BillingService';

  test('one more on ecs-alb says what has to be there before it is deployed', async () => {
    await settle(cloud);
    declareBilling();
    const result = await change({ workloads: [orders, billing] });
    expect(result.plan.moves).toEqual([
      {
        when: 'after',
        message: expect.stringContaining('The image repository of billing'),
        commands: [expect.stringContaining('init'), 'terraform -chdir=infra/bootstrap apply'],
      },
    ]);
    expectEdits();
  });

  test('one less is no longer served, and its handlers stay and are named', async () => {
    declareBilling();
    await change({ workloads: [orders, billing] });
    await settle(cloud);
    const result = await change({ workloads: [orders] });
    expect(result.plan.changes.filter(({ because }) => because === 'no-longer-used').map(({ path }) => path)).toEqual([
      `src/workloads/billing/${service}.test.ts`,
      `src/workloads/billing/${service}.ts`,
      'src/workloads/billing/settings.ts',
    ]);
    expect(result.plan.moves.map(({ message }) => message)).toEqual([
      expect.stringContaining('The next deploy destroys what ran billing, its logs'),
    ]);
    expect(existsSync(join(directory, 'src/workloads/billing/main.ts'))).toBe(false);
    expect(read(directory, 'compose.yaml')).not.toContain('billing');
    expectEdits();
  });

  test('one under another name takes its handlers, tests, settings and edits along', async () => {
    const folder = (name: string, file: string) => `src/workloads/${name}/${file}`;
    put(directory, handler, added);
    put(directory, folder('orders', 'settings.ts'), added);
    edit(directory, folder('orders', 'main.ts'), (text) => text.replace('run({', '// mine\nrun({'));
    put(directory, folder('orders', 'prices.ts'), 'export {};\n');
    const result = await change({ workloads: [{ ...orders, name: 'sales' }] });
    expect(
      result.plan.changes.filter(({ verdict }) => verdict === 'renamed').map(({ path, from }) => [from, path]),
    ).toEqual(
      ['main.ts', 'orders.v1.OrdersService.test.ts', 'orders.v1.OrdersService.ts', 'settings.ts'].map((file) => [
        folder('orders', file),
        folder('sales', file),
      ]),
    );
    expect(read(directory, folder('sales', 'orders.v1.OrdersService.ts'))).toBe(added);
    expect(read(directory, folder('sales', 'settings.ts'))).toBe(added);
    expect(read(directory, folder('sales', 'main.ts'))).toMatch(/name: 'sales'[\s\S]*/);
    expect(read(directory, folder('sales', 'main.ts'))).toContain('// mine\nrun({');
    expect(result.plan.moves).toEqual([
      {
        when: 'after',
        message: expect.stringContaining('what is yours beside them is for you to move'),
        commands: ['mv src/workloads/orders/prices.ts src/workloads/sales/'],
      },
    ]);
    expect(read(directory, folder('orders', 'prices.ts'))).toBe('export {};\n');
    expect((await upgradeRepo(directory)).status).toBe('current');
  });

  test('two that swap names are told what goes along and what does not, and by way of a third name all of it goes', async () => {
    declareBilling();
    await change({ workloads: [orders, billing] });
    put(directory, 'src/workloads/billing/settings.ts', '// of billing\n');
    const swapped = [
      { ...orders, name: 'billing' },
      { ...billing, name: 'orders' },
    ];
    answer({ workloads: swapped });
    const { plan } = await upgradeRepo(directory, {}, { check: true });
    expect(plan.moves).toEqual([
      {
        when: 'before',
        message: expect.stringContaining('billing what orders served, orders what billing served. Handlers and their'),
        commands: [],
      },
    ]);
    for (const workloads of [
      [{ ...orders, name: 'other' }, billing],
      [
        { ...orders, name: 'other' },
        { ...billing, name: 'orders' },
      ],
      swapped,
    ])
      expect((await change({ workloads })).plan.moves).toEqual([]);
    expect(read(directory, 'src/workloads/orders/settings.ts')).toBe('// of billing\n');
    expect(read(directory, `src/workloads/orders/${service}.ts`)).toContain('BillingService');
  });

  test('a service that another workload serves now takes its handler and test along', async () => {
    declareBilling();
    await change({ workloads: [{ name: 'orders', protos: ['orders/v1', 'billing/v1'] }] });
    put(directory, `src/workloads/orders/${service}.ts`, added);
    const result = await change({ workloads: [orders, billing] });
    expect(result.plan.totals).toMatchObject({ renamed: 2, kept: 0 });
    expect(read(directory, `src/workloads/billing/${service}.ts`)).toBe(added);
    expect(read(directory, 'src/workloads/orders/main.ts')).not.toContain('billing');
  });

  test('a handler that was copied before the service moved stays in both places, and the old one is named', async () => {
    declareBilling();
    await change({ workloads: [{ name: 'orders', protos: ['orders/v1', 'billing/v1'] }] });
    put(directory, `src/workloads/billing/${service}.ts`, added);
    const result = await change({ workloads: [orders, billing] });
    expect(read(directory, `src/workloads/billing/${service}.ts`)).toBe(added);
    expect(result.plan.changes).toContainEqual({
      path: `src/workloads/orders/${service}.ts`,
      verdict: 'kept',
      ownership: 'seeded',
      because: 'no-longer-used',
    });
  });

  test('the name of the project is asked of no file of the user', async () => {
    await settle(cloud);
    const result = await change({ name: 'sales' });
    expect(result.plan.moves.map(({ message }) => message)).toEqual([
      expect.stringContaining('Nothing that has the name orders comes along'),
      'Begin at step 1 of docs/runbook.md.',
    ]);
    expectEdits();
  });
});
