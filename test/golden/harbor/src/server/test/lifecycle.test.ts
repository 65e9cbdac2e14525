/** How a workload starts and stops as a process. Windows has no SIGTERM. */

import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../client/channel.ts';
import { createClient } from '../../client/client.ts';
import { HealthDefinition, HealthCheckResponse_ServingStatus as Serving } from '../../gen/grpc/health/v1/health.ts';
import { EchoDefinition, gate } from './echo.ts';
import { runToEnd, startProcess } from './process.ts';

const posix = { skip: process.platform === 'win32' };

async function start(t: TestContext, environment: Record<string, string> = {}) {
  const workload = await startProcess(environment);
  const channel = connect(`127.0.0.1:${workload.port}`);
  t.after(() => {
    channel.close();
    workload.child.kill('SIGKILL');
  });
  return {
    ...workload,
    client: createClient(EchoDefinition, channel),
    health: createClient(HealthDefinition, channel),
  };
}

/** The stream's first message, and the rest of it as it comes. */
async function open<Message>(stream: AsyncIterable<Message>) {
  const iterator = stream[Symbol.asyncIterator]();
  const { value: first } = await iterator.next();
  const rest: Message[] = [];
  const ended = (async () => {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) rest.push(next.value);
    return rest;
  })();
  return { first, ended };
}

// Each has processes of its own, and waits for them most of the time.
describe('a workload', { concurrency: 4 }, () => {
  test('that gets SIGTERM under load, with open streams and watches, loses no call', posix, async (t) => {
    const [first, second] = await Promise.all([start(t, { PRE_STOP: '0.2' }), start(t)]);
    // A client of both, like a load balancer that has not noticed yet.
    const channel = connect(`ipv4:127.0.0.1:${first.port},127.0.0.1:${second.port}`);
    t.after(() => channel.close());
    const client = createClient(EchoDefinition, channel);
    const watch = await open(first.health.watch({ service: '' }));
    const stream = await open(first.client.count({ text: '' }));

    let calls = 0;
    const enough = gate();
    let until = Infinity;
    const callers = Array.from({ length: 32 }, async () => {
      while (calls < until) {
        await client.say({ text: '2' });
        calls += 1;
        if (calls === 200) enough.open();
      }
    });
    await enough.opened;
    first.child.kill('SIGTERM');
    assert.equal(await first.exited, 0);
    until = calls + 200;
    await Promise.all(callers);
    assert.equal((await first.logged('stopped')).cut, 0);
    assert.deepEqual(watch.first, { status: Serving.SERVING });
    assert.deepEqual(await watch.ended, [{ status: Serving.NOT_SERVING }]);
    assert.ok((await stream.ended).length > 0);
  });

  test('that gets SIGTERM says NOT_SERVING and serves on', posix, async (t) => {
    const { child, client, health, logged } = await start(t, { PRE_STOP: '60' });
    child.kill('SIGTERM');
    await logged('stopping');
    assert.deepEqual(await health.check({ service: 'test.v1.Echo' }), { status: Serving.NOT_SERVING });
    assert.deepEqual(await client.say({ text: 'still' }), { text: 'still' });
  });

  test('serves on for PRE_STOP seconds', posix, async (t) => {
    const { child, exited } = await start(t, { PRE_STOP: '0.3' });
    const stoppedAt = Date.now();
    child.kill('SIGTERM');
    assert.equal(await exited, 0);
    assert.ok(Date.now() - stoppedAt >= 290);
  });

  test('that gets SIGINT does not wait', posix, async (t) => {
    const { child, exited } = await start(t, { PRE_STOP: '60' });
    const stoppedAt = Date.now();
    child.kill('SIGINT');
    assert.equal(await exited, 0);
    assert.ok(Date.now() - stoppedAt < 10_000);
  });

  test('cuts calls that last longer than DRAIN, and counts them', posix, async (t) => {
    const { child, client, exited, logged } = await start(t, { DRAIN: '0.2' });
    async function* endless() {
      yield { text: 'hello' };
      await new Promise(() => {});
    }
    const { ended } = await open(client.chat(endless()));
    const failed = assert.rejects(ended);
    child.kill('SIGTERM');
    assert.equal(await exited, 0);
    await failed;
    assert.equal((await logged('stopped')).cut, 1);
  });

  test('sends what is left of its traces before it ends', posix, async (t) => {
    const { child, exited, lines } = await start(t, { TRACES: 'sent' });
    child.kill('SIGTERM');
    assert.equal(await exited, 0);
    assert.deepEqual(
      lines.slice(-3).map(({ msg }) => msg),
      ['stopping', 'traces of test are sent', 'stopped'],
    );
  });

  test('ends without its traces if those cannot be sent', posix, async (t) => {
    for (const TRACES of ['lost', 'stuck']) {
      const { child, exited, logged } = await start(t, { TRACES });
      const stoppedAt = Date.now();
      child.kill('SIGTERM');
      assert.equal(await exited, 0);
      assert.ok(Date.now() - stoppedAt < 5000);
      await logged('stopped');
    }
  });

  test('stops at once at a second signal, unless that is the first one arriving twice', posix, async (t) => {
    const { child, client, exited, logged } = await start(t, { PRE_STOP: '60' });
    child.kill('SIGTERM');
    await logged('stopping');
    child.kill('SIGTERM');
    assert.ok(await client.say({ text: 'still' }));
    await sleep(600);
    child.kill('SIGTERM');
    assert.equal(await exited, 1);
  });

  test('ends with exit code 1 at an error that nothing caught, its other calls answered', async (t) => {
    const { client, exited, logged } = await start(t);
    const slow = client.say({ text: '300' });
    await client.say({ text: 'crash' });
    assert.deepEqual(await slow, { text: '300' });
    assert.equal(await exited, 1);
    await logged('an error that nothing caught');
  });

  test('names all settings that cannot be used, and does not start', async () => {
    const { code, output } = await runToEnd('workload.ts', { PORT: 'x', DRAIN: 'y', TRACES: 'z' });
    assert.equal(code, 2);
    assert.match(output, /PORT is "x": expected .*\n.*DRAIN is "y": expected .*\n.*TRACES is "z": expected /);
  });

  test('ends with exit code 1 if its port is taken', async (t) => {
    const { port } = await start(t);
    const { code, output } = await runToEnd('workload.ts', { PORT: String(port) });
    assert.equal(code, 1);
    assert.match(output, /EADDRINUSE/);
  });

  test('is healthy to the probe while it serves, not when it stops, nor when it is gone', posix, async (t) => {
    const { child, port, exited, logged } = await start(t, { PRE_STOP: '60' });
    const probe = () => runToEnd('../probe.ts', { PORT: String(port) });
    assert.deepEqual(await probe(), { code: 0, output: '' });
    child.kill('SIGTERM');
    await logged('stopping');
    assert.deepEqual(await probe(), { code: 1, output: 'not serving\n' });
    child.kill('SIGKILL');
    await exited;
    const { code, output } = await probe();
    assert.equal(code, 1);
    assert.match(output, /ECONNREFUSED/);
  });
});
