import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readSpec } from '../../src/spec/read-spec.ts';
import { openProtoDisk } from '../../src/tree/proto-disk.ts';
import { type Addition, type AddPorts, add } from '../../src/upgrade/add.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { edit, emitRepo, lookAt, openPorts, put, read, remove, upgradeRepo } from './upgrade-repo.ts';

let directory: string;
beforeEach(async () => {
  directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory, { toolVersion: '0.2.0' });
});

function addTo(addition: Addition, given: Partial<AddPorts> = {}, dryRun = false) {
  const ports = { ...openPorts(), typedDisk: openProtoDisk(directory), ...given };
  return add({ directory, addition, dryRun, install: false }, ports);
}

const service = (fullName: string, more: { workload?: string; protos?: string[] } = {}): Addition => ({
  kind: 'service',
  fullName,
  protos: [],
  ...more,
});
const workload = (name: string, protos: readonly string[] = []): Addition => ({ kind: 'workload', name, protos });
const workloadsOf = () => readSpec(read(directory, 'grpc-aws.json'), 'grpc-aws.json').workloads;
const refunds = 'src/workloads/orders/orders.v1.RefundsService';

describe('add workload', () => {
  test('brings a server with the sample, and leaves nothing for an upgrade to do', async () => {
    const result = await addTo(workload('billing'));
    expect(result).toMatchObject({ status: 'upgraded', code: 0 });
    expect(workloadsOf()).toEqual([
      { name: 'orders', protos: ['orders/v1'] },
      { name: 'billing', protos: ['billing/v1'] },
    ]);
    const folder = 'src/workloads/billing';
    expect(read(directory, `${folder}/billing.v1.BillingService.ts`)).toContain('no id');
    expect(existsSync(join(directory, 'proto/billing/v1/billing.proto'))).toBe(true);
    expect(existsSync(join(directory, `${folder}/settings.ts`))).toBe(true);
    expect(read(directory, 'compose.yaml')).toContain('billing');
    expect((await upgradeRepo(directory)).status).toBe('current');
  });

  test('equals a repo that had it from the start, the README apart', async () => {
    await addTo(workload('billing'));
    const fresh = join(makeTemporaryFolder(), 'orders');
    await emitRepo(fresh, { toolVersion: '0.2.0' }, ['orders', 'billing']);
    const [ours, theirs] = [directory, fresh].map(
      (folder) => new Map([...lookAt(folder)].filter(([path]) => path !== 'README.md')),
    );
    expect(ours).toEqual(theirs);
  });

  test('takes protos from anywhere, and what they import', async () => {
    put(
      directory,
      '../shared/acme/pay/v1/pay.proto',
      'syntax = "proto3";\npackage acme.pay.v1;\nimport "acme/money/v1/money.proto";\nservice PayService { rpc Pay(PayRequest) returns (acme.money.v1.Money); }\nmessage PayRequest {}\n',
    );
    put(
      directory,
      '../shared/acme/money/v1/money.proto',
      'syntax = "proto3";\npackage acme.money.v1;\nmessage Money {}\n',
    );
    await addTo(workload('pay', ['../shared/acme/pay']));
    expect(workloadsOf().at(-1)).toEqual({ name: 'pay', protos: ['acme/pay'] });
    expect(existsSync(join(directory, 'proto/acme/money/v1/money.proto'))).toBe(true);
    expect(read(directory, 'buf.yaml')).toContain('- "proto/acme/pay/v1/pay.proto"');
    expect(existsSync(join(directory, 'src/workloads/pay/acme.pay.v1.PayService.ts'))).toBe(true);
  });

  test('serves protos that stand in its folder already', async () => {
    put(
      directory,
      'proto/billing/v1/bills.proto',
      'syntax = "proto3";\npackage billing.v1;\nservice BillsService {}\n',
    );
    await addTo(workload('billing'));
    expect(workloadsOf().at(-1)).toEqual({ name: 'billing', protos: ['billing/v1'] });
    expect(existsSync(join(directory, 'src/workloads/billing/billing.v1.BillsService.ts'))).toBe(true);
    expect(existsSync(join(directory, 'proto/billing/v1/billing.proto'))).toBe(false);
  });

  test.each([
    ['a name that is taken', workload('orders'), 2, 'there is a workload of that name already'],
    ['a name that is none', workload('Billing'), 2, 'must be a DNS label'],
    ['protos that are nowhere', workload('billing', ['nowhere']), 2, 'there is no such file or folder'],
    ['protos of another workload', workload('billing', ['proto/orders']), 2, 'claimed by two workloads'],
  ])('refuses %s, and writes nothing', async (_, addition, code, said) => {
    const before = lookAt(directory);
    await expect(addTo(addition)).rejects.toMatchObject({ code, message: expect.stringContaining(said) });
    expect(lookAt(directory)).toEqual(before);
  });

  test('refuses a sample where other protos stand', async () => {
    put(directory, 'proto/billing/v1/money.proto', 'syntax = "proto3";\npackage billing.v1;\nmessage Money {}\n');
    await expect(addTo(workload('billing'))).rejects.toMatchObject({
      code: 2,
      message: expect.stringContaining('where other protos stand'),
    });
  });

  test('refuses a proto that the repo has with another text', async () => {
    put(directory, '../shared/orders/v1/orders.proto', 'syntax = "proto3";\npackage orders.v1;\nservice Mine {}\n');
    const adding = addTo(workload('mine', ['../shared/orders/v1/orders.proto']));
    await expect(adding).rejects.toMatchObject({
      code: 1,
      message: expect.stringContaining('it is there already, with another text'),
    });
  });
});

