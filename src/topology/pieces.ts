/** The parts that targets build their Topologies from; constants of a kind stand here once. */
import type { Edge, HealthCheck, Listener, ProxyListener, Route, Server } from './model.ts';
import type { Timings } from './timings.ts';

/** What every emitted server answers beside the Contract's own services. */
export const standardServices = [
  'grpc.health.v1.Health',
  'grpc.reflection.v1.ServerReflection',
  'grpc.reflection.v1alpha.ServerReflection',
] as const;

/** A server of ours: cleartext HTTP/2, the user's services and the standard ones. */
export function buildServer(timings: Timings, port: number, services: readonly string[]): Server {
  return {
    kind: 'server',
    port,
    accepts: ['h2'],
    services: [...services, ...standardServices],
    connection: { maxIdle: timings.connectionIdle, maxAge: timings.connectionAge },
    maxAgeGrace: timings.connectionAgeGrace,
    minPing: timings.minPing,
  };
}

/** The check a server's container makes of itself, by the probe in its own image; nothing in a distroless image is a shell. */
export function buildSelfCheck(timings: Timings, port: number): HealthCheck {
  return {
    probe: { kind: 'exec', command: ['/nodejs/bin/node', '/app/probe.cjs'], shell: false },
    port,
    interval: timings.healthInterval,
    timeout: timings.healthTimeout,
    unhealthy: timings.unhealthy,
    healthy: 1,
    startPeriod: timings.healthStart,
  };
}

/** Ports of the machine that lead to replicas, one each: nothing on the way reads, balances or times out. */
export function buildPublishedPorts(name: string, workload: string, ports: readonly number[], target: number): Edge {
  const forever: Listener['connection'] = { maxIdle: Number.POSITIVE_INFINITY, maxAge: Number.POSITIVE_INFINITY };
  const listener = (port: number): ProxyListener => ({
    port,
    accepts: ['tcp'],
    routes: [{ match: 'prefix', path: '/', to: workload, timeout: Number.POSITIVE_INFINITY }],
    idle: Number.POSITIVE_INFINITY,
    connection: forever,
  });
  return {
    name,
    kind: 'passthrough',
    scheme: 'internal',
    hosts: ['localhost'],
    listeners: ports.map(listener),
    backends: [
      {
        name: workload,
        to: { workload, port: target },
        speaks: 'tcp',
        tls: false,
        discovery: 'service',
        balancing: 'flow',
      },
    ],
    settings: [],
  };
}

/** A path for each service, to this backend; a stream may last. */
export function buildRoutes(to: string, services: readonly string[]): Route[] {
  return services.map((service) => ({
    match: 'prefix',
    path: `/${service}/`,
    to,
    timeout: Number.POSITIVE_INFINITY,
  }));
}

/** An Application Load Balancer with a GRPC target group for each workload, and a path for each service it serves. */
export function buildLoadBalancer(timings: Timings, front: LoadBalancerFront): Edge {
  const { host, internal, certificate, port, backends } = front;
  return {
    name: host,
    kind: 'alb',
    scheme: internal ? 'internal' : 'internet-facing',
    hosts: [host],
    listeners: [
      {
        port: 443,
        accepts: ['h2', 'http/1.1'],
        tls: { certificate, alpn: ['h2', 'http/1.1'] },
        connection: { maxIdle: timings.edgeIdle, maxAge: timings.connectionAge },
        routes: backends.flatMap(({ workload, services }) => buildRoutes(workload, services)),
        // Clients read a 404 as UNIMPLEMENTED, the word a server uses for a method that it lacks.
        // Source: https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md
        unrouted: 404,
        idle: timings.edgeIdle,
      },
    ],
    backends: backends.map(({ workload }) => ({
      name: workload,
      to: { workload, port },
      speaks: 'grpc',
      tls: false,
      discovery: 'registered',
      // Long streams pin what takes turns.
      balancing: 'least-request',
      health: {
        probe: { kind: 'grpc', path: '/grpc.health.v1.Health/Check', codes: '0' },
        port,
        interval: timings.healthInterval,
        timeout: timings.healthTimeout,
        unhealthy: timings.unhealthy,
        healthy: timings.healthy,
      },
      deregistration: timings.deregistration,
    })),
    settings: [],
  };
}

export interface LoadBalancerFront {
  host: string;
  internal: boolean;
  certificate: string;
  /** Where the servers listen. */
  port: number;
  backends: readonly { workload: string; services: readonly string[] }[];
}
