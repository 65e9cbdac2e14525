import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { targets } from '../../src/targets/targets.ts';
import { flowTimings, hopLaws, steadyTimings, timingLaws } from '../../src/topology/timings.ts';

test.each(Object.values(targets))('the timings of $id keep every law', ({ timings }) => {
  expect(timingLaws.filter(({ holds }) => !holds(timings)).map(({ law }) => law)).toEqual([]);
});

test.each([
  ['healthTimeout <= healthInterval', { healthTimeout: 6 }],
  ['healthInterval * unhealthy < preStop', { preStop: 10 }],
  ['healthStart + healthInterval * healthy <= healthGrace', { healthGrace: 19 }],
  ['preStop + drain + flush < stop <= 120', { stop: 28 }],
  ['preStop + drain + flush < stop <= 120', { stop: 121 }],
  ['preStop + drain <= deregistration', { deregistration: 26 }],
  ['connectionIdle < idle <= edgeIdle', { connectionIdle: 300 }],
  ['connectionIdle < idle <= edgeIdle', { edgeIdle: 299 }],
  ['300 <= idle', { idle: 299 }],
  ['drain <= connectionAgeGrace < Infinity', { connectionAgeGrace: Number.POSITIVE_INFINITY }],
  ['drain <= connectionAgeGrace < Infinity', { connectionAgeGrace: 14 }],
  ['connectionAge < Infinity', { connectionAge: Number.POSITIVE_INFINITY }],
  ['minPing <= keepalive < connectionIdle', { keepalive: 29 }],
  ['minPing <= keepalive < connectionIdle', { keepalive: 240 }],
])('%s is broken by %o, and noticed', (law, broken) => {
  const noticed = timingLaws.filter(({ holds }) => !holds({ ...steadyTimings, ...broken })).map((l) => l.law);
  expect(noticed).toContain(law);
});

test('with nginx between the load balancer and the server the further laws hold', () => {
  expect(hopLaws.filter(({ holds }) => !holds(flowTimings)).map(({ law }) => law)).toEqual([]);
});

test.each([
  ['removal <= deregistration', { deregistration: 119 }],
  ['healthInterval * unhealthy < hop.preStop', { unhealthy: 3 }],
  ['hop.preStop + hop.drain < hop.stop <= 120', { hop: { preStop: 12, drain: 15, stop: 27 } }],
  ['hop.preStop + hop.drain < hop.stop <= 120', { hop: { preStop: 12, drain: 15, stop: 121 } }],
  ['hop.preStop + hop.drain <= preStop', { preStop: 26 }],
  ['upstreamIdle < connectionIdle', { upstreamIdle: 240 }],
  ['upstreamAge < 0.9 * connectionAge', { upstreamAge: 1620 }],
])('%s is broken by %o, and noticed', (law, broken) => {
  const noticed = hopLaws.filter(({ holds }) => !holds({ ...flowTimings, ...broken })).map((l) => l.law);
  expect(noticed).toContain(law);
});

test('the last traces get what the server waits for them', () => {
  const run = readFileSync(new URL('../../templates/server/src/server/run.ts.hbs', import.meta.url), 'utf8');
  expect(run).toContain(`const TRACER_STOP_MS = ${1000 * steadyTimings.flush};`);
});
