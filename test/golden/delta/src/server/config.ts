/** The server's own settings: every environment variable it reads, and what each means when it is not set. */

import { hostname } from 'node:os';
import type { ServerOptions } from '@grpc/grpc-js';
import {
  type Environment,
  type Fault,
  faultsOf,
  file,
  integer,
  oneOf,
  onOff,
  optional,
  readSettings,
  seconds,
  text,
} from './environment.ts';

const port = integer(0, 65535);

const readers = {
  /** Where gRPC is served. Port 0 takes any free one. */
  HOST: optional(text(), '0.0.0.0'),
  PORT: optional(port, 8080),
  /** Where Prometheus finds /metrics. */
  METRICS_PORT: optional(port, 9464),
  LOG_LEVEL: optional(oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), 'info'),
  /** What this replica calls itself in logs and to handlers. */
  REPLICA: optional(text(), hostname()),
  /** Server reflection, for grpcurl and the like. */
  REFLECTION: optional(onOff(), true),

  /** How long, after SIGTERM, to say NOT_SERVING and serve on, until every load balancer has noticed. */
  PRE_STOP: optional(seconds(), 0),
  /** How long open calls may take to finish after that. What is left then is cut. */
  DRAIN: optional(seconds(), 15),

  /** A connection without calls is closed after this long: sooner than a load balancer gives it up unannounced. 0: never. */
  CONNECTION_IDLE: optional(seconds(), 240),
  /** A connection is closed for new calls after this long, so that clients spread over new replicas. 0: never. */
  CONNECTION_AGE: optional(seconds(), 1800),
  /** How long its open calls may go on: the longest stream that is promised to survive. */
  CONNECTION_AGE_GRACE: optional(seconds(), 600),
  /** Ping a silent client after this long, to notice one that is gone. The default is gRPC's own. 0: never. */
  KEEPALIVE_TIME: optional(seconds(), 7200),
  /** How long it may take to answer. */
  KEEPALIVE_TIMEOUT: optional(seconds(1), 20),
  /** The longest request message. */
  MAX_MESSAGE_BYTES: optional(integer(1, 2 ** 31 - 1), 4 * 1024 * 1024),

  /** PEM files. A certificate and its key turn TLS on; an authority for clients makes their certificates mandatory. */
  TLS_CERT: optional(file(), undefined),
  TLS_KEY: optional(file(), undefined),
  TLS_CLIENT_CA: optional(file(), undefined),
};

export type Config = ReturnType<typeof readConfig>;

export function readConfig(environment: Environment = process.env) {
  return readSettings(readers, environment);
}

/** All that is wrong with it: with each variable, and with some together. */
export function faultsOfConfig(config: Config): readonly Fault[] {
  const { PORT, METRICS_PORT, TLS_CERT, TLS_KEY, TLS_CLIENT_CA } = config;
  const faults = [...faultsOf(config)];
  function require(variable: string, value: string | undefined, accepts: string): void {
    // One that is set and cannot be read is a fault already.
    const isKnown = faults.some((fault) => fault.variable === variable);
    if (value === undefined && !isKnown) faults.push({ variable, value, accepts });
  }
  if (TLS_KEY !== undefined || TLS_CLIENT_CA !== undefined) require('TLS_CERT', TLS_CERT, 'a certificate for TLS_KEY');
  if (TLS_CERT !== undefined || TLS_CLIENT_CA !== undefined) require('TLS_KEY', TLS_KEY, 'the key of TLS_CERT');
  if (PORT === METRICS_PORT && PORT > 0) {
    faults.push({ variable: 'METRICS_PORT', value: String(PORT), accepts: 'another port than PORT' });
  }
  return faults;
}

/**
 * The part that grpc-js takes as options. It has none for the least interval of client pings that other gRPC servers
 * enforce: it answers every ping and never sends `too_many_pings`.
 */
export function serverOptions(config: Config): ServerOptions {
  return {
    'grpc.max_receive_message_length': config.MAX_MESSAGE_BYTES,
    'grpc.keepalive_timeout_ms': config.KEEPALIVE_TIMEOUT * 1000,
    'grpc.max_connection_age_grace_ms': config.CONNECTION_AGE_GRACE * 1000,
    // Left out, these mean never.
    ...unlessZero('grpc.max_connection_idle_ms', config.CONNECTION_IDLE),
    ...unlessZero('grpc.max_connection_age_ms', config.CONNECTION_AGE),
    ...unlessZero('grpc.keepalive_time_ms', config.KEEPALIVE_TIME),
    // Bookkeeping for each call and connection that nothing here reads.
    'grpc.enable_channelz': 0,
  };
}

function unlessZero(option: string, seconds: number): ServerOptions {
  return seconds === 0 ? {} : { [option]: seconds * 1000 };
}
