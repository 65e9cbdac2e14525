/** Calls greeter.v1.GreeterService over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { GreeterServiceDefinition } from '../../gen/greeter/v1/greeter.ts';
import { Status, startForTest, type TestServer, toArray } from '../../server/index.ts';
import service from './greeter.v1.GreeterService.ts';

const { methods } = GreeterServiceDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('Greet is not written yet', async () => {
  const call = server.client.greet(methods.greet.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('GreetOften is not written yet', async () => {
  const call = toArray(server.client.greetOften(methods.greetOften.requestType.create()));
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('GreetAll is not written yet', async () => {
  const call = server.client.greetAll([methods.greetAll.requestType.create()]);
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('Chat is not written yet', async () => {
  const call = toArray(server.client.chat([methods.chat.requestType.create()]));
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
