/** What a collector is sent of calls of each kind, however they end. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { context, trace } from '@opentelemetry/api';
import { pino } from 'pino';
import { type Channel, connect } from '../../client/channel.ts';
import { createClient } from '../../client/client.ts';
import { HealthDefinition } from '../../gen/grpc/health/v1/health.ts';
import { readConfig } from '../../server/config.ts';
import { faultsOf } from '../../server/environment.ts';
import { fail, Metadata, Status, type Tracer, toArray } from '../../server/index.ts';
import { type RunningServer, startServer } from '../../server/server.ts';
import { EchoDefinition, echo, gate } from '../../server/test/echo.ts';
import { createTracing } from '../tracing.ts';
import { type Collector, type ReceivedSpan, startCollector } from './collector.ts';

const SERVER = 2;
const INTERNAL = 1;
const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const lines: string[] = [];
const left = gate();

let collector: Collector;
let tracer: Tracer;
let server: RunningServer;
let channel: Channel;

const service = echo({
  async say({ text }, call) {
    if (text === 'refuse') fail(Status.NOT_FOUND, 'no such text');
    if (text === 'busy') fail(Status.UNAVAILABLE, 'busy');
    if (text === 'break') throw new TypeError('broken');
    if (text === 'log') call.log.info('hello');
    // Through another call, which the client of this repo makes.
    if (text === 'pass on') return createClient(EchoDefinition, channel).say({ text: 'last' });
    return { text };
  },
  async *count({ text }, { signal }) {
    if (text === 'endless') signal.addEventListener('abort', () => left.open());
    for (let number = 1; text === 'endless' || number <= Number(text); number += 1) yield { text: String(number) };
  },
  async join(requests) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    trace.getTracer('handler').startActiveSpan('work', (span) => span.end());
    return { text: String((await toArray(requests)).length) };
  },
  async *chat(requests) {
    for await (const request of requests) {
      trace.getTracer('handler').startSpan(request.text).end();
      yield request;
    }
    fail(Status.ABORTED, 'enough');
  },
});

before(async () => {
  collector = await startCollector();
  const tracing = createTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const log = pino({ level: 'silent' });
  tracer = (await tracing.start({ workload: 'orders', replica: 'a', log })) as Tracer;
  const output = { write: (line: string) => lines.push(line) };
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', DRAIN: '1' });
  server = await startServer({ services: [service], config, log: pino({}, output), tracer });
  channel = connect(`127.0.0.1:${server.port}`);
});

after(() => collector.close());

test('a call of each kind, however it ends, is one span, under those of its caller', async (t) => {
  const client = createClient(EchoDefinition, channel);
  const metadata = new Metadata();
  metadata.set('traceparent', `00-${caller.traceId}-${caller.spanId}-01`);
  metadata.set('tracestate', 'vendor=1');
  await client.say({ text: 'hello' }, { metadata });
  await toArray(client.count({ text: '2' }));
  await client.join([{ text: '' }]);
  await assert.rejects(toArray(client.chat([{ text: 'one' }, { text: 'two' }])));
  await assert.rejects(client.say({ text: 'refuse' }));
  await assert.rejects(client.say({ text: 'busy' }));
  await assert.rejects(client.say({ text: 'break' }));
  await client.say({ text: 'pass on' });
  for await (const _ of client.count({ text: 'endless' })) break;
  await left.opened;
  await client.say({ text: 'log' });
  await createClient(HealthDefinition, channel).check({ service: '' });
  await server.stop(0);
  channel.close();
  await tracer.stop?.();

  const spans = collector.spans;
  const calls = spans.filter(({ kind }) => kind === SERVER);
  const find = (name: string, index = 0) => spans.filter((span) => span.name === name)[index] as ReceivedSpan;

  await t.test('named and described as the conventions have it', () => {
    const { name, attributes, resource, status } = find('test.v1.Echo/Say');
    assert.equal(name, 'test.v1.Echo/Say');
    const { 'network.peer.port': peerPort, ...rest } = attributes;
    assert.ok(Number(peerPort) > 0);
    assert.deepEqual(rest, {
      'rpc.system.name': 'grpc',
      'rpc.method': 'test.v1.Echo/Say',
      'rpc.status_code': 'OK',
      'network.peer.address': '127.0.0.1',
    });
    assert.equal(status, 0);
    assert.deepEqual(
      [resource['service.name'], resource['service.version'], resource['service.instance.id']],
      ['orders', '0.1.0', 'a'],
    );
  });

  await t.test('with its status, an error where it is the server that failed', () => {
    const ended = calls.map(({ name, status, message, events, attributes }) => [
      `${name.replace('test.v1.Echo/', '')} ${attributes['rpc.status_code']}`,
      status,
      attributes['error.type'],
      message,
      ...events,
    ]);
    assert.deepEqual(ended, [
      ['Say OK', 0, undefined, ''],
      ['Count OK', 0, undefined, ''],
      ['Join OK', 0, undefined, ''],
      ['Chat ABORTED', 0, undefined, ''],
      ['Say NOT_FOUND', 0, undefined, ''],
      ['Say UNAVAILABLE', 2, 'UNAVAILABLE', 'busy'],
      ['Say INTERNAL', 2, 'INTERNAL', 'broken', 'exception'],
      // The call that was passed on ends before the one that waits for it.
      ['Say OK', 0, undefined, ''],
      ['Say OK', 0, undefined, ''],
      ['Count CANCELLED', 0, undefined, ''],
      ['Say OK', 0, undefined, ''],
    ]);
    const { event } = calls[6] as ReceivedSpan;
    assert.equal(event['exception.type'], 'TypeError');
    assert.match(String(event['exception.stacktrace']), /broken\n +at .*tracing\.test/s);
  });

  await t.test('in the trace of its caller, or the first of its own', () => {
    const [say, count] = calls;
    assert.deepEqual([say?.traceId, say?.parentId], [caller.traceId, caller.spanId]);
    assert.notEqual(count?.traceId, caller.traceId);
    assert.equal(count?.parentId, '');
  });

  await t.test("above its handler's own spans, streams included", () => {
    for (const [own, call] of [
      ['work', 'test.v1.Echo/Join'],
      ['one', 'test.v1.Echo/Chat'],
      ['two', 'test.v1.Echo/Chat'],
    ] as const) {
      assert.equal(find(own).kind, INTERNAL);
      assert.deepEqual([find(own).traceId, find(own).parentId], [find(call).traceId, find(call).spanId]);
    }
  });

  await t.test('above those of the servers that its handler calls', () => {
    const [, , , , , , , inner, outer] = calls;
    assert.deepEqual([inner?.traceId, inner?.parentId], [outer?.traceId, outer?.spanId]);
  });

  await t.test('found from its log lines', () => {
    const [hello, call] = lines.slice(-2).map((line) => JSON.parse(line));
    assert.deepEqual([hello.msg, call.msg], ['hello', 'call']);
    assert.deepEqual([hello.traceId, call.traceId], [calls.at(-1)?.traceId, calls.at(-1)?.traceId]);
  });

  await t.test('and leaves nothing active outside', () => {
    assert.equal(trace.getSpan(context.active()), undefined);
  });
});

test('settings that cannot be used are named', () => {
  const { settings } = createTracing({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_TRACES_SAMPLER: 'sometimes',
    OTEL_TRACES_SAMPLER_ARG: '2',
  });
  assert.deepEqual(
    faultsOf(settings).map(({ variable }) => variable),
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG'],
  );
});
