/** The timing chain: every number that a target spreads over its Topology, and the order the numbers must keep. */
import type { Seconds } from './model.ts';

export interface Timings {
  /** The edge forgets a stream on which no message passes; an L4 edge must outlast the L7 hop behind it. */
  edgeIdle: Seconds;
  /** The same, for the L7 proxies behind the edge. */
  idle: Seconds;
  /** A connection without calls is closed by the server, before anything in between drops it in silence. */
  connectionIdle: Seconds;
  /** Clients are asked to connect anew after this, so that they spread over replicas that came later. */
  connectionAge: Seconds;
  /** What a call still open at that age gets to finish: the longest stream that is promised. */
  connectionAgeGrace: Seconds;
  healthInterval: Seconds;
  healthTimeout: Seconds;
  unhealthy: number;
  healthy: number;
  /** A new replica's failing checks of itself do not count for this long. */
  healthStart: Seconds;
  /** Those of the load balancer do not for this long. */
  healthGrace: Seconds;
  /** After SIGTERM the server answers NOT_SERVING and goes on serving for this long, until everybody has noticed. */
  preStop: Seconds;
  /** Then open calls get this long to end. */
  drain: Seconds;
  /** Then the last traces get this long to leave; what the server waits, whatever the collector does. */
  flush: Seconds;
  /** The platform kills what is still there. */
  stop: Seconds;
  /** A deregistered target keeps its open calls for this long. */
  deregistration: Seconds;
  /** Clients that ping more often than this are sent away with `too_many_pings`. */
  minPing: Seconds;
  /** What a client of ours pings at. */
  keepalive: Seconds;
}

/** What fits wherever nothing on the way is slower; Fargate stops a task after 120 s at the latest. */
export const steadyTimings: Timings = {
  edgeIdle: 300,
  idle: 300,
  connectionIdle: 240,
  connectionAge: 1800,
  connectionAgeGrace: 600,
  healthInterval: 5,
  healthTimeout: 3,
  unhealthy: 2,
  healthy: 2,
  healthStart: 10,
  healthGrace: 30,
  preStop: 12,
  drain: 15,
  flush: 1,
  stop: 40,
  deregistration: 30,
  minPing: 30,
  keepalive: 60,
};

export interface TimingLaw {
  law: string;
  holds(timings: Timings): boolean;
}

/** What every target's timings keep, or calls are lost: each pair is two files apart and no linter compares them. */
export const timingLaws: readonly TimingLaw[] = [
  { law: 'healthTimeout <= healthInterval', holds: (t) => t.healthTimeout <= t.healthInterval },
  { law: 'healthInterval * unhealthy < preStop', holds: (t) => t.healthInterval * t.unhealthy < t.preStop },
  {
    law: 'preStop + drain + flush < stop <= 120',
    holds: (t) => t.preStop + t.drain + t.flush < t.stop && t.stop <= 120,
  },
  {
    law: 'healthStart + healthInterval * healthy <= healthGrace',
    holds: (t) => t.healthStart + t.healthInterval * t.healthy <= t.healthGrace,
  },
  { law: 'preStop + drain <= deregistration', holds: (t) => t.preStop + t.drain <= t.deregistration },
  {
    law: 'connectionIdle < idle <= edgeIdle',
    holds: (t) => t.connectionIdle < t.idle && t.idle <= t.edgeIdle,
  },
  { law: '300 <= idle', holds: (t) => t.idle >= 300 },
  {
    law: 'drain <= connectionAgeGrace < Infinity',
    holds: (t) => t.drain <= t.connectionAgeGrace && t.connectionAgeGrace < Number.POSITIVE_INFINITY,
  },
  { law: 'connectionAge < Infinity', holds: (t) => t.connectionAge < Number.POSITIVE_INFINITY },
  {
    law: 'minPing <= keepalive < connectionIdle',
    holds: (t) => t.minPing <= t.keepalive && t.keepalive < t.connectionIdle,
  },
];
