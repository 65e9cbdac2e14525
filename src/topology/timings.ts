/** The timing chain: every number that a target spreads over its Topology, and the order the numbers must keep. */
import type { Seconds, Shutdown } from './model.ts';

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

/** With a proxy of ours between the load balancer and the server, in the same task. */
export interface HopTimings extends Timings {
  /** How long the load balancer goes on sending new connections to a target that is deregistered. */
  removal: Seconds;
  /** The proxy's own stop: after the signal it goes on for preStop, finishes its calls for drain, is killed at stop. */
  hop: Shutdown;
  /** The proxy gives up a connection to the server that nothing was asked on for this long. */
  upstreamIdle: Seconds;
  /** The same, for one as old as this. */
  upstreamAge: Seconds;
}

/**
 * A Network Load Balancer takes about two minutes to forget a target, whatever it was told, and cuts what is silent for
 * 350 s: a listener of TLS cannot be told otherwise. So ECS deregisters first and waits; the stop itself is short.
 */
export const flowTimings: HopTimings = {
  ...steadyTimings,
  edgeIdle: 350,
  // It outlasts the proxy, whichever of the two is told first.
  preStop: 30,
  stop: 60,
  deregistration: 120,
  removal: 120,
  hop: { preStop: 12, drain: 15, stop: 40 },
  upstreamIdle: 60,
  upstreamAge: 900,
};

export interface HopLaw {
  law: string;
  holds(timings: HopTimings): boolean;
}

/** What else is kept where there is such a proxy. */
export const hopLaws: readonly HopLaw[] = [
  { law: 'removal <= deregistration', holds: (t) => t.removal <= t.deregistration },
  { law: 'healthInterval * unhealthy < hop.preStop', holds: (t) => t.healthInterval * t.unhealthy < t.hop.preStop },
  {
    law: 'hop.preStop + hop.drain < hop.stop <= 120',
    holds: ({ hop }) => hop.preStop + hop.drain < hop.stop && hop.stop <= 120,
  },
  { law: 'hop.preStop + hop.drain <= preStop', holds: (t) => t.hop.preStop + t.hop.drain <= t.preStop },
  { law: 'upstreamIdle < connectionIdle', holds: (t) => t.upstreamIdle < t.connectionIdle },
  // A server of grpc-js closes up to a tenth sooner than it was told. Source: server.ts of @grpc/grpc-js, MAX_CONNECTION_AGE.
  { law: 'upstreamAge < 0.9 * connectionAge', holds: (t) => t.upstreamAge < 0.9 * t.connectionAge },
];
