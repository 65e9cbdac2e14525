/** Calls billing.Empty over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { EmptyDefinition } from '../../gen/billing/billing.ts';
import { Status, startForTest, type TestServer } from '../../server/index.ts';
import service from './billing.Empty.ts';

const { methods } = EmptyDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('there is no method yet', () => {
  assert.deepEqual(Object.keys(server.client), Object.keys(methods));
});
