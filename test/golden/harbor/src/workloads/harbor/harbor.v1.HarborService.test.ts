/** Calls harbor.v1.HarborService over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Status, startForTest, type TestServer, toArray } from '../../server/index.ts';
import service from './harbor.v1.HarborService.ts';

let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service, { REPLICA: 'a' });
});

after(() => server.close());

test('Get answers with the id it was asked for', async () => {
  assert.deepEqual(await server.client.get({ id: '7' }), { id: '7', replica: 'a' });
});

test('Get refuses an empty id', async () => {
  await assert.rejects(server.client.get({ id: '' }), { code: Status.INVALID_ARGUMENT, message: 'no id' });
});

test('Watch sends as many events as it was asked for', async () => {
  assert.deepEqual(await toArray(server.client.watch({ count: 3 })), [
    { number: 1, replica: 'a' },
    { number: 2, replica: 'a' },
    { number: 3, replica: 'a' },
  ]);
});

test('Collect counts and adds up a stream', async () => {
  const requests = [{ amount: 40 }, { amount: 2 }];
  assert.deepEqual(await server.client.collect(requests), { count: 2, total: 42n, replica: 'a' });
});

test('Exchange answers each message', async () => {
  const responses = server.client.exchange([{ text: 'one' }, { text: 'two' }]);
  assert.deepEqual(await toArray(responses), [
    { text: 'ONE', replica: 'a' },
    { text: 'TWO', replica: 'a' },
  ]);
});
