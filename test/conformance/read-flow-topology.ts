/** The Topology behind a Network Load Balancer, read back from a plan and from the nginx.conf of the image beside the servers. */

import type { Backend, Container, Edge, HealthCheck, Proxy, Topology } from '../../src/topology/model.ts';
import { buildServer, standardServices } from '../../src/topology/pieces.ts';
import type { HopTimings } from '../../src/topology/timings.ts';
import type { Proof } from './fact.ts';
import { readContainers } from './facts/tasks.ts';
import { type Resource, valueAt } from './plan.ts';

/** As derived for production: of another environment the host and the replicas are production's. */
export function readFlowTopology(proof: Proof): Topology {
  return {
    edges: [readEdge(proof)],
    workloads: proof.topology.workloads.map((derived) => {
      const target = read(proof.plan.of('aws_appautoscaling_target').find(({ index }) => index === derived.name));
      const containers = readContainers(proof)
        .filter(({ index }) => index === derived.name)
        .map((one) => readContainer(proof, one))
        .filter((one) => one !== undefined);
      const { shutdown } = containers[0]!;
      return {
        name: derived.name,
        platform: 'ecs',
        replicas: proof.production
          ? { min: target.number('min_capacity'), max: target.number('max_capacity') }
          : derived.replicas,
        gated: true,
        shutdown: shutdown!,
        // The servers' own is the task's.
        containers: containers.map(({ shutdown: own, ...container }) =>
          container.runs.kind === 'server' ? container : { ...container, shutdown: own! },
        ),
      };
    }),
  };
}

function readEdge({ plan, hostname, spec, topology }: Proof): Edge {
  const balancer = read(plan.of('aws_lb')[0]);
  const listener = read(plan.of('aws_lb_listener', 'grpc')[0]);
  const host = (name: string) => (name === hostname ? spec.domain : name);
  const name = host(read(plan.of('aws_route53_record', 'hostname')[0]).text('name'));
  const isTls = listener.text('protocol') === 'TLS';
  // A listener of TLS cannot be told otherwise.
  const idle = isTls ? 350 : listener.number('tcp_idle_timeout_seconds');
  const offered = listener.text('alpn_policy') === 'HTTP2Preferred' ? ['h2', 'http/1.1', 'http/1.0'] : [];
  const certificate = host(read(plan.of('aws_acm_certificate')[0]).text('domain_name'));
  const forever = Number.POSITIVE_INFINITY;
  return {
    name,
    kind: balancer.text('load_balancer_type') === 'network' ? 'nlb' : 'alb',
    scheme: balancer.text('internal') === 'true' ? 'internal' : 'internet-facing',
    hosts: [name],
    listeners: [
      {
        port: listener.number('port'),
        accepts: ['tcp'],
        ...(isTls && { tls: { certificate, alpn: offered } }),
        connection: { maxIdle: idle, maxAge: forever },
        routes: plan.of('aws_lb_target_group').map(({ index }) => {
          return { match: 'prefix', path: '/', to: index, timeout: forever };
        }),
        idle,
      },
    ],
    backends: topology.workloads.map((workload) => readBackend(plan.of('aws_lb_target_group'), workload.name)),
    settings: [],
  };
}

function readBackend(groups: readonly Resource[], workload: string): Backend {
  const { text, number } = read(groups.find(({ index }) => index === workload));
  const port = number('port');
  const check = (name: string) => number(`health_check.0.${name}`);
  return {
    name: workload,
    to: { workload, port },
    speaks: text('protocol') === 'TCP' ? 'tcp' : 'http/1.1',
    tls: text('protocol') === 'TLS',
    discovery: 'registered',
    balancing: 'flow',
    health: {
      probe: text('health_check.0.protocol') === 'TCP' ? { kind: 'tcp' } : { kind: 'http', path: '', codes: '' },
      port: text('health_check.0.port') === 'traffic-port' ? port : check('port'),
      interval: check('interval'),
      timeout: check('timeout'),
      unhealthy: check('unhealthy_threshold'),
      healthy: check('healthy_threshold'),
    },
    deregistration: number('deregistration_delay'),
  };
}

