/** TLS, and client certificates. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect, type Security } from '../../client/channel.ts';
import { createClient } from '../../client/client.ts';
import { Status, startForTest } from '../index.ts';
import { createCertificate, writeCertificate } from './certificate.ts';
import { EchoDefinition, echo } from './echo.ts';
import { runToEnd } from './process.ts';

const folder = mkdtempSync(join(tmpdir(), 'tls-'));
after(() => rmSync(folder, { recursive: true }));

const authority = createCertificate('authority');
const ca = writeCertificate(folder, authority).cert;
const server = writeCertificate(folder, createCertificate('server', authority));
const client = writeCertificate(folder, createCertificate('client', authority));
const stranger = writeCertificate(folder, createCertificate('stranger', createCertificate('other')));

async function call(environment: Record<string, string>, security?: Security): Promise<string> {
  const running = await startForTest(
    echo({ say: async (_, { certificate }) => ({ text: String(certificate?.subject.CN) }) }),
    { TLS_CERT: server.cert, TLS_KEY: server.key, ...environment },
  );
  // The certificate has this name.
  const channel = connect(running.address, security, { 'grpc.ssl_target_name_override': 'localhost' });
  try {
    const { text } = await createClient(EchoDefinition, channel).say({ text: '' }, { timeoutMs: 20_000 });
    return text;
  } finally {
    channel.close();
    await running.close();
  }
}

const unavailable = { code: Status.UNAVAILABLE };

test('a client that trusts the authority is answered', async () => {
  assert.equal(await call({}, { ca }), 'undefined');
});

test('a client that does not, and one in plaintext, are not', async () => {
  await assert.rejects(call({}, {}), unavailable);
  await assert.rejects(call({}), unavailable);
});

test('with TLS_CLIENT_CA a client must show a certificate of that authority, and the handler knows whose', async () => {
  const mutual = { TLS_CLIENT_CA: ca };
  assert.equal(await call(mutual, { ca, ...client }), 'client');
  await assert.rejects(call(mutual, { ca }), unavailable);
  await assert.rejects(call(mutual, { ca, ...stranger }), unavailable);
});

test('the probe speaks TLS too', async () => {
  const environment = { TLS_CERT: server.cert, TLS_KEY: server.key, TLS_CLIENT_CA: ca };
  const running = await startForTest(echo(), environment);
  const port = running.address.split(':')[1] ?? '';
  const { code } = await runToEnd('../probe.ts', { ...environment, PORT: port });
  await running.close();
  assert.equal(code, 0);
});
