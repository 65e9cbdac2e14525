/** Calls hostile.constructor.constructor_ over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { constructor_Definition } from '../../gen/hostile/constructor/names.ts';
import { Status, startForTest, type TestServer } from '../../server/index.ts';
import service from './hostile.constructor.constructor_.ts';

const { methods } = constructor_Definition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('isPrototypeOf is not written yet', async () => {
  const call = server.client.isPrototypeOf(methods.isPrototypeOf.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
