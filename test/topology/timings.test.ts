import { expect, test } from 'vitest';
import { targets, unprovenTargets } from '../../src/targets/targets.ts';
import { steadyTimings, timingLaws } from '../../src/topology/timings.ts';

test.each([...Object.values(targets), ...unprovenTargets])('the timings of $id keep every law', ({ timings }) => {
  expect(timingLaws.filter(({ holds }) => !holds(timings)).map(({ law }) => law)).toEqual([]);
});

test.each([
  ['healthTimeout <= healthInterval', { healthTimeout: 6 }],
  ['healthInterval * unhealthy < preStop', { preStop: 10 }],
  ['preStop + drain < stop <= 120', { stop: 27 }],
  ['preStop + drain < stop <= 120', { stop: 121 }],
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
