/** How a workload starts and stops as a process. Windows has no SIGTERM. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../client/channel.ts';
import { createClient } from '../../client/client.ts';
import { HealthCheckResponse_ServingStatus as Serving, HealthDefinition } from '../../gen/grpc/health/v1/health.ts';
import { toArray } from '../index.ts';
import { EchoDefinition } from './echo.ts';
import { runModule, startProcess, type WorkloadProcess } from './process.ts';

const posix = { skip: process.platform === 'win32' };

async function start(t: TestContext, environment: Record<string, string> = {}) {
  const workload = await startProcess(environment);
  const channel = connectTo(workload);
  t.after(() => {
    channel.close();
    workload.child.kill('SIGKILL');
  });
  return { ...workload, channel, client: createClient(EchoDefinition, channel), health: createClient(HealthDefinition, channel) };
}

function connectTo({ port }: WorkloadProcess) {
  return connect(`127.0.0.1:${port}`);
}

// Each has processes of its own, and waits for them most of the time.
describe('a workload', { concurrency: 4 }, () => {
  test('under load and with open watches, SIGTERM loses no call', posix, async (t) => {
    const [first, second] = await Promise.all([start(t, { PRE_STOP: '0.2' }), start(t)]);
    // A client of both, as behind a load balancer that has not noticed yet.
    const channel = connect(`ipv4:127.0.0.1:${first.port},127.0.0.1:${second.port}`);
    t.after(() => channel.close());
    const client = createClient(EchoDefinition, channel);
    const watching = toArray(first.health.watch({ service: '' }));
    let calls = 0;
    let calling = true;
    const callers = Array.from({ length: 32 }, async () => {
      while (calling) {
        await client.say({ text: '2' });
        calls += 1;
      }
    });
    const streams = toArray(first.client.count({ text: '' }));
    await sleep(200);
    first.child.kill('SIGTERM');
    assert.equal(await first.exited, 0);
    await sleep(100);
    calling = false;
    await Promise.all(callers);
    assert.ok(calls > 100, `${calls} calls`);
    assert.ok((await streams).length > 0);
    assert.deepEqual(await watching, [{ status: Serving.SERVING }, { status: Serving.NOT_SERVING }]);
  });

  test('after SIGTERM it serves on for PRE_STOP seconds, and says NOT_SERVING', posix, async (t) => {
    const { child, client, health, exited } = await start(t, { PRE_STOP: '0.5' });
    await client.say({ text: '' });
    const stoppedAt = Date.now();
    child.kill('SIGTERM');
    await sleep(100);
    assert.deepEqual(await health.check({ service: 'test.v1.Echo' }), { status: Serving.NOT_SERVING });
    assert.deepEqual(await client.say({ text: 'still' }), { text: 'still' });
    assert.equal(await exited, 0);
    assert.ok(Date.now() - stoppedAt >= 490);
  });

  test('SIGINT does not wait', posix, async (t) => {
    const { child, exited } = await start(t, { PRE_STOP: '60' });
    child.kill('SIGINT');
    assert.equal(await exited, 0);
  });

  test('a call longer than DRAIN is cut, and counted', posix, async (t) => {
    const { child, client, exited, lines } = await start(t, { DRAIN: '0.2' });
    await client.say({ text: '' });
    const failed = assert.rejects(client.say({ text: '60000' }));
    await sleep(100);
    child.kill('SIGTERM');
    assert.equal(await exited, 0);
    await failed;
    assert.equal(lines.at(-1)?.cut, 1);
  });

  test('a second signal stops it at once, unless it is the first one arriving twice', posix, async (t) => {
    const { child, exited } = await start(t, { PRE_STOP: '60' });
    child.kill('SIGTERM');
    await sleep(50);
    child.kill('SIGTERM');
    await sleep(600);
    assert.equal(child.exitCode, null);
    child.kill('SIGTERM');
    assert.equal(await exited, 1);
  });

  test('an error that nothing caught ends it with exit code 1, its other calls answered', async (t) => {
    const { client, exited, lines } = await start(t);
    const slow = client.say({ text: '300' });
    await client.say({ text: 'crash' });
    assert.deepEqual(await slow, { text: '300' });
    assert.equal(await exited, 1);
    assert.ok(lines.some(({ msg }) => msg === 'an error that nothing caught'));
  });

  test('settings that cannot be used are all named, and nothing starts', async () => {
    const child = runModule('workload.ts', { PORT: 'x', DRAIN: 'y' });
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    assert.deepEqual(await once(child, 'close'), [2, null]);
    assert.match(said, /PORT is "x": expected .*\n.*DRAIN is "y": expected /);
  });

  test('a port that is taken ends it with exit code 1', async (t) => {
    const { port } = await start(t);
    const child = runModule('workload.ts', { PORT: String(port) });
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
    });
    assert.deepEqual(await once(child, 'close'), [1, null]);
    assert.match(said, /EADDRINUSE/);
  });

  test('the probe succeeds while it serves, and fails when it stops or is not there', posix, async (t) => {
    const { child, port, exited } = await start(t, { PRE_STOP: '60' });
    const probe = async () => {
      const [code] = await once(runModule('../probe.ts', { PORT: String(port) }), 'exit');
      return code;
    };
    assert.equal(await probe(), 0);
    child.kill('SIGTERM');
    await sleep(100);
    assert.equal(await probe(), 1);
    child.kill('SIGKILL');
    await exited;
    assert.equal(await probe(), 1);
  });
});
