/** Calls hostile.constructor.Service over the network. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ServiceDefinition } from '../../gen/hostile/constructor/names.ts';
import { Status, startForTest, type TestServer, toArray } from '../../server/index.ts';
import service from './hostile.constructor.Service.ts';

const { methods } = ServiceDefinition;
let server: TestServer<typeof service.definition>;

before(async () => {
  server = await startForTest(service);
});

after(() => server.close());

test('constructor is not written yet', async () => {
  const call = server.client.constructor(methods.constructor.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('delete is not written yet', async () => {
  const call = server.client.delete(methods.delete.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('Close is not written yet', async () => {
  const call = toArray(server.client.close(methods.close.requestType.create()));
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('cancel is not written yet', async () => {
  const call = server.client.cancel([methods.cancel.requestType.create()]);
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('toString is not written yet', async () => {
  const call = toArray(server.client.toString([methods.toString.requestType.create()]));
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('hasOwnProperty is not written yet', async () => {
  const call = server.client.hasOwnProperty(methods.hasOwnProperty.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('then is not written yet', async () => {
  const call = server.client.then(methods.then.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('Prototype is not written yet', async () => {
  const call = server.client.prototype(methods.prototype.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('makeUnaryRequest is not written yet', async () => {
  const call = server.client.makeUnaryRequest(methods.makeUnaryRequest.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});

test('waitForReady is not written yet', async () => {
  const call = server.client.waitForReady(methods.waitForReady.requestType.create());
  await assert.rejects(call, { code: Status.UNIMPLEMENTED });
});
