/** The Topology that a plan amounts to: read back from what Terraform understood, to be compared with the derived one. */
import type { Backend, Edge, Route, Topology, Workload } from '../../src/topology/model.ts';
import { buildServer, standardServices } from '../../src/topology/pieces.ts';
import type { Proof } from './fact.ts';
import { readRoutes } from './facts/routes.ts';
import { readContainer, readVariables } from './facts/tasks.ts';
import { type Resource, valueAt } from './plan.ts';
import { readFlowTopology } from './read-flow-topology.ts';

/**
 * As derived for production; of another environment the host and the replicas are production's. What no plan holds (the
 * services inside an image, what a server tolerates of pings) is the server's own.
 */
export function readTopology(proof: Proof): Topology {
  if (proof.topology.edges[0]!.kind === 'nlb') return readFlowTopology(proof);
  return { edges: [readEdge(proof)], workloads: proof.topology.workloads.map(({ name }) => readWorkload(proof, name)) };
}

function readEdge(proof: Proof): Edge {
  const balancer = numbersAndTexts(proof.plan.of('aws_lb')[0]);
  const listener = numbersAndTexts(proof.plan.of('aws_lb_listener', 'grpc')[0]);
  const name = numbersAndTexts(proof.plan.of('aws_route53_record', 'hostname')[0]).text('name');
  const certificate = numbersAndTexts(proof.plan.of('aws_acm_certificate')[0]).text('domain_name');
  const asProduction = (host: string) => (host === proof.hostname ? proof.spec.domain : host);
  const speaks =
    balancer.text('enable_http2') === 'true' ? ['h2' as const, 'http/1.1' as const] : ['http/1.1' as const];
  return {
    name: asProduction(name),
    kind: 'alb',
    scheme: balancer.text('internal') === 'true' ? 'internal' : 'internet-facing',
    hosts: [asProduction(name)],
    listeners: [
      {
        port: listener.number('port'),
        accepts: [...speaks],
        ...(listener.text('protocol') === 'HTTPS' && {
          tls: { certificate: asProduction(certificate), alpn: [...speaks] },
        }),
        connection: { maxIdle: balancer.number('idle_timeout'), maxAge: balancer.number('client_keep_alive') },
        routes: readInOrder(proof),
        unrouted: listener.number('default_action.0.fixed_response.0.status_code'),
        idle: balancer.number('idle_timeout'),
      },
    ],
    backends: proof.spec.workloads.map(({ name }) => readBackend(proof, name)),
    settings: [],
  };
}

/** Rules are a set: paths that do not overlap have no order, so they are told in that of the Contract. */
function readInOrder(proof: Proof): Route[] {
  const order = proof.topology.edges[0]!.listeners[0]!.routes.map(({ path }) => path);
  return readRoutes(proof)
    .map(({ path, workload }): Route => {
      const isPrefix = path.endsWith('*');
      return {
        match: isPrefix ? 'prefix' : 'exact',
        path: isPrefix ? path.slice(0, -1) : path,
        to: workload,
        timeout: Number.POSITIVE_INFINITY,
      };
    })
    .sort((one, other) => order.indexOf(one.path) - order.indexOf(other.path));
}

function readBackend({ plan }: Proof, workload: string): Backend {
  const { text, number } = numbersAndTexts(plan.of('aws_lb_target_group').find(({ index }) => index === workload));
  const port = number('port');
  const check = (name: string) => number(`health_check.0.${name}`);
  return {
    name: workload,
    to: { workload, port },
    speaks: text('protocol_version') === 'GRPC' ? 'grpc' : 'http/1.1',
    tls: text('protocol') === 'HTTPS',
    discovery: 'registered',
    balancing: text('load_balancing_algorithm_type') === 'least_outstanding_requests' ? 'least-request' : 'round-robin',
    health: {
      probe: { kind: 'grpc', path: text('health_check.0.path'), codes: text('health_check.0.matcher') },
      port: text('health_check.0.port') === 'traffic-port' ? port : check('port'),
      interval: check('interval'),
      timeout: check('timeout'),
      unhealthy: check('unhealthy_threshold'),
      healthy: check('healthy_threshold'),
    },
    deregistration: number('deregistration_delay'),
  };
}

function readWorkload(proof: Proof, workload: string): Workload {
  const { text, number } = numbersAndTexts(readContainer(proof, workload, 'server'));
  const told = readVariables(proof, workload);
  const seconds = (variable: string) => Number(told[variable]);
  const target = numbersAndTexts(proof.plan.of('aws_appautoscaling_target').find(({ index }) => index === workload));
  const derived = proof.topology.workloads.find(({ name }) => name === workload)!;
  const { runs } = derived.containers[0]!;
  const services = runs.kind === 'server' ? runs.services.slice(0, -standardServices.length) : [];
  const port = Number(told.PORT);
  const command = readContainer(proof, workload, 'server')?.values;
  const [form, ...rest] = (valueAt(command, 'healthCheck.command') ?? []) as string[];
  return {
    name: workload,
    platform: 'ecs',
    replicas: proof.production
      ? { min: target.number('min_capacity'), max: target.number('max_capacity') }
      : derived.replicas,
    gated: true,
    shutdown: { preStop: seconds('PRE_STOP'), drain: seconds('DRAIN'), stop: number('stopTimeout') },
    containers: [
      {
        name: text('name'),
        image: text('image')
          .replace(/^[^/]+\//, '')
          .replace(/:[^:]*$/, ''),
        runs: {
          ...buildServer(proof.timings, port, services),
          connection: { maxIdle: seconds('CONNECTION_IDLE'), maxAge: seconds('CONNECTION_AGE') },
          maxAgeGrace: seconds('CONNECTION_AGE_GRACE'),
        },
        liveness: {
          probe: { kind: 'exec', command: rest, shell: form === 'CMD-SHELL' },
          port: number('portMappings.0.containerPort'),
          interval: number('healthCheck.interval'),
          timeout: number('healthCheck.timeout'),
          unhealthy: number('healthCheck.retries'),
          healthy: 1,
          startPeriod: number('healthCheck.startPeriod'),
        },
      },
    ],
  };
}

function numbersAndTexts(resource: Resource | undefined) {
  return {
    text: (path: string) => String(valueAt(resource?.values, path)),
    number: (path: string) => Number(valueAt(resource?.values, path)),
  };
}
