/** Calls of all kinds, over the network. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Metadata, Status, service, startForTest, toArray, unimplemented } from '../index.ts';
import { echo, gate, startEcho } from './echo.ts';

const say = (...texts: string[]) => texts.map((text) => ({ text }));

test('each kind of RPC answers', async (t) => {
  const { client } = await startEcho(t);
  assert.deepEqual(await client.say({ text: 'hello' }), { text: 'hello' });
  assert.deepEqual(await toArray(client.count({ text: '3' })), say('1', '2', '3'));
  assert.deepEqual(await client.join(say('a', 'b')), { text: 'a b' });
  assert.deepEqual(await toArray(client.chat(say('a', 'b'))), say('a', 'b'));
});

test('streams may be empty, and so may messages', async (t) => {
  const { client } = await startEcho(t);
  assert.deepEqual(await client.say({ text: '' }), { text: '' });
  assert.deepEqual(await toArray(client.count({ text: '0' })), []);
  assert.deepEqual(await client.join([]), { text: '' });
  assert.deepEqual(await toArray(client.chat([])), []);
});

test('a chat is answered message by message', async (t) => {
  const { client } = await startEcho(t);
  const answered = [gate(), gate()] as const;
  async function* requests() {
    yield { text: 'first' };
    await answered[0].opened;
    yield { text: 'second' };
    await answered[1].opened;
  }
  const texts: string[] = [];
  for await (const { text } of client.chat(requests())) {
    answered[texts.length]?.open();
    texts.push(text);
  }
  assert.deepEqual(texts, ['first', 'second']);
});

test('metadata goes with the request, ahead of the response and after it', async (t) => {
  const { client } = await startEcho(t, {
    async say(request, call) {
      const header = new Metadata();
      header.set('x-header', String(call.metadata.get('x-request')[0]));
      call.sendHeader(header);
      call.trailer.set('x-trailer', 'bye');
      return request;
    },
  });
  const metadata = new Metadata();
  metadata.set('x-request', 'hi');
  const seen: unknown[] = [];
  const onHeader = (header: Metadata) => seen.push(header.get('x-header')[0]);
  const onTrailer = (trailer: Metadata) => seen.push(trailer.get('x-trailer')[0]);
  await client.say({ text: '' }, { metadata, onHeader, onTrailer });
  assert.deepEqual(seen, ['hi', 'bye']);
});

test('a handler knows its method, its peer, its replica and its deadline', async (t) => {
  const { client } = await startEcho(
    t,
    {
      say: async (_, call) => ({
        text: [call.method, call.peer, call.replica, call.deadline > Date.now() + 50_000].join(),
      }),
    },
    { REPLICA: 'a' },
  );
  const { text } = await client.say({ text: '' }, { timeoutMs: 60_000 });
  assert.match(text, /^test\.v1\.Echo\/Say,127\.0\.0\.1:\d+,a,true$/);
});

test('messages that cannot be decoded or encoded end the call', async (t) => {
  const { client } = await startEcho(t);
  await assert.rejects(client.say({ text: 'undecodable' }), { code: Status.INTERNAL });
  await assert.rejects(client.join(say('a', 'undecodable')), { code: Status.INTERNAL });
  const { client: other } = await startEcho(t, { say: async () => ({ text: 'unencodable' }) });
  await assert.rejects(other.say({ text: '' }), { code: Status.INTERNAL, message: 'internal error' });
});

test('a message longer than MAX_MESSAGE_BYTES is refused', async (t) => {
  const { client } = await startEcho(t, {}, { MAX_MESSAGE_BYTES: '1000' });
  assert.ok(await client.say({ text: 'x'.repeat(1000) }));
  await assert.rejects(client.say({ text: 'x'.repeat(1001) }), { code: Status.RESOURCE_EXHAUSTED });
});

test('a connection is renewed after CONNECTION_AGE, and no call is lost', async (t) => {
  const { client } = await startEcho(t, { say: async (_, call) => ({ text: call.peer }) }, { CONNECTION_AGE: '0.1' });
  const first = await client.say({ text: '' });
  for (let peer = first; peer.text === first.text; peer = await client.say({ text: '' })) await sleep(5);
});

test('a method that is not written is unimplemented', async (t) => {
  const { client } = await startEcho(t, {
    say: async (_, call) => unimplemented(call),
    async *count(_, call) {
      yield unimplemented(call);
    },
  });
  await assert.rejects(client.say({ text: '' }), { code: Status.UNIMPLEMENTED, message: /test\.v1\.Echo\/Say/ });
  await assert.rejects(toArray(client.count({ text: '' })), { code: Status.UNIMPLEMENTED });
});

test('methods may be named like parts of JavaScript', async (t) => {
  const { say } = echo().definition.methods;
  const named = <const Name extends string>(name: Name) => ({ ...say, name });
  const definition = {
    fullName: 'test.v1.Odd',
    methods: {
      constructor: named('constructor'),
      toString: named('toString'),
      delete: named('Delete'),
      __proto__: named('__proto__'),
    },
  } as const;
  const answer = async ({ text }: { text: string }) => ({ text });
  const odd = service(definition, {
    constructor: answer,
    toString: answer,
    delete: answer,
    async ['__proto__'](request: { text: string }) {
      return request;
    },
  });
  const server = await startForTest(odd);
  t.after(() => server.close());
  const { client } = server;
  for (const method of [client.constructor, client.toString, client.delete, client.__proto__]) {
    assert.deepEqual(await method({ text: 'odd' }), { text: 'odd' });
  }
});
