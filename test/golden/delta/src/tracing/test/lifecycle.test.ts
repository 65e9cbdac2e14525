/** Tracing in a process: when it loads, and what a collector can do to it, which is nothing. */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { connect } from '../../client/channel.ts';
import { createClient } from '../../client/client.ts';
import { Metadata } from '../../server/index.ts';
import { EchoDefinition } from '../../server/test/echo.ts';
import { startProcess } from '../../server/test/process.ts';
import { startCollector } from './collector.ts';

const posix = { skip: process.platform === 'win32' };

async function start(t: TestContext, environment: Record<string, string>) {
  const workload = await startProcess(environment, '../../tracing/test/workload.ts');
  const channel = connect(`127.0.0.1:${workload.port}`);
  t.after(() => {
    channel.close();
    workload.child.kill('SIGKILL');
  });
  return { ...workload, client: createClient(EchoDefinition, channel) };
}

async function startFor(t: TestContext, answer?: boolean) {
  const collector = await startCollector(answer);
  t.after(() => collector.close());
  return collector;
}

/** Whether a process has loaded the SDK by its end, as Node's record of the scripts it ran tells. */
async function loadsSdk(t: TestContext, environment: Record<string, string>): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { child, client, exited } = await start(t, { ...environment, NODE_V8_COVERAGE: folder });
  await client.say({ text: '' });
  child.kill('SIGTERM');
  assert.equal(await exited, 0);
  const records = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const scripts = records.flatMap(({ result }): string[] => result.map(({ url }: { url: string }) => url));
  assert.ok(scripts.some((url) => url.includes('/tracing/tracing.ts')));
  return scripts.some((url) => /\/tracing\/sdk\.ts|opentelemetry\/sdk-trace/.test(url));
}

describe('tracing', { concurrency: 4 }, () => {
  test('sends what is left when the process is told to stop', posix, async (t) => {
    for (;;) {
      const collector = await startFor(t);
      const { child, client, exited, logged } = await start(t, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
      await client.say({ text: '' });
      child.kill('SIGTERM');
      assert.equal(await exited, 0);
      // A stopping workload waits a second for its traces. A machine so busy that it took all of it tells nothing.
      if (collector.spans.length === 0 && (await logged('stopped')).ms > 900) continue;
      assert.deepEqual(
        collector.spans.map(({ name, resource }) => [name, resource['service.name']]),
        [['test.v1.Echo/Say', 'test']],
      );
      return;
    }
  });

  test('sends a batch as soon as it is full', posix, async (t) => {
    const collector = await startFor(t);
    const { client } = await start(t, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/any/path` });
    for (let calls = 0; calls < 512; calls += 1) await client.say({ text: '' });
    await collector.received(512);
  });

  test('samples as OTEL_TRACES_SAMPLER says', posix, async (t) => {
    const collector = await startFor(t);
    const { client } = await start(t, {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0',
    });
    const metadata = new Metadata();
    metadata.set('traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
    await client.say({ text: '' });
    await client.say({ text: '' }, { metadata });
    // The first call's would be in the same batch, or in one before.
    assert.deepEqual(
      (await collector.received(1)).map(({ parentId }) => parentId),
      ['b7ad6b7169203331'],
    );
  });

  test('loads the SDK where there is a collector, and nowhere else', posix, async (t) => {
    const collector = await startFor(t);
    const where = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    assert.equal(await loadsSdk(t, where), true);
    assert.equal(await loadsSdk(t, { OTEL_EXPORTER_OTLP_ENDPOINT: '' }), false);
    assert.equal(await loadsSdk(t, { ...where, OTEL_SDK_DISABLED: 'true' }), false);
  });

  test('says once that a collector is gone, and once that it is back', posix, async (t) => {
    const collector = await startFor(t);
    const { client, lines } = await start(t, {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      // Less than the exporter waits before it tries again: each batch fails at once.
      OTEL_EXPORTER_OTLP_TIMEOUT: '700',
    });
    const call = async () => {
      for (let calls = 0; calls < 100; calls += 1) assert.deepEqual(await client.say({ text: 'a' }), { text: 'a' });
    };
    const [gone, back] = ['traces cannot be exported', 'traces are exported again'];
    collector.leave();
    while (collector.turnedAway < 3) await call();
    collector.comeBack();
    while (!lines.some(({ msg }) => msg === back)) await call();
    const told = lines.map(({ msg }) => msg).filter((msg) => msg === gone || msg === back);
    // An answer that came too late, on a busy machine, is another outage: it begins and ends with the same lines.
    assert.deepEqual(
      told,
      told.map((_, index) => (index % 2 === 0 ? gone : back)),
    );
  });

  test('ends in time without a collector, and with one that never answers', posix, async (t) => {
    const silent = await startFor(t, false);
    for (const url of [silent.url, 'http://127.0.0.1:1']) {
      const { child, client, exited } = await start(t, {
        OTEL_EXPORTER_OTLP_ENDPOINT: url,
        // The SDK itself would wait half a minute: time enough to tell, on a busy machine too, that nobody waits for it.
        OTEL_EXPORTER_OTLP_TIMEOUT: '600000',
      });
      await client.say({ text: '' });
      const stoppedAt = Date.now();
      child.kill('SIGTERM');
      assert.equal(await exited, 0);
      assert.ok(Date.now() - stoppedAt < 20_000);
    }
  });
});