describe('add service', () => {
  test('brings back the handler of a service that is served, where it was deleted', async () => {
    const path = 'src/workloads/orders/orders.v1.OrdersService';
    remove(directory, `${path}.ts`);
    put(directory, `${path}.test.ts`, '// mine\n');
    expect(await addTo(service('orders.v1.OrdersService'))).toMatchObject({ status: 'upgraded' });
    expect(read(directory, `${path}.ts`)).toContain('OrdersService');
    expect(read(directory, `${path}.test.ts`)).toBe('// mine\n');
    await expect(addTo(service('orders.v1.OrdersService'))).rejects.toThrow('serves it already');
  });

  test('writes a proto that buf accepts, a handler and a test, and serves it', async () => {
    const result = await addTo(service('orders.v1.RefundsService'));
    expect(result.plan.changes.filter(({ verdict }) => verdict === 'added').map(({ path }) => path)).toEqual([
      'proto/orders/v1/refunds.proto',
      `${refunds}.test.ts`,
      `${refunds}.ts`,
    ]);
    // The sample gave GetRequest away.
    expect(read(directory, 'proto/orders/v1/refunds.proto')).toContain('rpc Get(RefundsServiceGetRequest)');
    expect(read(directory, 'src/workloads/orders/main.ts')).toContain('orders.v1.RefundsService.ts');
    expect(workloadsOf()).toEqual([{ name: 'orders', protos: ['orders/v1'] }]);
    expect((await upgradeRepo(directory)).status).toBe('current');
  });

  test('of another package gives its folder to the workload', async () => {
    await addTo(service('acme.pay.v1.PayService'));
    expect(workloadsOf()).toEqual([{ name: 'orders', protos: ['orders/v1', 'acme/pay/v1'] }]);
    expect(read(directory, 'proto/acme/pay/v1/pay.proto')).toContain('rpc Get(GetRequest)');
  });

  test('that a proto declares already is served, and nothing is written into protos', async () => {
    put(directory, 'proto/bill/v1/bill.proto', 'syntax = "proto3";\npackage bill.v1;\nservice Bills {}\n');
    await addTo(service('bill.v1.Bills'));
    expect(workloadsOf()).toEqual([{ name: 'orders', protos: ['orders/v1', 'bill/v1/bill.proto'] }]);
    expect(existsSync(join(directory, 'src/workloads/orders/bill.v1.Bills.ts'))).toBe(true);
  });

  test('with its proto brings it along', async () => {
    put(
      directory,
      '../pay.proto',
      'syntax = "proto3";\npackage pay.v1;\nservice Pay { rpc Pay(Req) returns (Req); }\nmessage Req {}\n',
    );
    await addTo(service('pay.v1.Pay', { protos: ['../pay.proto'] }));
    expect(workloadsOf()).toEqual([{ name: 'orders', protos: ['orders/v1', 'pay/v1/pay.proto'] }]);
    expect(existsSync(join(directory, 'proto/pay/v1/pay.proto'))).toBe(true);
  });

  test('asks which of several workloads serves it, and is refused where nobody can be asked', async () => {
    await addTo(workload('billing'));
    const addition = service('pay.v1.PayService');
    await expect(addTo(addition)).rejects.toMatchObject({
      code: 2,
      message: expect.stringContaining('--workload is missing'),
    });
    await addTo(addition, { chooseWorkload: async (names) => names[1] ?? '' });
    expect(workloadsOf().at(-1)).toEqual({ name: 'billing', protos: ['billing/v1', 'pay/v1'] });
    await addTo(service('pay.v2.PayService', { workload: 'orders' }));
    expect(workloadsOf()[0]).toEqual({ name: 'orders', protos: ['orders/v1', 'pay/v2'] });
  });

  test('whose files were deleted comes back', async () => {
    await addTo(service('orders.v1.RefundsService'));
    remove(directory, 'proto/orders/v1/refunds.proto');
    for (const end of ['.ts', '.test.ts']) remove(directory, `${refunds}${end}`);
    await addTo(service('orders.v1.RefundsService'));
    expect(existsSync(join(directory, `${refunds}.ts`))).toBe(true);
    expect(existsSync(join(directory, 'proto/orders/v1/refunds.proto'))).toBe(true);
  });

  test('leaves a handler that is there as it is', async () => {
    put(directory, `${refunds}.ts`, '// mine\n');
    await addTo(service('orders.v1.RefundsService'));
    expect(read(directory, `${refunds}.ts`)).toBe('// mine\n');
  });

  test.each([
    ['one that is served', service('orders.v1.OrdersService'), 'the workload orders serves it already', 'upgrade'],
    [
      'a workload that is not there',
      service('a.v1.BService', { workload: 'order' }),
      'there is no workload of that name',
      'Did you mean `add service a.v1.BService --workload orders`?',
    ],
    [
      'a name that buf would refuse',
      service('orders.Refunds'),
      'is no name for a new service',
      'add service orders.v1.RefundsService',
    ],
    ['a bare name', service('Refunds'), 'is no name for a new service', 'add service refunds.v1.RefundsService'],
    ['a name with a path in it', service('../v1.RefundsService'), 'is no name for a new service', 'add service'],
  ])('refuses %s, and writes nothing', async (_, addition, message, hint) => {
    const before = lookAt(directory);
    const faults = [{ message: expect.stringContaining(message), hint: expect.stringContaining(hint) }];
    await expect(addTo(addition)).rejects.toMatchObject({ code: 2, faults });
    expect(lookAt(directory)).toEqual(before);
  });

  test('refuses a folder that another workload serves, and a proto that does not declare it', async () => {
    await addTo(workload('billing'));
    await expect(addTo(service('orders.v1.RefundsService', { workload: 'billing' }))).rejects.toMatchObject({
      faults: [{ message: expect.stringContaining('the workload orders serves all') }],
    });
    put(directory, '../pay.proto', 'syntax = "proto3";\npackage pay.v1;\nservice PayService {}\n');
    const adding = addTo(service('pay.v1.PaySrvice', { workload: 'billing', protos: ['../pay.proto'] }));
    await expect(adding).rejects.toMatchObject({
      faults: [{ hint: 'Say which one: `add service pay.v1.PayService --proto ../pay.proto`.' }],
    });
  });
});

