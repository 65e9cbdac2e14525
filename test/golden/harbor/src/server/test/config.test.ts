/** Settings: what they are if nothing is set, and what is said of wrong ones. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { faultsOfConfig, readConfig, serverOptions } from '../config.ts';
import { describeFault, faultsOf } from '../environment.ts';
import { integer, oneOf, optional, readSettings, text } from '../index.ts';

const here = fileURLToPath(import.meta.url);
const faults = (environment: Record<string, string>) => faultsOfConfig(readConfig(environment)).map(describeFault);

test('nothing need be set', () => {
  const { PORT, METRICS_PORT, PRE_STOP, DRAIN, CONNECTION_IDLE, CONNECTION_AGE, REFLECTION, TLS_CERT } = readConfig({});
  assert.deepEqual(faults({}), []);
  assert.deepEqual(
    [PORT, METRICS_PORT, PRE_STOP, DRAIN, CONNECTION_IDLE, CONNECTION_AGE, REFLECTION, TLS_CERT],
    [8080, 9464, 0, 15, 240, 1800, true, undefined],
  );
});

test('a variable set to nothing is as one not set', () => {
  assert.equal(readConfig({ PORT: '' }).PORT, 8080);
});

test('values are read', () => {
  const { PORT, PRE_STOP, REFLECTION, LOG_LEVEL } = readConfig({
    PORT: '1',
    PRE_STOP: '0.5',
    REFLECTION: 'off',
    LOG_LEVEL: 'debug',
  });
  assert.deepEqual([PORT, PRE_STOP, REFLECTION, LOG_LEVEL], [1, 0.5, false, 'debug']);
});

test('grpc-js is given milliseconds, and nothing for what never happens', () => {
  const environment = {
    MAX_MESSAGE_BYTES: '1000',
    CONNECTION_IDLE: '1',
    CONNECTION_AGE: '2',
    CONNECTION_AGE_GRACE: '3',
    KEEPALIVE_TIME: '4',
    KEEPALIVE_TIMEOUT: '5',
  };
  assert.deepEqual(serverOptions(readConfig(environment)), {
    'grpc.max_receive_message_length': 1000,
    'grpc.max_connection_idle_ms': 1000,
    'grpc.max_connection_age_ms': 2000,
    'grpc.max_connection_age_grace_ms': 3000,
    'grpc.keepalive_time_ms': 4000,
    'grpc.keepalive_timeout_ms': 5000,
    'grpc.enable_channelz': 0,
  });
  const never = serverOptions(readConfig({ CONNECTION_IDLE: '0', CONNECTION_AGE: '0', KEEPALIVE_TIME: '0' }));
  assert.deepEqual(Object.keys(never).sort(), [
    'grpc.enable_channelz',
    'grpc.keepalive_timeout_ms',
    'grpc.max_connection_age_grace_ms',
    'grpc.max_receive_message_length',
  ]);
});

test('every fault is named at once, with what would be right', () => {
  assert.deepEqual(
    faults({
      PORT: '80a',
      DRAIN: '-1',
      LOG_LEVEL: 'loud',
      REFLECTION: 'yes',
      TLS_CERT: '/no/such/file',
      MAX_MESSAGE_BYTES: '1e3',
    }),
    [
      'PORT is "80a": expected a whole number from 0 to 65535',
      'LOG_LEVEL is "loud": expected trace, debug, info, warn, error, fatal, silent',
      'REFLECTION is "yes": expected on or off',
      'DRAIN is "-1": expected a number of seconds from 0 to 2147483',
      'MAX_MESSAGE_BYTES is "1e3": expected a whole number from 1 to 2147483647',
      'TLS_CERT is "/no/such/file": expected the path of a readable file',
    ],
  );
});

test('a certificate needs its key, and a client authority needs both', () => {
  assert.deepEqual(faults({ TLS_CERT: here }), ['TLS_KEY is not set: expected the key of TLS_CERT']);
  assert.deepEqual(faults({ TLS_KEY: here }), ['TLS_CERT is not set: expected a certificate for TLS_KEY']);
  assert.equal(faults({ TLS_CLIENT_CA: here }).length, 2);
});

test('two servers need two ports', () => {
  assert.deepEqual(faults({ PORT: '9464' }), ['METRICS_PORT is "9464": expected another port than PORT']);
});

test("a workload's own settings are read the same way", () => {
  const readers = { URL: text(), SIZE: optional(integer(1, 9), 3), MODE: optional(oneOf('a', 'b'), 'a') };
  assert.deepEqual(readSettings(readers, { URL: 'x', MODE: 'b' }), { URL: 'x', SIZE: 3, MODE: 'b' });
  assert.deepEqual(faultsOf(readSettings(readers, { SIZE: '10' })).map(describeFault), [
    'URL is not set: expected a text',
    'SIZE is "10": expected a whole number from 1 to 9',
  ]);
});
