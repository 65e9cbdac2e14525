import { setTimeout as sleep } from 'node:timers/promises';
import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RunningServer } from '../../e2e/running-server.ts';
import { encodeNumber, encodeText, keepBytes, openEdgeClient } from './edge-client.ts';
import { describeEdgeSpec } from './edge-files.ts';
import { buildServers, type EmittedServers, workloads } from './emitted-servers.ts';
import { findNginx, type Nginx } from './find-nginx.ts';
import { openRawCall } from './raw-call.ts';
import { startEdge } from './running-edge.ts';

const found = findNginx();
/** Told as one that is skipped, where there is none. */
const installed = typeof found === 'string' ? [{ version: 'any version', command: '' }] : found;
const spec = describeEdgeSpec(workloads);

let emitted: EmittedServers;
let servers: RunningServer[];

beforeAll(async () => {
  if (typeof found === 'string') return;
  emitted = await buildServers();
  servers = await Promise.all(workloads.map((name) => emitted.start(name, { REPLICA: 'a' })));
}, 240_000);

afterAll(() => {
  for (const server of servers ?? []) server.kill();
  emitted?.remove();
}, 60_000);

async function openEdge(nginx: Nginx, changes: Record<string, string> = {}) {
  const edge = await startEdge({ nginx, spec, servers: servers.map(({ port }) => port), changes });
  onTestFinished(() => edge.kill());
  const client = openEdgeClient(edge.port);
  onTestFinished(() => client.close());
  return { edge, ...client };
}