describe('both', () => {
  test('keep the layout of grpc-aws.json', async () => {
    const laid =
      '{ "name": "orders",\n\n    "target": "local",\n    "workloads": [\n        { "name": "orders", "protos": ["orders/v1"] }\n    ], "$schema": "./.grpc-aws/schema.json" }\n';
    put(directory, 'grpc-aws.json', laid);
    await addTo(service('pay.v1.PayService'));
    expect(read(directory, 'grpc-aws.json')).toBe(laid.replace('["orders/v1"]', '["orders/v1", "pay/v1"]'));
  });

  test('write nothing in a dry run, and nothing when it is declined', async () => {
    const before = lookAt(directory);
    expect(await addTo(workload('billing'), {}, true)).toMatchObject({ status: 'planned', code: 0 });
    expect(await addTo(service('a.v1.BService'), { confirm: async () => false })).toMatchObject({ status: 'declined' });
    expect(lookAt(directory)).toEqual(before);
  });

  test('keep edits, and merge what both changed', async () => {
    edit(directory, 'compose.yaml', (text) => `${text}# mine\n`);
    edit(directory, 'src/workloads/orders/main.ts', (text) => text.replace('run({', '// mine\nrun({'));
    await addTo(service('pay.v1.PayService'));
    await addTo(workload('billing'));
    expect(read(directory, 'compose.yaml')).toMatch(/# mine\n$/);
    expect(read(directory, 'compose.yaml')).toContain('billing');
    expect(read(directory, 'src/workloads/orders/main.ts')).toContain('// mine\nrun({');
  });
});
