/** Plaintext or TLS, as the settings say. */

import { readFileSync } from 'node:fs';
import { ServerCredentials } from '@grpc/grpc-js';
import type { Config } from './config.ts';

export function createCredentials({ TLS_CERT, TLS_KEY, TLS_CLIENT_CA }: Config): ServerCredentials {
  if (TLS_CERT === undefined || TLS_KEY === undefined) return ServerCredentials.createInsecure();
  const pair = { cert_chain: readFileSync(TLS_CERT), private_key: readFileSync(TLS_KEY) };
  const clientAuthority = TLS_CLIENT_CA === undefined ? null : readFileSync(TLS_CLIENT_CA);
  return ServerCredentials.createSsl(clientAuthority, [pair], clientAuthority !== null);
}
