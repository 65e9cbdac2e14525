/** Calls fleet.v1.VehicleService over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { VehicleServiceDefinition } from '../../gen/fleet/v1/vehicle.ts';
import { Status, startForTest, type TestServer, toArray } from '../../server/index.ts';
import service from './fleet.v1.VehicleService.ts';

const { methods } = VehicleServiceDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('Find is not written yet', async () => {
  const call = server.client.find(methods.find.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('Change is not written yet', async () => {
  const call = server.client.change([methods.change.requestType.create()]);
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('Inspect is not written yet', async () => {
  const call = toArray(server.client.inspect(methods.inspect.requestType.create()));
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
