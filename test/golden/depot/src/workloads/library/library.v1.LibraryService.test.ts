/** Calls library.v1.LibraryService over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LibraryServiceDefinition } from '../../gen/library/v1/library.ts';
import { Status, startForTest, type TestServer, toArray } from '../../server/index.ts';
import service from './library.v1.LibraryService.ts';

const { methods } = LibraryServiceDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('GetBook is not written yet', async () => {
  const call = server.client.getBook(methods.getBook.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('BuyBooks is not written yet', async () => {
  const call = server.client.buyBooks(methods.buyBooks.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('ReadBook is not written yet', async () => {
  const call = toArray(server.client.readBook(methods.readBook.requestType.create()));
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
