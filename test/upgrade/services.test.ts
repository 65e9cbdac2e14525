import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { showUpgrade } from '../../src/cli/show-upgrade.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { edit, emitRepo, lookAt, put, read, remove, upgradeRepo } from './upgrade-repo.ts';

const proto = 'proto/orders/v1/orders.proto';
const folder = 'src/workloads/orders';
const handler = `${folder}/orders.v1.OrdersService.ts`;
const refunds = `${folder}/orders.v1.RefundsService.ts`;
const declareRefunds = (text: string) =>
  `${text}\nservice RefundsService {\n  rpc Refund(GetRequest) returns (GetResponse);\n}\n`;

const same = (text: string) => text;
const plain = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

let directory: string;
beforeEach(async () => {
  directory = join(makeTemporaryFolder(), 'orders');
  await emitRepo(directory, { toolVersion: '0.2.0' });
});

test('a new service gets a handler and its test, and is served', async () => {
  edit(directory, proto, declareRefunds);
  const result = await upgradeRepo(directory);
  const added = result.plan.changes.filter(({ verdict }) => verdict === 'added');
  expect(added.map(({ path, ownership }) => [path, ownership])).toEqual([
    [refunds.replace('.ts', '.test.ts'), 'seeded'],
    [refunds, 'seeded'],
  ]);
  expect(read(directory, `${folder}/main.ts`)).toContain('orders.v1.RefundsService.ts');
  expect((await upgradeRepo(directory)).status).toBe('current');
});

test('a new method leaves the handler to its owner', async () => {
  edit(directory, proto, (text) => text.replace('rpc Get(', 'rpc Find(GetRequest) returns (GetResponse);\n  rpc Get('));
  const before = read(directory, handler);
  await upgradeRepo(directory);
  expect(read(directory, handler)).toBe(before);
});

test('a removed service is no longer served, and its handler and test are named', async () => {
  edit(directory, proto, declareRefunds);
  await upgradeRepo(directory);
  edit(directory, proto, (text) => text.slice(0, text.indexOf('\nservice RefundsService')));
  const result = await upgradeRepo(directory);
  const unused = result.plan.changes.filter(({ because }) => because === 'service-gone').map(({ path }) => path);
  expect(unused).toEqual([refunds.replace('.ts', '.test.ts'), refunds]);
  expect(existsSync(join(directory, refunds))).toBe(true);
  expect(read(directory, `${folder}/main.ts`)).not.toContain('RefundsService');
});

test('what nothing uses any more is named by every run, for as long as it is there', async () => {
  edit(directory, proto, declareRefunds);
  await upgradeRepo(directory);
  edit(directory, proto, (text) => text.slice(0, text.indexOf('\nservice RefundsService')));
  const { changes } = (await upgradeRepo(directory)).plan;
  put(directory, `${folder}/prices.ts`, 'export {};\n');
  const left = changes.filter(({ verdict }) => verdict === 'kept');
  const again = await upgradeRepo(directory, {}, { check: true });
  expect([again.status, again.code, again.plan.changes]).toEqual(['current', 0, left]);
  remove(directory, refunds);
  remove(directory, refunds.replace('.ts', '.test.ts'));
  expect((await upgradeRepo(directory)).plan.changes).toEqual([]);
});

test('what is left of a service without a package is named by every run too, and nothing of the user beside it', async () => {
  const ask = (protos: string[]) =>
    edit(directory, 'grpc-aws.json', (text) => {
      const spec = JSON.parse(text);
      return JSON.stringify({ ...spec, workloads: [{ name: 'orders', protos: ['orders/v1', ...protos] }] });
    });
  put(
    directory,
    'proto/greeter.proto',
    'syntax = "proto3";\nmessage Name {}\nservice Greeter {\n  rpc Greet(Name) returns (Name);\n}\nservice Empty {}\n',
  );
  ask(['greeter.proto']);
  await upgradeRepo(directory);
  put(directory, `${folder}/Prices.ts`, 'export class Prices {}\n');
  put(directory, `${folder}/Prices.test.ts`, "import { Prices } from './Prices.ts';\n\nnew Prices();\n");
  remove(directory, 'proto/greeter.proto');
  ask([]);
  const left = ['Empty.test.ts', 'Empty.ts', 'Greeter.test.ts', 'Greeter.ts'].map((name) => `${folder}/${name}`);
  const namesOf = async () => (await upgradeRepo(directory)).plan.changes.filter(({ verdict }) => verdict === 'kept');
  const first = await namesOf();
  expect(first.map(({ path, because }) => [path, because])).toEqual(left.map((path) => [path, 'service-gone']));
  expect(await namesOf()).toEqual(first);
});

