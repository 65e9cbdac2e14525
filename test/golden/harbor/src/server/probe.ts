/**
 * Asks the server in this container for its health and exits 0 if it is SERVING, 1 if not: the health check of images
 * without a shell. It speaks HTTP/2 itself, for it runs every few seconds and a gRPC client takes four times as long to load.
 */

import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { isIPv6 } from 'node:net';

const TIMEOUT_MS = 2000;
/** A message without fields, five bytes of gRPC framing ahead of it: HealthCheckRequest for the server as a whole. */
const REQUEST = Buffer.alloc(5);
/** HealthCheckResponse { status: SERVING }, framed. */
const SERVING = Buffer.from([0, 0, 0, 0, 2, 8, 1]);

const { HOST = '', PORT = '', TLS_CERT = '', TLS_KEY = '' } = process.env;

function open(): ClientHttp2Session {
  const host = ['', '0.0.0.0', '::'].includes(HOST) ? 'localhost' : HOST;
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${PORT || 8080}`;
  if (TLS_CERT === '') return connect(`http://${authority}`);
  // The server is known to be the one in here, whatever name is on its certificate; it may ask for one of ours.
  return connect(`https://${authority}`, {
    rejectUnauthorized: false,
    cert: readFileSync(TLS_CERT),
    key: readFileSync(TLS_KEY),
  });
}

function finish(failure?: string): never {
  if (failure !== undefined) console.error(failure);
  process.exit(failure === undefined ? 0 : 1);
}

const session = open();
session.on('error', ({ message }) => finish(message));
const stream = session.request({
  ':method': 'POST',
  ':path': '/grpc.health.v1.Health/Check',
  'content-type': 'application/grpc',
  te: 'trailers',
});
stream.on('error', ({ message }) => finish(message));
const chunks: Buffer[] = [];
stream.on('data', (chunk: Buffer) => chunks.push(chunk));
stream.on('end', () => finish(Buffer.concat(chunks).equals(SERVING) ? undefined : 'not serving'));
stream.end(REQUEST);
setTimeout(finish, TIMEOUT_MS, `no answer in ${TIMEOUT_MS} ms`);
