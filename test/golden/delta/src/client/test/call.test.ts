/** The command `npm run call`, on services that every repo has. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startForTest, type TestServer } from '../../server/index.ts';
import { createCertificate, writeCertificate } from '../../server/test/certificate.ts';
import { type EchoDefinition, echo } from '../../server/test/echo.ts';
import { runCall } from '../call.ts';

let server: TestServer<typeof EchoDefinition>;

before(async () => {
  server = await startForTest(echo());
});

after(() => server.close());

async function call(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const output = { log: (line: string) => stdout.push(`${line}\n`), error: (line: string) => stderr.push(`${line}\n`) };
  const code = await runCall(['--address', server.address, ...args], output);
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}

test('it prints a response as a line of JSON', async () => {
  const { code, stdout } = await call('grpc.health.v1.Health/Check', '{"service":"test.v1.Echo"}');
  assert.deepEqual([code, stdout], [0, '{"status":"SERVING"}\n']);
});

test('it sends several requests and prints several responses', async () => {
  const path = 'grpc.reflection.v1.ServerReflection/ServerReflectionInfo';
  const requests = [{ fileContainingSymbol: 'no.Symbol' }, { fileByFilename: 'no.proto' }];
  for (const args of [requests.map((each) => JSON.stringify(each)), [JSON.stringify(requests)]]) {
    const { code, stdout } = await call(path, ...args);
    assert.equal(code, 0);
    assert.deepEqual(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).originalRequest),
      requests,
    );
  }
});

test('it prints what came before an error, then the error, and exits 1', async () => {
  const late = await call('grpc.health.v1.Health/Watch', '--deadline', '1');
  assert.deepEqual([late.code, late.stdout], [1, '{"status":"SERVING"}\n']);
  assert.match(late.stderr, /^DEADLINE_EXCEEDED: /);
  const unknown = await call('grpc.health.v1.Health/Check', '{"service":"no"}');
  assert.deepEqual([unknown.code, unknown.stderr], [1, 'NOT_FOUND: no service no here\n']);
});

test('it lists the methods there are, where it is given none or a wrong one', async () => {
  const all = await call();
  assert.equal(all.code, 0);
  assert.match(all.stdout, /^grpc\.health\.v1\.Health\/Check$/m);
  const wrong = await call('no.Service/Method');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /No no\.Service\/Method.*Health\/Check/s);
});

const health = 'grpc.health.v1.Health/Check';
const reflection = 'grpc.reflection.v1.ServerReflection/ServerReflectionInfo';

test('it refuses what it cannot read, in words', async () => {
  for (const [args, words] of [
    [['--no-such-flag'], /--no-such-flag/],
    [[health, '{'], /^This is not JSON: \{$/m],
    [[health, '{}', '{}'], /^Check takes one request\.$/m],
    [[health, 'null'], /^A request of Check is a JSON object, which this is not: null$/m],
    [[health, '["a"]'], /^A request of Check is a JSON object, which this is not: \["a"\]$/m],
    [[reflection, '[{}, null]'], /^A request of ServerReflectionInfo is a JSON object, which this is not: null$/m],
    [[health, '--header', 'x'], /^This is no 'KEY: VALUE': x$/m],
    [[health, '-H', 'a@b: x'], /a@b/],
    [[health, '--deadline', 'x'], /^This is no number of seconds: x$/m],
    [[health, '--ca', '/no/such/file'], /no such file.*\/no\/such\/file/],
    [[health, '--key', '/no/such/file'], /no such file.*\/no\/such\/file/],
    [[health, '--cert', fileURLToPath(import.meta.url)], /private key/i],
  ] as const) {
    const { code, stdout, stderr } = await call(...args);
    assert.deepEqual([code, stdout], [2, ''], stderr);
    assert.match(stderr, words);
    assert.doesNotMatch(stderr, /^ +at /m);
  }
});

test('it refuses a request that cannot be sent, and one of which a part would be ignored', async () => {
  const number = { fileContainingExtension: { containingType: 'a.B', extensionNumber: 2 ** 40 } };
  const outOfRange = await call(reflection, '{}', JSON.stringify(number));
  assert.deepEqual([outOfRange.code, outOfRange.stdout], [2, '']);
  assert.match(outOfRange.stderr, /^This is no request of ServerReflectionInfo: .*\n.*1099511627776/);

  const unknown = { host: 'a', hosts: ['b'], fileContainingExtension: { containing_type: 'a.B', number: 1 } };
  const ignored = await call(reflection, JSON.stringify(unknown));
  assert.equal(ignored.code, 2);
  assert.match(
    ignored.stderr,
    /^A request of ServerReflectionInfo has no place for hosts, fileContainingExtension\.number: /,
  );
});

test('a certificate to show means TLS', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'call-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const paths = writeCertificate(folder, createCertificate('client'));
  const { code, stderr } = await call(health, '--cert', paths.cert, '--key', paths.key);
  assert.equal(code, 1);
  // In plaintext this server would have answered.
  assert.match(stderr, /^UNAVAILABLE: /);
});
