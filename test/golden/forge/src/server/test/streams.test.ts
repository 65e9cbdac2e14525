/** Calls whose sides are not equally fast, or of which one leaves. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../client/client.ts';
import { fail, type ServiceError, Status, toArray } from '../index.ts';
import { type EchoDefinition, gate, startEcho } from './echo.ts';

/** A deadline is no test of how fast a connection is made. */
async function connected(client: Client<typeof EchoDefinition>): Promise<void> {
  await client.join([]);
}

const say = (...texts: string[]) => texts.map((text) => ({ text }));

test('the signal fires when the deadline passes', async (t) => {
  const fired = gate();
  const { client } = await startEcho(t, {
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
  const { client } = await startEcho(t, {
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
  const { client } = await startEcho(t, {
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
  const { client } = await startEcho(t, { count: () => waiting });
  await connected(client);
  await assert.rejects(toArray(client.count({ text: '' }, { timeoutMs: 500 })), { code: Status.DEADLINE_EXCEEDED });
  await returned.opened;
});

test('a stream of requests fails when its client leaves', async (t) => {
  const received = gate();
  const failed = gate<unknown[]>();
  const { client } = await startEcho(t, {
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
  const { client } = await startEcho(t, {
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
  const { client } = await startEcho(t, {
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
  const { client } = await startEcho(t, {
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
  const { client } = await startEcho(t, {
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
  const { client } = await startEcho(t);
  async function* requests() {
    yield { text: 'a' };
    throw new RangeError('out of texts');
  }
  await assert.rejects(client.join(requests()), RangeError);
  await assert.rejects(toArray(client.chat(requests())), RangeError);
});

test('a failed stream says so even to a client that looks late', async (t) => {
  const { client } = await startEcho(t, {
    async *count() {
      yield fail(Status.ABORTED, 'no');
    },
  });
  const responses = client.count({ text: '' });
  await sleep(100);
  await assert.rejects(toArray(responses), { code: Status.ABORTED });
});
