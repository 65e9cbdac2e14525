/** A connection to a server, kept open and shared by all clients made for it. */

import { readFileSync } from 'node:fs';
import { Client, type ClientOptions, credentials } from '@grpc/grpc-js';

export type Channel = Client;

export interface Security {
  /** PEM file of the authority that signed the server's certificate; without it, those that Node trusts. */
  readonly ca?: string | undefined;
  /** PEM files with which the client shows who it is. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/**
 * `address` is `host:port`, or any other target gRPC knows. Plaintext unless `security` is given. Connects when the
 * first call is made.
 */
export function connect(address: string, security?: Security, options: ClientOptions = {}): Channel {
  return new Client(address, security === undefined ? credentials.createInsecure() : secure(security), {
    ...OPTIONS,
    ...options,
  });
}

const OPTIONS: ClientOptions = {
  // Notices a dead peer. Not more often: servers and proxies may punish pings closer than 30 seconds.
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
  // Where a name has several addresses, use them all.
  'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
};

function secure({ ca, cert, key }: Security) {
  const read = (path: string | undefined) => (path === undefined ? null : readFileSync(path));
  return credentials.createSsl(read(ca), read(key), read(cert));
}
