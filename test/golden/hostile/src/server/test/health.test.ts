/** Health, as load balancers and probes see it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '../../client/client.ts';
import { connect } from '../../client/channel.ts';
import { HealthCheckResponse_ServingStatus as Serving, HealthDefinition } from '../../gen/grpc/health/v1/health.ts';
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { Status, toArray } from '../index.ts';
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
  return { client, stop };
}

test('Check knows the server and its services, and no others', async () => {
  const { client, stop } = await start();
  assert.deepEqual(await client.check({ service: '' }), { status: Serving.SERVING });
  assert.deepEqual(await client.check({ service: 'test.v1.Echo' }), { status: Serving.SERVING });
  await assert.rejects(client.check({ service: 'test.v1.Other' }), { code: Status.NOT_FOUND });
  await stop();
});

test('List has each of them', async () => {
  const { client, stop } = await start();
  const serving = { status: Serving.SERVING };
  assert.deepEqual(await client.list({}), { statuses: { '': serving, 'test.v1.Echo': serving } });
  await stop();
});

test('Watch tells of a stop at once, and ends when the server drains', async () => {
  const { client, stop } = await start();
  const seen: { status: Serving; at: number }[] = [];
  const watching = (async () => {
    for await (const { status } of client.watch({ service: 'test.v1.Echo' })) seen.push({ status, at: Date.now() });
    return Date.now();
  })();
  while (seen.length === 0) await client.check({ service: '' });
  const stoppedAt = Date.now();
  const stopped = stop(0.3);
  assert.deepEqual(await client.check({ service: '' }), { status: Serving.NOT_SERVING });
  await stopped;
  const endedAt = await watching;
  assert.deepEqual(seen.map(({ status }) => status), [Serving.SERVING, Serving.NOT_SERVING]);
  assert.ok((seen[1]?.at ?? Infinity) - stoppedAt < 200);
  assert.ok(endedAt - stoppedAt >= 290);
  assert.ok(endedAt - stoppedAt < 1000);
});

test('Watch of an unknown service stays open, and ends when the server drains', async () => {
  const { client, stop } = await start();
  const watching = toArray(client.watch({ service: 'test.v1.Other' }));
  await client.check({ service: '' });
  await stop(0.1);
  assert.deepEqual(await watching, [{ status: Serving.SERVICE_UNKNOWN }]);
});
