/** Calls of all kinds, over the network. */

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../client/client.ts';
import {
  fail,
  type Handlers,
  Metadata,
  type ServiceError,
  Status,
  service,
  startForTest,
  toArray,
  unimplemented,
} from '../index.ts';
import { type EchoDefinition, echo, gate } from './echo.ts';

async function start(t: TestContext, handlers: Partial<Handlers<typeof EchoDefinition>> = {}, environment = {}) {
  const server = await startForTest(echo(handlers), environment);
  t.after(() => server.close());
  return server;
}

/** A deadline is no test of how fast a connection is made. */
async function connected(client: Client<typeof EchoDefinition>): Promise<void> {
  await client.join([]);
}

const say = (...texts: string[]) => texts.map((text) => ({ text }));

test('each kind of RPC answers', async (t) => {
  const { client } = await start(t);
  assert.deepEqual(await client.say({ text: 'hello' }), { text: 'hello' });
  assert.deepEqual(await toArray(client.count({ text: '3' })), say('1', '2', '3'));
  assert.deepEqual(await client.join(say('a', 'b')), { text: 'a b' });
  assert.deepEqual(await toArray(client.chat(say('a', 'b'))), say('a', 'b'));
});

test('streams may be empty, and so may messages', async (t) => {
  const { client } = await start(t);
  assert.deepEqual(await client.say({ text: '' }), { text: '' });
  assert.deepEqual(await toArray(client.count({ text: '0' })), []);
  assert.deepEqual(await client.join([]), { text: '' });
  assert.deepEqual(await toArray(client.chat([])), []);
});

