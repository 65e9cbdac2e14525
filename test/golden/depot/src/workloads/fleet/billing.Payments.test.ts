/** Calls billing.Payments over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PaymentsDefinition } from '../../gen/billing/billing.ts';
import { Status, startForTest, type TestServer, toArray } from '../../server/index.ts';
import service from './billing.Payments.ts';

const { methods } = PaymentsDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('Take is not written yet', async () => {
  const call = server.client.take(methods.take.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('Watch is not written yet', async () => {
  const call = toArray(server.client.watch(methods.watch.requestType.create()));
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
