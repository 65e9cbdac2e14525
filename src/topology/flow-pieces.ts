/** The parts of a Topology whose edge balances connections: a Network Load Balancer, and nginx beside the servers. */
import type { Edge, HealthCheck, Proxy } from './model.ts';
import { buildRoutes, standardServices } from './pieces.ts';
import type { HopTimings } from './timings.ts';

export interface FlowFront {
  host: string;
  internal: boolean;
  /** Where TLS ends at it; absent: nothing is encrypted. */
  certificate?: string;
  /** The one workload that it leads to, and where nginx listens there. */
  workload: string;
  port: number;
}

/**
 * A Network Load Balancer: it knows of connections alone, so it can check no gRPC, and tells nobody of an open stream.
 * Its one port is that of HTTPS, or of HTTP where there is no TLS.
 */
export function buildFlowBalancer(timings: HopTimings, front: FlowFront): Edge {
  const { host, internal, certificate, workload, port } = front;
  return {
    name: host,
    kind: 'nlb',
    scheme: internal ? 'internal' : 'internet-facing',
    hosts: [host],
    listeners: [
      {
        port: certificate === undefined ? 80 : 443,
        accepts: ['tcp'],
        // What ALPN policy HTTP2Preferred offers, in its order.
        ...(certificate !== undefined && { tls: { certificate, alpn: ['h2', 'http/1.1', 'http/1.0'] } }),
        connection: { maxIdle: timings.edgeIdle, maxAge: Number.POSITIVE_INFINITY },
        routes: [{ match: 'prefix', path: '/', to: workload, timeout: Number.POSITIVE_INFINITY }],
        idle: timings.edgeIdle,
      },
    ],
    backends: [
      {
        name: workload,
        to: { workload, port },
        speaks: 'tcp',
        tls: false,
        discovery: 'registered',
        balancing: 'flow',
        health: {
          probe: { kind: 'tcp' },
          port,
          interval: timings.healthInterval,
          timeout: timings.healthTimeout,
          unhealthy: timings.unhealthy,
          healthy: timings.healthy,
        },
        deregistration: timings.deregistration,
      },
    ],
    settings: [],
  };
}

/** A server beside nginx, and what nginx sends to it. */
export interface Upstream {
  name: string;
  port: number;
  services: readonly string[];
}

/** nginx in front of the servers of its own task: cleartext HTTP/2 on both sides, a path for each service. */
export function buildNginx(timings: HopTimings, workload: string, port: number, upstreams: readonly Upstream[]): Proxy {
  return {
    kind: 'nginx',
    listeners: [
      {
        port,
        accepts: ['h2'],
        connection: { maxIdle: timings.connectionIdle, maxAge: timings.connectionAge },
        routes: upstreams.flatMap(({ name, services }) => buildRoutes(name, services)),
        // Answered as gRPC, in the headers: UNIMPLEMENTED.
        unrouted: 200,
        idle: timings.idle,
      },
    ],
    backends: upstreams.map((upstream) => ({
      name: upstream.name,
      to: { workload, port: upstream.port },
      speaks: 'h2',
      tls: false,
      discovery: 'loopback',
      balancing: 'round-robin',
    })),
    settings: [],
  };
}

/** What the probe in nginx's image asks, through nginx: it fails when either of the two does not answer. */
export function buildProbeCheck(timings: HopTimings, port: number): HealthCheck {
  // A second less than the platform waits, so that it is the probe that says why; half of one is plenty on loopback.
  const patience = ['-connect-timeout=500ms', `-rpc-timeout=${timings.healthTimeout - 1}s`];
  return {
    probe: { kind: 'exec', command: ['/bin/grpc-health-probe', `-addr=127.0.0.1:${port}`, ...patience], shell: false },
    port,
    interval: timings.healthInterval,
    timeout: timings.healthTimeout,
    unhealthy: timings.unhealthy,
    healthy: 1,
    startPeriod: timings.healthStart,
  };
}

/** What nginx sends to the first server, for everybody: checks, and reflection if clients are to reach it. */
export function listSharedServices(reflection: boolean): string[] {
  return standardServices.filter((service) => reflection || !service.includes('.reflection.'));
}
