/** The command `npm run call`, on services that every repo has. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startForTest, type TestServer } from '../../server/index.ts';
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

test('it refuses what it cannot read', async () => {
  for (const args of [
    ['--no-such-flag'],
    ['grpc.health.v1.Health/Check', '{'],
    ['grpc.health.v1.Health/Check', '--header', 'x'],
    ['grpc.health.v1.Health/Check', '--deadline', 'x'],
  ]) {
    assert.equal((await call(...args)).code, 2);
  }
});
