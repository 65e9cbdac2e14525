/** Calls hostile.constructor.Client over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ClientDefinition } from '../../gen/hostile/constructor/names.ts';
import { Status, startForTest, type TestServer } from '../../server/index.ts';
import service from './hostile.constructor.Client.ts';

const { methods } = ClientDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('Server is not written yet', async () => {
  const call = server.client.server(methods.server.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
