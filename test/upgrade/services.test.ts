import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { edit, emitRepo, lookAt, put, read, remove, upgradeRepo } from './upgrade-repo.ts';

const proto = 'proto/orders/v1/orders.proto';
const folder = 'src/workloads/orders';
const handler = `${folder}/orders.v1.OrdersService.ts`;
const refunds = `${folder}/orders.v1.RefundsService.ts`;
const declareRefunds = (text: string) =>
  `${text}\nservice RefundsService {\n  rpc Refund(GetRequest) returns (GetResponse);\n}\n`;

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
  const unused = result.plan.changes.filter(({ because }) => because === 'no-longer-used').map(({ path }) => path);
  expect(unused).toEqual([refunds.replace('.ts', '.test.ts'), refunds]);
  expect(existsSync(join(directory, refunds))).toBe(true);
  expect(read(directory, `${folder}/main.ts`)).not.toContain('RefundsService');
  expect((await upgradeRepo(directory)).plan.changes).toEqual([]);
});

test('a handler that was deleted does not come back', async () => {
  remove(directory, handler);
  edit(directory, proto, declareRefunds);
  await upgradeRepo(directory);
  expect(existsSync(join(directory, handler))).toBe(false);
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
