/** What a task is: Fargate's frame, and the server in it with its probe, its settings and its limits. */
import { type Fact, imageTag, type Proof } from '../fact.ts';
import { findEntry, findServer, listPlaces, listServers, type Place, portOf } from '../places.ts';
import { compareSets, compareValues, type Resource, show, valueAt } from '../plan.ts';

const file = 'tasks.tf';

export const taskFacts: readonly Fact[] = [
  {
    id: 'tasks/fargate',
    fact: 'Tasks run on Fargate, with the processor and the memory that were asked for',
    check: ({ plan, spec, topology }) => [
      ...compareSets(
        'task definitions',
        plan.of('aws_ecs_task_definition').map(({ index }) => index),
        topology.workloads.map(({ name }) => name),
      ),
      ...topology.workloads.flatMap(({ name, containers }) =>
        plan
          .of('aws_ecs_task_definition')
          .filter(({ index }) => index === name)
          .flatMap((one) =>
            compareValues(one, {
              network_mode: 'awsvpc',
              requires_compatibilities: ['FARGATE'],
              // Of several containers tasks/room says what they have together.
              ...(containers.length === 1 && sizeOf(spec, name)),
              'runtime_platform.0.cpu_architecture': spec.arch.toUpperCase(),
              'runtime_platform.0.operating_system_family': 'LINUX',
            }),
          ),
      ),
    ],
    breaks: [
      {
        file,
        from: 'cpu_architecture = local.architecture',
        to: 'cpu_architecture = "X86_64"',
        says: 'cpu_architecture is "X86_64"',
      },
      { file, from: 'memory = each.value.memory', to: 'memory = 512', says: 'memory is "512"' },
    ],
  },
  {
    id: 'tasks/revisions-stay',
    fact: 'Old revisions stay registered: a rollout that fails goes back to one',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html',
    check: ({ plan }) =>
      plan.of('aws_ecs_task_definition').flatMap((one) => compareValues(one, { skip_destroy: true })),
    breaks: [{ file, from: 'skip_destroy = true', to: 'skip_destroy = false', says: 'skip_destroy is false' }],
  },
  {
    id: 'tasks/probe',
    fact: 'The server is checked by the probe in its own image, without a shell, which it has not',
    source: 'https://github.com/aws-observability/aws-otel-collector/issues/2014',
    check: eachServer(({ container: { liveness } }) => ({
      'healthCheck.command': liveness?.probe.kind === 'exec' ? ['CMD', ...liveness.probe.command] : [],
      essential: true,
    })),
    breaks: [
      {
        file,
        from: '["CMD", "/nodejs/bin/node", "/app/probe.cjs"]',
        to: '["CMD-SHELL", "/nodejs/bin/node /app/probe.cjs"]',
        says: 'healthCheck.command is ["CMD-SHELL"',
      },
    ],
  },
  {
    id: 'tasks/no-shell',
    fact: 'No check of any container needs a shell',
    check: (proof) =>
      readContainers(proof).flatMap(({ address, values }) =>
        valueAt(values, 'healthCheck.command.0') === 'CMD-SHELL' ? [`${address} is checked through a shell`] : [],
      ),
    breaks: [
      {
        file: 'sidecars.tf',
        from: '["CMD", "/healthcheck"]',
        to: '["CMD-SHELL", "/healthcheck"]',
        says: 'collector is checked through a shell',
      },
    ],
  },
  {
    id: 'tasks/probe-timings',
    fact: 'That check has the timings of the Topology, within the limits of ECS',
    check: eachServer(({ container: { liveness } }) => ({
      'healthCheck.interval': within(liveness?.interval, 5, 300),
      'healthCheck.timeout': within(liveness?.timeout, 2, 60),
      'healthCheck.retries': within(liveness?.unhealthy, 1, 10),
      'healthCheck.startPeriod': within(liveness?.startPeriod, 0, 300),
    })),
    breaks: [
      { file, from: 'interval = local.timings.health_interval', to: 'interval = 30', says: 'interval is 30' },
      { file, from: 'timeout = local.timings.health_timeout', to: 'timeout = 2', says: 'timeout is 2' },
      { file, from: 'retries = local.timings.unhealthy', to: 'retries = 3', says: 'retries is 3' },
      { file, from: 'startPeriod = local.timings.health_start', to: 'startPeriod = 0', says: 'startPeriod is 0' },
    ],
  },
  {
    id: 'tasks/port',
    fact: 'A server listens on its port; a task lets calls in where the target group sends them, and something listens there',
    check: (proof) =>
      proof.topology.edges[0]!.backends.flatMap(({ to: { workload, port } }) => {
        const entry = readContainer(proof, workload, findEntry(proof, workload).container.name);
        const group = proof.plan.of('aws_lb_target_group').find(({ index }) => index === workload);
        return [
          ...(entry ? compareValues(entry, { 'portMappings.0.containerPort': port }) : []),
          ...(group ? compareValues(group, { port }) : [`${workload} has no target group`]),
        ];
      }).concat(eachVariable(({ container }) => ({ PORT: portOf(container) }))(proof)),
    breaks: [
      { file, from: 'PORT = local.grpc_port', to: 'PORT = 9090', says: 'PORT is "9090"' },
      {
        file: 'load-balancer.tf',
        from: 'port = local.grpc_port protocol = "HTTP"',
        to: 'port             = 9090\n  protocol         = "HTTP"',
        says: 'port is 9090',
      },
    ],
  },
  {
    id: 'tasks/stop',
    fact: 'Fargate waits with its kill for as long as the Topology says, not for the default of 30 s',
    check: eachServer(({ task: { shutdown } }) => ({ stopTimeout: within(shutdown.stop, 2, 120) })),
    breaks: [{ file, from: 'stopTimeout = local.timings.stop', to: 'stopTimeout = 30', says: 'stopTimeout is 30' }],
  },
  {
    id: 'tasks/shutdown',
    fact: 'The server is told how long to serve on, and how long to drain, as in the Topology',
    check: eachVariable(({ task: { shutdown } }) => ({ PRE_STOP: shutdown.preStop, DRAIN: shutdown.drain })),
    breaks: [
      { file, from: 'PRE_STOP = local.timings.pre_stop', to: 'PRE_STOP = 5', says: 'PRE_STOP is "5"' },
      { file, from: 'DRAIN = local.timings.drain', to: 'DRAIN = 60', says: 'DRAIN is "60"' },
    ],
  },
  {
    id: 'tasks/connections',
    fact: 'The server is told when to close connections, as in the Topology; none lives for ever',
    check: eachVariable(({ container: { runs } }) => {
      if (runs.kind !== 'server') return {};
      const { maxIdle, maxAge } = runs.connection;
      return { CONNECTION_IDLE: maxIdle, CONNECTION_AGE: maxAge, CONNECTION_AGE_GRACE: runs.maxAgeGrace };
    }),
    breaks: [
      {
        file,
        from: 'CONNECTION_IDLE = local.timings.connection_idle',
        to: 'CONNECTION_IDLE = 360',
        says: 'CONNECTION_IDLE is "360"',
      },
      {
        file,
        from: 'CONNECTION_AGE = local.timings.connection_age',
        to: 'CONNECTION_AGE = 0',
        says: 'CONNECTION_AGE is "0"',
      },
      {
        file,
        from: 'CONNECTION_AGE_GRACE = local.timings.connection_age_grace',
        to: 'CONNECTION_AGE_GRACE = 10',
        says: 'CONNECTION_AGE_GRACE is "10"',
      },
    ],
  },
  {
    id: 'tasks/reflection',
    fact: 'Reflection is on in the workload that its calls lead to, and off in the others',
    check: (proof) =>
      proof.spec.workloads.flatMap(({ name }, index) =>
        compareVariables(proof, name, { REFLECTION: proof.spec.reflection && index === 0 ? 'on' : 'off' }),
      ),
    breaks: [
      {
        file,
        from: 'name == local.reflection ? "on" : "off"',
        to: '"on"',
        says: 'REFLECTION is "on", not "off"',
      },
    ],
  },
  {
    id: 'tasks/known-variables',
    fact: 'The server is told nothing that it does not read',
    check: (proof) => {
      const sources = [...proof.case.files].filter(([path]) => /^src\/(?:server|tracing)\//.test(path));
      const text = sources.map(([, source]) => source).join('\n');
      return proof.spec.workloads.flatMap(({ name }) =>
        Object.keys(readVariables(proof, name)).flatMap((variable) =>
          // The SDK of OpenTelemetry reads its own.
          variable.startsWith('OTEL_') || new RegExp(`\\b${variable}:`).test(text) ? [] : [`nothing reads ${variable}`],
        ),
      );
    },
    breaks: [
      { file, from: 'LOG_LEVEL = var.log_level', to: 'LOGLEVEL = var.log_level', says: 'nothing reads LOGLEVEL' },
    ],
  },
  {
    id: 'tasks/hardened',
    fact: 'The server runs as nobody, on a file system that it cannot write, without a capability',
    check: eachServer(() => ({
      user: '65532:65532',
      readonlyRootFilesystem: true,
      'linuxParameters.capabilities.drop': ['ALL'],
      'linuxParameters.capabilities.add': [],
      privileged: undefined,
    })),
    breaks: [
      { file, from: 'user = "65532:65532"', to: 'user = "0"', says: 'user is "0"' },
      {
        file,
        from: 'readonlyRootFilesystem = true',
        to: 'readonlyRootFilesystem = false',
        says: 'readonlyRootFilesystem is false',
      },
      { file, from: 'drop = ["ALL"]', to: 'drop = []', says: 'drop is []' },
    ],
  },
  {
    id: 'tasks/image',
    fact: 'What this repo builds runs as the image of the commit that is deployed, from the repository that bootstrap made',
    check: (proof) =>
      listPlaces(proof).flatMap(({ task, container, image }) => {
        const one = readContainer(proof, task.name, container.name);
        const made = proof.bootstrap.of('aws_ecr_repository').find(({ index }) => index === image);
        if (one === undefined) return [`${task.name} has no ${container.name}`];
        return compareValues(one, { image: `${String(valueAt(made?.values, 'repository_url'))}:${imageTag}` });
      }),
    breaks: [{ file, from: '.repository_url}:${var.image_tag}', to: '.repository_url}:latest', says: ':latest"' }],
  },
];

/** Its containers, each as a resource of its own: `orders server`. */
export function readContainers({ plan }: Proof): Resource[] {
  return plan.of('aws_ecs_task_definition').flatMap((task) => {
    const definitions = JSON.parse(String(valueAt(task.values, 'container_definitions'))) as { name: string }[];
    return definitions.map((values) => ({ ...task, address: `${task.index} ${values.name}`, values }));
  });
}

/** One container; empty where it is not there. */
export function readContainer(proof: Proof, task: string, name: string): Resource | undefined {
  return readContainers(proof).find(({ address }) => address === `${task} ${name}`);
}

/** The server of a workload; empty where it is not there. */
export function readServer(proof: Proof, workload: string): Resource | undefined {
  const { task, container } = findServer(proof, workload);
  return readContainer(proof, task.name, container.name);
}

export function readVariables(proof: Proof, workload: string): Record<string, string> {
  const told = valueAt(readServer(proof, workload)?.values, 'environment') ?? [];
  return Object.fromEntries((told as { name: string; value: string }[]).map(({ name, value }) => [name, value]));
}

function compareVariables(proof: Proof, workload: string, wanted: Record<string, string | number>): string[] {
  const found = readVariables(proof, workload);
  return Object.entries(wanted).flatMap(([name, value]) =>
    found[name] === String(value) ? [] : [`${workload}: ${name} is ${show(found[name])}, not ${show(String(value))}`],
  );
}

/** Holds each workload's server to its container in the Topology. */
function eachServer(want: (place: Place) => Record<string, unknown>): Fact['check'] {
  return (proof) =>
    listServers(proof).flatMap((place) => {
      const server = readServer(proof, place.image);
      return server ? compareValues(server, want(place)) : [`${place.image} has no server`];
    });
}

function eachVariable(want: (place: Place) => Record<string, number>): Fact['check'] {
  return (proof) => listServers(proof).flatMap((place) => compareVariables(proof, place.image, want(place)));
}

function sizeOf({ workloads }: Proof['spec'], name: string): { cpu: string; memory: string } | undefined {
  const found = workloads.find((workload) => workload.name === name);
  return found && { cpu: String(found.cpu), memory: String(found.memory) };
}

/** The value, if ECS takes it. */
function within(value: number | undefined, least: number, most: number): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}
