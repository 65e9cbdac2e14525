/** What is left of a call: a log line, metrics, and a trace. */

import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { pino } from 'pino';
import { connect } from '../../client/channel.ts';
import { createClient } from '../../client/client.ts';
import { HealthDefinition } from '../../gen/grpc/health/v1/health.ts';
import { readConfig } from '../config.ts';
import { fail, type Handlers, Metadata, Status, type Tracer, toArray } from '../index.ts';
import { startServer } from '../server.ts';
import { EchoDefinition, echo } from './echo.ts';

async function start(handlers: Partial<Handlers<typeof EchoDefinition>> = {}, tracer?: Tracer) {
  const lines: Record<string, unknown>[] = [];
  const output = new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0' });
  const server = await startServer({ services: [echo(handlers)], config, log: pino({ base: null }, output), tracer });
  const channel = connect(`127.0.0.1:${server.port}`);
  return {
    lines,
    channel,
    client: createClient(EchoDefinition, channel),
    metrics: async () => (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text(),
    async stop() {
      await server.stop(0);
      channel.close();
    },
  };
}

test('each call leaves one line, with its request id', async () => {
  const { lines, client, stop } = await start();
  const metadata = new Metadata();
  metadata.set('x-request-id', 'r1');
  await client.say({ text: '' }, { metadata });
  await toArray(client.count({ text: '2' }));
  await stop();
  const [first, second] = lines;
  assert.equal(lines.length, 2);
  assert.equal(typeof first?.ms, 'number');
  assert.match(String(first?.peer), /^127\.0\.0\.1:\d+$/);
  assert.deepEqual(
    [first?.rpc, first?.kind, first?.code, first?.requestId, first?.msg],
    ['test.v1.Echo/Say', 'unary', 'OK', 'r1', 'call'],
  );
  assert.deepEqual([second?.rpc, second?.kind, second?.requestId], ['test.v1.Echo/Count', 'server_stream', undefined]);
});

test('a refusal is logged in its words, a fault as an error with its stack', async () => {
  const { lines, client, stop } = await start({
    async say({ text }) {
      if (text === 'refuse') fail(Status.NOT_FOUND, 'no such text');
      throw new TypeError('secret');
    },
  });
  await assert.rejects(client.say({ text: 'refuse' }));
  await assert.rejects(client.say({ text: '' }));
  await stop();
  const [refusal, fault] = lines;
  assert.deepEqual([refusal?.level, refusal?.code, refusal?.reason], [30, 'NOT_FOUND', 'no such text']);
  assert.deepEqual([fault?.level, fault?.code], [50, 'INTERNAL']);
  assert.match(JSON.stringify(fault?.err), /TypeError.*secret.*telemetry\.test/);
});

test('a call that its client left is logged as cancelled, once', async () => {
  const { lines, client, stop } = await start({
    async *count() {
      for (;;) yield { text: '' };
    },
  });
  for await (const _ of client.count({ text: '' })) break;
  await stop();
  assert.deepEqual(
    lines.map(({ code }) => code),
    ['CANCELLED'],
  );
});

test("a handler's own lines carry its method and request id", async () => {
  const { lines, client, stop } = await start({
    async say(request, { log }) {
      log.info('hello');
      return request;
    },
  });
  const metadata = new Metadata();
  metadata.set('x-request-id', 'r2');
  await client.say({ text: '' }, { metadata });
  await stop();
  assert.deepEqual([lines[0]?.msg, lines[0]?.rpc, lines[0]?.requestId], ['hello', 'test.v1.Echo/Say', 'r2']);
});

test('calls are counted by method and status', async () => {
  const { client, metrics, stop } = await start({ say: async () => fail(Status.NOT_FOUND, '') });
  await assert.rejects(client.say({ text: '' }));
  await toArray(client.count({ text: '1' }));
  await toArray(client.count({ text: '1' }));
  const text = await metrics();
  await stop();
  const count = (kind: string, method: string, code: string) =>
    new RegExp(
      `^grpc_server_handling_seconds_count{grpc_type="${kind}",grpc_service="test.v1.Echo",grpc_method="${method}",grpc_code="${code}"} (\\d+)$`,
      'm',
    ).exec(text)?.[1];
  assert.equal(count('unary', 'Say', 'NOT_FOUND'), '1');
  assert.equal(count('server_stream', 'Count', 'OK'), '2');
  assert.match(text, /^grpc_server_open_calls 0$/m);
  assert.match(text, /^process_cpu_seconds_total /m);
});

test('health leaves neither lines nor metrics', async () => {
  const { lines, channel, metrics, stop } = await start();
  await createClient(HealthDefinition, channel).check({ service: '' });
  const text = await metrics();
  await stop();
  assert.deepEqual(lines, []);
  assert.doesNotMatch(text, /grpc\.health/);
});

test('a tracer wraps each handler, streams included, is told how it ended, and is found from its log lines', async () => {
  const context = new AsyncLocalStorage<string>();
  const events: unknown[] = [];
  const tracer: Tracer = {
    start({ method, metadata }) {
      events.push(`${method} ${metadata.get('traceparent')[0]}`);
      return {
        id: 'trace',
        run: (handler) => context.run(method, handler),
        end: (code) => events.push(Status[code]),
      };
    },
  };
  const { lines, client, stop } = await start(
    {
      async *chat(requests, { log }) {
        log.info('hello');
        for await (const _ of requests) yield { text: context.getStore() ?? 'lost' };
        fail(Status.ABORTED, '');
      },
    },
    tracer,
  );
  const metadata = new Metadata();
  metadata.set('traceparent', 'parent');
  const texts: string[] = [];
  await assert.rejects(async () => {
    for await (const { text } of client.chat([{ text: '' }, { text: '' }], { metadata })) texts.push(text);
  });
  await stop();
  assert.deepEqual(texts, ['test.v1.Echo/Chat', 'test.v1.Echo/Chat']);
  assert.deepEqual(events, ['test.v1.Echo/Chat parent', 'ABORTED']);
  assert.deepEqual(
    lines.map(({ msg, traceId }) => [msg, traceId]),
    [
      ['hello', 'trace'],
      ['call', 'trace'],
    ],
  );
});