/** Undefined for what is no part of a Topology: what logs and measures. */
function readContainer(proof: Proof, one: Resource): Container | undefined {
  const { text, number } = read(one);
  const told = readVariables(one);
  const derived = proof.topology.workloads.flatMap(({ containers }) => containers);
  const known = derived.find(({ name }) => name === text('name'));
  if (known === undefined) return undefined;
  const image = text('image')
    .replace(/^[^/]+\//, '')
    .replace(/:[^:]*$/, '');
  const seconds = (name: string) => Number(told[name]);
  const [form, ...command] = (valueAt(one.values, 'healthCheck.command') ?? []) as string[];
  const check = (port: number): HealthCheck => ({
    probe: { kind: 'exec', command, shell: form === 'CMD-SHELL' },
    port,
    interval: number('healthCheck.interval'),
    timeout: number('healthCheck.timeout'),
    unhealthy: number('healthCheck.retries'),
    healthy: 1,
    startPeriod: number('healthCheck.startPeriod'),
  });
  const stop = number('stopTimeout');
  if (known.runs.kind !== 'server') {
    const asked = command.flatMap((word) => /^-addr=127\.0\.0\.1:(\d+)$/.exec(word)?.[1] ?? []);
    const { proxy, drain } = readNginx(proof, one.index);
    return {
      name: text('name'),
      image,
      runs: proxy,
      liveness: check(Number(asked[0])),
      shutdown: { preStop: seconds('PRE_STOP'), drain, stop },
    };
  }
  const services = known.runs.services.slice(0, -standardServices.length);
  const port = seconds('PORT');
  return {
    name: text('name'),
    image,
    runs: {
      ...buildServer(proof.timings, port, services),
      connection: { maxIdle: seconds('CONNECTION_IDLE'), maxAge: seconds('CONNECTION_AGE') },
      maxAgeGrace: seconds('CONNECTION_AGE_GRACE'),
    },
    liveness: check(port),
    shutdown: { preStop: seconds('PRE_STOP'), drain: seconds('DRAIN'), stop },
  };
}

/** What the image's configuration says, which is emitted beside the infrastructure. */
function readNginx({ case: { files } }: Proof, workload: string): { proxy: Proxy; drain: number } {
  const text = files.get('edge/nginx.conf') ?? '';
  const only = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, value]) => value))].join(' or ');
  const upstreams = [...text.matchAll(/upstream (\S+) \{[^}]*?server 127\.0\.0\.1:(\d+)/g)];
  const routes = [...text.matchAll(/location (\/\S+\/) \{\s*grpc_pass grpc:\/\/([^;]+);/g)];
  const [, server = ''] = text.split(/^ {4}server \{$/m);
  const inServer = (name: string) => Number(new RegExp(`^ {8}${name} (\\d+)s;`, 'm').exec(server)?.[1]);
  return {
    drain: Number(only(/worker_shutdown_timeout (\d+)s;/g)),
    proxy: {
      kind: 'nginx',
      listeners: [
        {
          port: Number(only(/listen (\d+)/g)),
          accepts: ['h2'],
          connection: { maxIdle: inServer('keepalive_timeout'), maxAge: inServer('keepalive_time') },
          routes: routes.map(([, path = '', to = '']) => {
            return { match: 'prefix', path, to, timeout: Number.POSITIVE_INFINITY };
          }),
          unrouted: Number(only(/return (\d+);/g)),
          idle: inServer('grpc_read_timeout'),
        },
      ],
      backends: upstreams.map(([, name = '', port]) => ({
        name,
        to: { workload, port: Number(port) },
        speaks: 'h2',
        tls: false,
        discovery: 'loopback',
        balancing: 'round-robin',
      })),
      settings: [],
    },
  };
}

export function readVariables(container: Resource | undefined): Record<string, string> {
  const told = (valueAt(container?.values, 'environment') ?? []) as { name: string; value: string }[];
  return Object.fromEntries(told.map(({ name, value }) => [name, value]));
}

function read(resource: Resource | undefined) {
  return {
    text: (path: string) => String(valueAt(resource?.values, path)),
    number: (path: string) => Number(valueAt(resource?.values, path)),
  };
}

export function hopOf({ timings }: Proof): HopTimings {
  if (!('hop' in timings)) throw new Error('there is no proxy between the load balancer and the servers');
  return timings as HopTimings;
}
