/** Calls billing.Invoices over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { InvoicesDefinition } from '../../gen/billing/billing.ts';
import { Status, startForTest, type TestServer } from '../../server/index.ts';
import service from './billing.Invoices.ts';

const { methods } = InvoicesDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('Send is not written yet', async () => {
  const call = server.client.send(methods.send.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