test('a chat is answered message by message', async (t) => {
  const { client } = await start(t);
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
  const { client } = await start(t, {
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
  const { client } = await start(
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

test('the signal fires when the deadline passes', async (t) => {
  const fired = gate();
  const { client } = await start(t, {
    async say(request, { signal }) {
      signal.addEventListener('abort', () => fired.open());
      await fired.opened;
      return request;
    },
  });
  await connected(client);
  await assert.rejects(client.say({ text: '' }, { timeoutMs: 500 }), { code: Status.DEADLINE_EXCEEDED });
  await fired.opened;
});

test('the signal fires when the client cancels', async (t) => {
  const called = gate();
  const fired = gate();
  const { client } = await start(t, {
    async say(request, { signal }) {
      signal.addEventListener('abort', () => fired.open());
      called.open();
      await fired.opened;
      return request;
    },
  });
  const controller = new AbortController();
  const answer = assert.rejects(client.say({ text: '' }, { signal: controller.signal }), { code: Status.CANCELLED });
  await called.opened;
  controller.abort();
  await answer;
  await fired.opened;
});

test("a client that leaves its loop ends the handler's", async (t) => {
  const ended = gate();
  const { client } = await start(t, {
    async *count() {
      try {
        for (;;) {
          yield { text: 'again' };
          await sleep(1);
        }
      } finally {
        ended.open();
      }
    },
  });
  for await (const _ of client.count({ text: '' })) break;
  await ended.opened;
});

test('an iterator that is waiting is told at once that nobody listens', async (t) => {
  const returned = gate();
  const waiting: AsyncIterableIterator<{ text: string }> = {
    [Symbol.asyncIterator]: () => waiting,
    next: () => new Promise(() => {}),
    async return() {
      returned.open();
      return { done: true, value: undefined };
    },
  };
  const { client } = await start(t, { count: () => waiting });
  await connected(client);
  await assert.rejects(toArray(client.count({ text: '' }, { timeoutMs: 500 })), { code: Status.DEADLINE_EXCEEDED });
  await returned.opened;
});

test('a stream of requests fails when its client leaves', async (t) => {
  const received = gate();
  const failed = gate<unknown[]>();
  const { client } = await start(t, {
    async join(requests, call) {
      try {
        for await (const _ of requests) received.open();
      } catch (error) {
        // A signal that is asked for now has fired already.
        failed.open([(error as ServiceError).code, call.signal.aborted]);
      }
      return { text: '' };
    },
  });
  const controller = new AbortController();
  async function* requests() {
    yield { text: 'a' };
    await received.opened;
    controller.abort();
    await new Promise(() => {});
  }
  await assert.rejects(client.join(requests(), { signal: controller.signal }), { code: Status.CANCELLED });
  assert.deepEqual(await failed.opened, [Status.CANCELLED, true]);
});

test('a handler need not read all requests', async (t) => {
  const { client } = await start(t, {
    async join(requests) {
      for await (const request of requests) return request;
      return { text: 'none' };
    },
  });
  async function* endless() {
    for (;;) {
      yield { text: 'one' };
      await sleep(1);
    }
  }
  assert.deepEqual(await client.join(endless()), { text: 'one' });
});

test('requests may be asked for faster than they come', async (t) => {
  const { client } = await start(t, {
    async join(requests) {
      const iterator = requests[Symbol.asyncIterator]();
      const results = await Promise.all([iterator.next(), iterator.next(), iterator.next()]);
      return { text: results.map(({ done, value }) => (done ? 'end' : value.text)).join(' ') };
    },
  });
  assert.deepEqual(await client.join(say('a', 'b')), { text: 'a b end' });
});

test('a handler whose client reads slowly is held back', async (t) => {
  let made = 0;
  const { client } = await start(t, {
    async *count() {
      for (; made < 1000; made += 1) yield { text: 'x'.repeat(65_536) };
    },
  });
  const responses = client.count({ text: '' })[Symbol.asyncIterator]();
  await responses.next();
  await sleep(200);
  assert.ok(made < 200, `${made} messages made for a client that took one`);
  await responses.return?.();
});

test('a client whose handler reads slowly is held back', async (t) => {
  const enough = gate();
  const { client } = await start(t, {
    async join() {
      await enough.opened;
      return { text: 'enough' };
    },
  });
  let made = 0;
  async function* requests() {
    for (; made < 1000; made += 1) yield { text: 'x'.repeat(65_536) };
  }
  const answer = client.join(requests());
  await sleep(200);
  assert.ok(made < 200, `${made} messages made for a handler that took none`);
  enough.open();
  assert.deepEqual(await answer, { text: 'enough' });
});

test('a client whose own requests fail ends the call with that error', async (t) => {
  const { client } = await start(t);
  async function* requests() {
    yield { text: 'a' };
    throw new RangeError('out of texts');
  }
  await assert.rejects(client.join(requests()), RangeError);
  await assert.rejects(toArray(client.chat(requests())), RangeError);
});

test('a failed stream says so even to a client that looks late', async (t) => {
  const { client } = await start(t, {
    async *count() {
      yield fail(Status.ABORTED, 'no');
    },
  });
  const responses = client.count({ text: '' });
  await sleep(100);
  await assert.rejects(toArray(responses), { code: Status.ABORTED });
});

test('messages that cannot be decoded or encoded end the call', async (t) => {
  const { client } = await start(t);
  await assert.rejects(client.say({ text: 'undecodable' }), { code: Status.INTERNAL });
  await assert.rejects(client.join(say('a', 'undecodable')), { code: Status.INTERNAL });
  const { client: other } = await start(t, { say: async () => ({ text: 'unencodable' }) });
  await assert.rejects(other.say({ text: '' }), { code: Status.INTERNAL, message: 'internal error' });
});

test('a message longer than MAX_MESSAGE_BYTES is refused', async (t) => {
  const { client } = await start(t, {}, { MAX_MESSAGE_BYTES: '1000' });
  assert.ok(await client.say({ text: 'x'.repeat(1000) }));
  await assert.rejects(client.say({ text: 'x'.repeat(1001) }), { code: Status.RESOURCE_EXHAUSTED });
});

test('a method that is not written is unimplemented', async (t) => {
  const { client } = await start(t, {
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