test('code of a workload that left is told apart from code whose service is gone, its edited main.ts included', async () => {
  const spec = JSON.parse(read(directory, 'grpc-aws.json'));
  const billing = { name: 'billing', protos: ['billing/v1'] };
  const ask = (workloads: unknown) => put(directory, 'grpc-aws.json', JSON.stringify({ ...spec, workloads }));
  put(
    directory,
    'proto/billing/v1/billing.proto',
    'syntax = "proto3";\npackage billing.v1;\nservice BillingService {}\n',
  );
  ask([...spec.workloads, billing]);
  await upgradeRepo(directory);
  edit(directory, 'src/workloads/billing/main.ts', (text) => `${text}// mine\n`);
  ask(spec.workloads);
  const { plan } = await upgradeRepo(directory);
  const files = ['billing.v1.BillingService.test.ts', 'billing.v1.BillingService.ts', 'main.ts', 'settings.ts'];
  const command = `  rm ${files.map((file) => `src/workloads/billing/${file}`).join(' ')}`;
  expect(showUpgrade(plan, plain)).toContain(
    `No workload runs this code. If none is to, take from it what you need, then remove it:\n${command}`,
  );
  expect(showUpgrade(plan, plain)).not.toContain('The build fails');
  expect(showUpgrade((await upgradeRepo(directory)).plan, plain)).toContain(command);
});

test('a handler that was deleted does not come back', async () => {
  remove(directory, handler);
  edit(directory, proto, declareRefunds);
  const { plan } = await upgradeRepo(directory);
  const { changes } = plan;
  expect(existsSync(join(directory, handler))).toBe(false);
  expect(showUpgrade(plan, plain)).toContain('\n  npx create-grpc-aws add service orders.v1.OrdersService');
  expect(changes).toContainEqual({ path: handler, verdict: 'kept', ownership: 'seeded', because: 'deleted' });
  edit(directory, `${folder}/main.ts`, (text) => text.replace(/^import .*OrdersService.*\n/m, ''));
  expect((await upgradeRepo(directory)).plan.changes.map(({ path }) => path)).not.toContain(handler);
});

test('a second workload is laid beside the first, which stays as it is', async () => {
  put(
    directory,
    'proto/billing/v1/billing.proto',
    'syntax = "proto3";\npackage billing.v1;\nservice BillingService {}\n',
  );
  edit(directory, 'grpc-aws.json', (text) => {
    const spec = JSON.parse(text);
    return JSON.stringify({ ...spec, workloads: [...spec.workloads, { name: 'billing', protos: ['billing/v1'] }] });
  });
  edit(directory, handler, () => 'export {};\n');
  expect((await upgradeRepo(directory)).status).toBe('upgraded');
  expect(read(directory, handler)).toBe('export {};\n');
  expect(existsSync(join(directory, 'src/workloads/billing/billing.v1.BillingService.ts'))).toBe(true);
  expect(read(directory, 'compose.yaml')).toContain('billing');
});

test('the manifest lists the protos that are there, whoever put them there', async () => {
  put(directory, 'proto/shared/v1/money.proto', 'syntax = "proto3";\npackage shared.v1;\nmessage Money {}\n');
  await upgradeRepo(directory);
  expect(read(directory, '.grpc-aws/manifest.json')).toContain('"proto/shared/v1/money.proto"');
  remove(directory, 'proto/shared');
  await upgradeRepo(directory);
  expect(read(directory, '.grpc-aws/manifest.json')).not.toContain('money');
  expect([...lookAt(directory).keys()]).not.toContain('proto/shared/v1/money.proto');
});

test('a service that no workload serves is noted, with the command that has it served', async () => {
  put(
    directory,
    'proto/billing/v1/billing.proto',
    'syntax = "proto3";\npackage billing.v1;\nservice BillingService {}\n',
  );
  const note =
    'billing.v1.BillingService is served by no workload: `npx create-grpc-aws add service billing.v1.BillingService`';
  expect((await upgradeRepo(directory)).notes).toEqual([note]);
  expect(await upgradeRepo(directory)).toMatchObject({ status: 'current', code: 0, notes: [note] });
});

test('an entry of `protos` that leads nowhere is refused, with the nearest one that there is', async () => {
  const before = lookAt(directory);
  edit(directory, 'grpc-aws.json', (text) => text.replace('orders/v1', 'order/v1'));
  await expect(upgradeRepo(directory)).rejects.toMatchObject({
    faults: [
      {
        at: 'grpc-aws.json',
        message: 'the workload orders serves "order/v1", and there is no such file or folder in proto/',
        hint: expect.stringContaining('Did you mean "orders/v1"?'),
      },
    ],
  });
  edit(directory, 'grpc-aws.json', (text) => text.replace('order/v1', 'orders/v1'));
  expect(lookAt(directory)).toEqual(before);
});
