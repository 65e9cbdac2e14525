/** Calls acme.orders.v1.OrdersService over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OrdersServiceDefinition } from '../../gen/acme/orders/v1/orders.ts';
import { Status, startForTest, type TestServer, toArray } from '../../server/index.ts';
import service from './acme.orders.v1.OrdersService.ts';

const { methods } = OrdersServiceDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('PlaceOrder is not written yet', async () => {
  const call = server.client.placeOrder(methods.placeOrder.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('WatchOrder is not written yet', async () => {
  const call = toArray(server.client.watchOrder(methods.watchOrder.requestType.create()));
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
