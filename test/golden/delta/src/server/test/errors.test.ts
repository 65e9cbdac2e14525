/** What a client learns of an error, and how it looks on the wire. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { test } from 'node:test';
import { CallError } from '../../client/call-error.ts';
import {
  badRequest,
  errorInfo,
  fail,
  readDetail,
  retryInfo,
  ServiceError,
  Status,
  startForTest,
  toArray,
} from '../index.ts';
import { echo } from './echo.ts';

async function callFailing(error: unknown): Promise<CallError> {
  const server = await startForTest(
    echo({
      async say() {
        throw error;
      },
    }),
  );
  const failure = await server.client.say({ text: '' }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  await server.close();
  assert.ok(failure instanceof CallError);
  return failure;
}

test('a ServiceError becomes its status, with its message and details', async () => {
  const details = [badRequest({ id: 'must not be empty' }), errorInfo('NO_ID', 'shop', { in: 'body' }), retryInfo(1.5)];
  const {
    code,
    message,
    details: received,
  } = await callFailing(new ServiceError(Status.INVALID_ARGUMENT, 'größer ☃ 100%', details));
  assert.deepEqual([code, message], [Status.INVALID_ARGUMENT, 'größer ☃ 100%']);
  assert.deepEqual(received.map(readDetail), [
    { type: 'google.rpc.BadRequest', violations: { id: 'must not be empty' } },
    { type: 'google.rpc.ErrorInfo', reason: 'NO_ID', domain: 'shop', metadata: { in: 'body' } },
    { type: 'google.rpc.RetryInfo', seconds: 1.5 },
  ]);
});

test('any other error is internal, and what it says stays in', async () => {
  for (const secret of [
    new Error('password 1234'),
    'password 1234',
    undefined,
    { code: Status.NOT_FOUND, details: 'password 1234' },
  ]) {
    const { code, message, details } = await callFailing(secret);
    assert.deepEqual([code, message, details], [Status.INTERNAL, 'internal error', []]);
  }
});

test('an error of a call that the handler made is not its own answer', async () => {
  const upstream = await callFailing(new ServiceError(Status.NOT_FOUND, 'elsewhere'));
  assert.equal((await callFailing(upstream)).code, Status.INTERNAL);
});

test('a message with half a character does not break the call', async () => {
  assert.equal((await callFailing(new ServiceError(Status.ABORTED, 'half \ud83d'))).message, 'half \ufffd');
});

test('an error in mid stream comes after the messages before it', async (t) => {
  const server = await startForTest(
    echo({
      async *count() {
        yield { text: '1' };
        yield { text: '2' };
        fail(Status.DATA_LOSS, 'lost');
      },
    }),
  );
  t.after(() => server.close());
  const texts: string[] = [];
  const reading = (async () => {
    for await (const { text } of server.client.count({ text: '' })) texts.push(text);
  })();
  await assert.rejects(reading, { code: Status.DATA_LOSS, message: 'lost' });
  assert.deepEqual(texts, ['1', '2']);
});

test('an error without a message before it is sent as trailers alone', async (t) => {
  const server = await startForTest(
    echo({
      async *count() {
        yield fail(Status.NOT_FOUND, 'nothing');
      },
    }),
  );
  t.after(() => server.close());
  const session = connect(`http://${server.address}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': '/test.v1.Echo/Count',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.end(Buffer.alloc(5));
  const [headers, flags] = await once(stream, 'response');
  assert.equal(headers['grpc-status'], String(Status.NOT_FOUND));
  assert.equal(headers['grpc-message'], 'nothing');
  const END_STREAM = 1;
  assert.equal(flags & END_STREAM, END_STREAM);
  session.close();
});

test('methods and services that nobody serves are unimplemented', async (t) => {
  const server = await startForTest(echo());
  t.after(() => server.close());
  const { createClient } = await import('../../client/client.ts');
  const { count } = echo().definition.methods;
  const other = createClient({ fullName: 'test.v1.Other', methods: { count } }, server.channel);
  await assert.rejects(toArray(other.count({ text: '' })), { code: Status.UNIMPLEMENTED });
});