describe.for(installed)('through nginx $version', (nginx) => {
  const proven = (name: string, prove: () => Promise<void>) =>
    test(name, { timeout: 30_000 }, async ({ skip }) => (typeof found === 'string' ? skip(found) : prove()));

  proven('each kind of call reaches services of several workloads over one channel', async () => {
    const { edge, call } = await openEdge(nginx);
    for (const [service, requests, answers] of [
      ['Get', [encodeText('7')], 1],
      ['Watch', [encodeNumber(3)], 3],
      ['Collect', [encodeNumber(40), encodeNumber(2)], 1],
      ['Exchange', [encodeText('one'), encodeText('two')], 2],
    ] as const)
      for (const prefix of ['/orders.v1.OrdersService', '/billing.v1.BillingService']) {
        const { messages } = await call({ path: `${prefix}/${service}`, requests });
        expect(messages).toHaveLength(answers);
        expect(messages.every((message) => message.includes('a'))).toBe(true);
      }
    await expect.poll(() => edge.calls().map(({ grpcStatus }) => grpcStatus)).toEqual(Array(8).fill('0'));
    expect(edge.complaints()).toBe('');
  });

  proven('both sides of a stream hear of each message at once', async () => {
    const { client } = await openEdge(nginx);
    const stream = client.makeBidiStreamRequest('/orders.v1.OrdersService/Exchange', keepBytes, keepBytes);
    for (const text of ['one', 'two', 'three']) {
      const answer = new Promise<Buffer>((resolve) => stream.once('data', resolve));
      stream.write(encodeText(text));
      expect((await answer).toString()).toContain(text.toUpperCase());
    }
    stream.end();
    await new Promise((resolve) => stream.once('status', resolve));
  });

  proven('metadata passes both ways, whatever its names may be and as much as gRPC allows', async () => {
    const { call } = await openEdge(nginx);
    const metadata = new Metadata();
    const sent = {
      echo: 'plain',
      echo_under_score: 'kept',
      'echo.dot': 'kept',
      'echo-long': 'x'.repeat(12_000),
      'echo-twice': 'one',
    };
    for (const [name, value] of Object.entries(sent)) metadata.add(name, value);
    metadata.add('echo-twice', 'two');
    metadata.add('echo-bytes-bin', Buffer.from([0, 255, 10]));
    const { header, trailer } = await call({
      path: '/billing.v1.BillingService/Get',
      requests: [encodeText('7')],
      metadata,
    });
    for (const received of [header, trailer]) {
      expect(received.getMap()).toMatchObject({ ...sent, 'echo-twice': 'one, two' });
      expect(received.get('echo-bytes-bin')).toEqual([Buffer.from([0, 255, 10])]);
    }
  });

  proven('a deadline ends a call in time, on both sides', async () => {
    const { call } = await openEdge(nginx);
    const began = Date.now();
    const late = call({ path: '/orders.v1.OrdersService/Watch', requests: [encodeNumber(1000)], patience: 300 });
    expect((await refusal(late)).code).toBe(status.DEADLINE_EXCEEDED);
    expect(Date.now() - began).toBeLessThan(2000);
    await expect.poll(() => servers[0]!.output()).toMatch(/"code":"(?:DEADLINE_EXCEEDED|CANCELLED)"/);
  });

  proven('an error that comes alone keeps its words and details', async () => {
    const { edge, call } = await openEdge(nginx);
    const error = await refusal(call({ path: '/orders.v1.OrdersService/Get', requests: [encodeText('')] }));
    expect([error.code, error.details]).toEqual([status.INVALID_ARGUMENT, 'no id']);
    expect(error.metadata.get('grpc-status-details-bin')).toHaveLength(1);
    await expect.poll(() => edge.calls().map(({ grpcStatus }) => grpcStatus)).toEqual(['3']);
  });

  proven('messages of 8 MB pass both ways', async () => {
    const { call } = await openEdge(nginx);
    const { messages } = await call({
      path: '/orders.v1.OrdersService/Get',
      requests: [encodeText('x'.repeat(8 * 1024 * 1024))],
    });
    expect(messages[0]!.length).toBeGreaterThan(8 * 1024 * 1024);
  });

  proven('reflection and health answer, for both workloads', async () => {
    const { edge, call } = await openEdge(nginx);
    const health = await call({ path: '/grpc.health.v1.Health/Check', requests: [new Uint8Array()] });
    expect(health.messages).toEqual([Buffer.from([0x08, 0x01])]);
    // ServerReflectionRequest { list_services: "*" }
    const everything = Buffer.from([0x3a, 0x01, '*'.charCodeAt(0)]);
    for (const version of ['v1', 'v1alpha']) {
      const path = `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`;
      const [list] = (await call({ path, requests: [everything] })).messages;
      expect(list!.toString()).toContain('orders.v1.OrdersService');
      expect(list!.toString()).toContain('grpc.health.v1.Health');
    }
    // A check that went well is not worth a line.
    await expect
      .poll(() => edge.calls().map(({ path }) => path))
      .toEqual(['v1', 'v1alpha'].map((v) => `/grpc.reflection.${v}.ServerReflection/ServerReflectionInfo`));
  });

  proven('a service that is not there, and a method that is not, are UNIMPLEMENTED', async () => {
    const { edge, call } = await openEdge(nginx);
    for (const path of ['/orders.v1.Nothing/Get', '/orders.v1.OrdersService/Nothing', '/nothing.html', '/'])
      expect((await refusal(call({ path, requests: [encodeText('7')] }))).code).toBe(status.UNIMPLEMENTED);
    await expect.poll(() => edge.calls().map(({ grpcStatus }) => grpcStatus)).toEqual(Array(4).fill('12'));
    const raw = await openRawCall(edge.port, '/orders.v1/nothing.html');
    expect(raw.headers).toMatchObject({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' });
    expect(raw.isAlone).toBe(true);
  });
});

test('a stream on which nobody says anything outlives every default of nginx', { timeout: 90_000 }, async ({
  skip,
}) => {
  if (typeof found === 'string') return skip(found);
  const streams = await Promise.all(
    found.map(async (nginx) => {
      const { client } = await openEdge(nginx);
      const stream = client.makeBidiStreamRequest('/orders.v1.OrdersService/Exchange', keepBytes, keepBytes);
      const heard: string[] = [];
      stream.on('data', (message: Buffer) => heard.push(message.toString()));
      stream.on('error', (error: ServiceError) => heard.push(error.message));
      stream.write(encodeText('before'));
      return { stream, heard };
    }),
  );
  // Each of them is 60 s.
  await sleep(63_000);
  for (const { stream, heard } of streams) {
    stream.write(encodeText('after'));
    await expect.poll(() => heard.length, { timeout: 5000 }).toBe(2);
    expect(heard[1]).toContain('AFTER');
    stream.cancel();
  }
});

async function refusal(call: Promise<unknown>): Promise<ServiceError> {
  try {
    await call;
  } catch (error) {
    return error as ServiceError;
  }
  throw new Error('the call was answered');
}
