/** The Topology that a plan amounts to: read back from what Terraform understood, to be compared with the derived one. */
import type { Backend, Container, Edge, HealthCheck, Route, Topology, Workload } from '../../src/topology/model.ts';
import { buildServer, standardServices } from '../../src/topology/pieces.ts';
import type { Proof } from './fact.ts';
import { readIdle } from './facts/laws.ts';
import { readRoutes } from './facts/routes.ts';
import { readContainers, readVariables } from './facts/tasks.ts';
import { listPlaces, type Place } from './places.ts';
import { type Resource, valueAt } from './plan.ts';
import { readNginx } from './read-nginx.ts';

/**
 * As derived for production; of another environment the host and the replicas are production's. What no plan holds (the
 * services inside an image, what a server tolerates of pings) is the derived one's; what nginx does is in its file.
 */
export function readTopology(proof: Proof): Topology {
  return { edges: [readEdge(proof)], workloads: proof.topology.workloads.map(({ name }) => readWorkload(proof, name)) };
}

function readEdge(proof: Proof): Edge {
  const balancer = numbersAndTexts(proof.plan.of('aws_lb')[0]);
  const name = asProduction(proof, numbersAndTexts(proof.plan.of('aws_route53_record', 'hostname')[0]).text('name'));
  const isNetwork = balancer.text('load_balancer_type') === 'network';
  const groups = proof.topology.workloads.map(({ name: task }) => task);
  return {
    name,
    kind: isNetwork ? 'nlb' : 'alb',
    scheme: balancer.text('internal') === 'true' ? 'internal' : 'internet-facing',
    hosts: [name],
    listeners: [isNetwork ? readFlowListener(proof) : readCallListener(proof)],
    backends: groups.map((task) => (isNetwork ? readFlowBackend(proof, task) : readBackend(proof, task))),
    settings: [],
  };
}

function asProduction(proof: Proof, host: string): string {
  return host === proof.hostname ? proof.spec.domain : host;
}

function readCertificate(proof: Proof): string {
  return asProduction(proof, numbersAndTexts(proof.plan.of('aws_acm_certificate')[0]).text('domain_name'));
}

function readCallListener(proof: Proof): Edge['listeners'][number] {
  const balancer = numbersAndTexts(proof.plan.of('aws_lb')[0]);
  const listener = numbersAndTexts(proof.plan.of('aws_lb_listener', 'grpc')[0]);
  const speaks =
    balancer.text('enable_http2') === 'true' ? ['h2' as const, 'http/1.1' as const] : ['http/1.1' as const];
  return {
    port: listener.number('port'),
    accepts: [...speaks],
    ...(listener.text('protocol') === 'HTTPS' && { tls: { certificate: readCertificate(proof), alpn: [...speaks] } }),
    connection: { maxIdle: balancer.number('idle_timeout'), maxAge: balancer.number('client_keep_alive') },
    routes: readInOrder(proof),
    unrouted: listener.number('default_action.0.fixed_response.0.status_code'),
    idle: balancer.number('idle_timeout'),
  };
}

/** What ALPN policies offer. Source: AlpnPolicy in the reference of the AWS CDK, aws-elasticloadbalancingv2. */
const offeredBy: Readonly<Record<string, string[]>> = { HTTP2Preferred: ['h2', 'http/1.1', 'http/1.0'] };

