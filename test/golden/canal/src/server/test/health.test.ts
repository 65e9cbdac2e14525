/** Health, as load balancers and probes see it. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as openSession } from 'node:http2';
import { test } from 'node:test';
import { pino } from 'pino';
import { connect } from '../../client/channel.ts';
import { createClient } from '../../client/client.ts';
import { HealthDefinition, HealthCheckResponse_ServingStatus as Serving } from '../../gen/grpc/health/v1/health.ts';
import { readConfig } from '../config.ts';
import { Status } from '../index.ts';
import { startServer } from '../server.ts';
import { echo } from './echo.ts';

async function start() {
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0' });
  const server = await startServer({ services: [echo()], config, log: pino({ level: 'silent' }) });
  const channel = connect(`127.0.0.1:${server.port}`);
  const client = createClient(HealthDefinition, channel);
  const stop = async (preStop = 0) => {
    await server.stop(preStop);
    channel.close();
  };
  return { client, stop, cut: server.cut, port: server.port };
}

test('Check knows the server and its services, and no others', async () => {
  const { client, stop } = await start();
  assert.deepEqual(await client.check({ service: '' }), { status: Serving.SERVING });
  assert.deepEqual(await client.check({ service: 'test.v1.Echo' }), { status: Serving.SERVING });
  await assert.rejects(client.check({ service: 'test.v1.Other' }), { code: Status.NOT_FOUND });
  await stop();
});

/** The code of an empty request to Check, as a load balancer sends it: that is all it reads. */
async function checkByCode(port: number, userAgent: string): Promise<string> {
  const session = openSession(`http://127.0.0.1:${port}`);
  const headers = { ':method': 'POST', ':path': '/grpc.health.v1.Health/Check', te: 'trailers' };
  const request = session.request({ ...headers, 'content-type': 'application/grpc', 'user-agent': userAgent });
  const codes: unknown[] = [];
  for (const event of ['response', 'trailers'] as const) {
    request.on(event, (received) => codes.push(received['grpc-status']));
  }
  request.end(Buffer.alloc(5)).resume();
  await once(request, 'close');
  session.close();
  return codes.filter((code) => code !== undefined).join();
}

test('a load balancer, which reads the code alone, is told by the code', async () => {
  const { stop, cut, port } = await start();
  const loadBalancer = 'ELB-HealthChecker/2.0';
  assert.equal(await checkByCode(port, loadBalancer), String(Status.OK));
  const stopped = stop(60);
  assert.equal(await checkByCode(port, loadBalancer), String(Status.UNAVAILABLE));
  assert.equal(await checkByCode(port, 'grpc-go/1.76.0'), String(Status.OK));
  cut();
  await stopped;
});

test('List has each of them', async () => {
  const { client, stop } = await start();
  const serving = { status: Serving.SERVING };
  assert.deepEqual(await client.list({}), { statuses: { '': serving, 'test.v1.Echo': serving } });
  await stop();
});

test('Watch tells of a stop at once, while the server serves on', async () => {
  const { client, stop, cut } = await start();
  const watching = client.watch({ service: 'test.v1.Echo' })[Symbol.asyncIterator]();
  assert.deepEqual(await watching.next(), { done: false, value: { status: Serving.SERVING } });
  const stopped = stop(60);
  assert.deepEqual(await watching.next(), { done: false, value: { status: Serving.NOT_SERVING } });
  assert.deepEqual(await client.check({ service: '' }), { status: Serving.NOT_SERVING });
  cut();
  await stopped;
});

test('Watch ends when the server drains', async () => {
  const { client, stop } = await start();
  const watching = client.watch({ service: '' })[Symbol.asyncIterator]();
  await watching.next();
  await stop();
  assert.deepEqual(await watching.next(), { done: false, value: { status: Serving.NOT_SERVING } });
  assert.deepEqual(await watching.next(), { done: true, value: undefined });
});

test('Watch of an unknown service stays open, and ends when the server drains', async () => {
  const { client, stop } = await start();
  const watching = client.watch({ service: 'test.v1.Other' })[Symbol.asyncIterator]();
  assert.deepEqual(await watching.next(), { done: false, value: { status: Serving.SERVICE_UNKNOWN } });
  await stop();
  assert.deepEqual(await watching.next(), { done: true, value: undefined });
});
