/** Calls parts.PartsService over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PartsServiceDefinition } from '../../gen/parts/parts.ts';
import { Status, startForTest, type TestServer, toArray } from '../../server/index.ts';
import service from './parts.PartsService.ts';

const { methods } = PartsServiceDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('List is not written yet', async () => {
  const call = toArray(server.client.list(methods.list.requestType.create()));
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