function readFlowListener(proof: Proof): Edge['listeners'][number] {
  const { text, number } = numbersAndTexts(proof.plan.of('aws_lb_listener', 'grpc')[0]);
  const forwards = text('default_action.0.type') === 'forward' && proof.plan.of('aws_lb_listener_rule').length === 0;
  const idle = readIdle(proof);
  return {
    port: number('port'),
    accepts: ['tcp'],
    ...(text('protocol') === 'TLS' && {
      tls: { certificate: readCertificate(proof), alpn: offeredBy[text('alpn_policy')] ?? [text('alpn_policy')] },
    }),
    connection: { maxIdle: idle, maxAge: Number.POSITIVE_INFINITY },
    routes: proof.topology.workloads.flatMap(({ name }) =>
      forwards ? [{ match: 'prefix', path: '/', to: name, timeout: Number.POSITIVE_INFINITY }] : [],
    ),
    idle,
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

function readBackend({ plan }: Proof, task: string): Backend {
  const group = plan.of('aws_lb_target_group').find(({ index }) => index === task);
  const { text, number } = numbersAndTexts(group);
  return {
    name: task,
    to: { workload: task, port: number('port') },
    speaks: text('protocol_version') === 'GRPC' ? 'grpc' : 'http/1.1',
    tls: text('protocol') === 'HTTPS',
    discovery: 'registered',
    balancing: text('load_balancing_algorithm_type') === 'least_outstanding_requests' ? 'least-request' : 'round-robin',
    health: readCheck(group, {
      kind: 'grpc',
      path: text('health_check.0.path'),
      codes: text('health_check.0.matcher'),
    }),
    deregistration: number('deregistration_delay'),
  };
}

function readFlowBackend({ plan }: Proof, task: string): Backend {
  const group = plan.of('aws_lb_target_group').find(({ index }) => index === task);
  const { text, number } = numbersAndTexts(group);
  const asked = text('health_check.0.protocol');
  return {
    name: task,
    to: { workload: task, port: number('port') },
    speaks: 'tcp',
    tls: text('protocol') === 'TLS',
    discovery: 'registered',
    balancing: 'flow',
    health: readCheck(
      group,
      asked === 'TCP' ? { kind: 'tcp' } : { kind: 'http', path: text('health_check.0.path'), codes: asked },
    ),
    deregistration: number('deregistration_delay'),
  };
}

function readCheck(group: Resource | undefined, probe: HealthCheck['probe']): HealthCheck {
  const { text, number } = numbersAndTexts(group);
  const check = (name: string) => number(`health_check.0.${name}`);
  return {
    probe,
    port: text('health_check.0.port') === 'traffic-port' ? number('port') : check('port'),
    interval: check('interval'),
    timeout: check('timeout'),
    unhealthy: check('unhealthy_threshold'),
    healthy: check('healthy_threshold'),
  };
}

function readWorkload(proof: Proof, task: string): Workload {
  const places = listPlaces(proof).filter((place) => place.task.name === task);
  const derived = places[0]!.task;
  const first = places.find(({ container }) => container.runs.kind === 'server')!;
  const told = readVariables(proof, first.image);
  const target = numbersAndTexts(proof.plan.of('aws_appautoscaling_target').find(({ index }) => index === task));
  const own = new Map(places.map((place) => [place.container.name, place]));
  const names = [...own.keys()];
  return {
    name: task,
    platform: 'ecs',
    replicas: proof.production
      ? { min: target.number('min_capacity'), max: target.number('max_capacity') }
      : derived.replicas,
    gated: true,
    shutdown: {
      preStop: Number(told.PRE_STOP),
      drain: Number(told.DRAIN),
      stop: numbersAndTexts(find(proof, task, first.container.name)).number('stopTimeout'),
    },
    // Without the sidecars. The provider sorts them by name; what comes first is what others wait for.
    containers: readContainers(proof)
      .filter(({ address, values }) => address.startsWith(`${task} `) && own.has(String(valueAt(values, 'name'))))
      .sort(
        (one, other) =>
          countWaits(one) - countWaits(other) || names.indexOf(nameOf(one)) - names.indexOf(nameOf(other)),
      )
      .map((one) => readOwn(proof, one, own.get(nameOf(one))!)),
  };
}

function nameOf({ values }: Resource): string {
  return String(valueAt(values, 'name'));
}

/** How many containers have to be healthy before it. */
function countWaits({ values }: Resource): number {
  const waits = (valueAt(values, 'dependsOn') ?? []) as { condition: string }[];
  return waits.filter(({ condition }) => condition === 'HEALTHY').length;
}

function find(proof: Proof, task: string, name: string): Resource | undefined {
  return readContainers(proof).find(({ address }) => address === `${task} ${name}`);
}

function readOwn(proof: Proof, one: Resource, { container: derived }: Place): Container {
  const { text, number } = numbersAndTexts(one);
  const told = (valueAt(one.values, 'environment') ?? []) as { name: string; value: string }[];
  const seconds = (variable: string) => Number(told.find(({ name }) => name === variable)?.value);
  const [form, ...command] = (valueAt(one.values, 'healthCheck.command') ?? []) as string[];
  const common = {
    name: text('name'),
    image: text('image')
      .replace(/^[^/]+\//, '')
      .replace(/:[^:]*$/, ''),
  };
  const port = derived.runs.kind === 'server' ? seconds('PORT') : number('portMappings.0.containerPort');
  const liveness: HealthCheck = {
    probe: { kind: 'exec', command, shell: form === 'CMD-SHELL' },
    port,
    interval: number('healthCheck.interval'),
    timeout: number('healthCheck.timeout'),
    unhealthy: number('healthCheck.retries'),
    healthy: 1,
    startPeriod: number('healthCheck.startPeriod'),
  };
  if (derived.runs.kind !== 'server') {
    const { proxy, drain } = readNginx(proof.case.files.get('edge/nginx.conf') ?? '', one.index);
    const shutdown = { preStop: seconds('PRE_STOP'), drain, stop: number('stopTimeout') };
    return { ...common, runs: proxy, liveness, shutdown };
  }
  const services = derived.runs.services.slice(0, -standardServices.length);
  return {
    ...common,
    runs: {
      ...buildServer(proof.timings, port, services),
      connection: { maxIdle: seconds('CONNECTION_IDLE'), maxAge: seconds('CONNECTION_AGE') },
      maxAgeGrace: seconds('CONNECTION_AGE_GRACE'),
    },
    liveness,
  };
}

function numbersAndTexts(resource: Resource | undefined) {
  return {
    text: (path: string) => String(valueAt(resource?.values, path)),
    number: (path: string) => Number(valueAt(resource?.values, path)),
  };
}
