/** Calls hostile.constructor.Object_ over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Object_Definition } from '../../gen/hostile/constructor/names.ts';
import { Status, startForTest, type TestServer } from '../../server/index.ts';
import service from './hostile.constructor.Object_.ts';

const { methods } = Object_Definition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('new is not written yet', async () => {
  const call = server.client.new(methods.new.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
