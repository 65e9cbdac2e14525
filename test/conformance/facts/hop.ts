/** nginx in the task: where it stands among the servers, how it is asked, how it starts and stops. */
import type { Container } from '../../../src/topology/model.ts';
import type { Fact, Proof } from '../fact.ts';
import { findEntry, listPlaces } from '../places.ts';
import { compareSets, compareValues, type Resource, valueAt } from '../plan.ts';
import { below } from './laws.ts';
import { readContainer, readContainers, readVariables } from './tasks.ts';

const file = 'tasks.tf';
const ofNginx =
  'local.task.nginx.port}", "-connect-timeout=500ms", "-rpc-timeout=${local.timings.health_timeout - 1}s", ]';

export const hopFacts: readonly Fact[] = [
  {
    id: 'tasks/one-for-all',
    fact: 'One task holds a server for each workload and nginx, and nothing else of this repo',
    check: (proof) => {
      const images = [...proof.spec.workloads.map(({ name }) => name), 'edge_nginx'];
      return [
        ...compareSets(
          'tasks',
          proof.plan.of('aws_ecs_task_definition').map(({ index }) => index),
          [proof.spec.name],
        ),
        ...compareSets(
          'what it holds',
          readContainers(proof).flatMap(({ values }) =>
            /\.dkr\.ecr\./.test(String(valueAt(values, 'image'))) ? [String(valueAt(values, 'name'))] : [],
          ),
          images,
        ),
      ];
    },
    breaks: [
      {
        file,
        from: 'jsonencode(concat(local.servers, [local.nginx],',
        to: 'jsonencode(concat(local.servers,',
        says: 'what it holds: edge_nginx is missing',
        apart: 'without nginx',
      },
    ],
  },
  {
    id: 'tasks/room',
    fact: 'Each container has its own part of processor and memory, and the task has room for all of them together',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html',
    check: (proof) => [
      ...proof.spec.workloads.flatMap(({ name, cpu, memory }) =>
        compareOwn(proof, name, () => ({ cpu, memoryReservation: memory })),
      ),
      ...compareOwn(proof, 'edge_nginx', () => ({ cpu: 256, memoryReservation: 512 })),
      ...proof.plan.of('aws_ecs_task_definition').flatMap(({ index, values }) => {
        const parts = readContainers(proof).filter(({ address }) => address.startsWith(`${index} `));
        const sum = (name: string) => parts.reduce((all, one) => all + Number(valueAt(one.values, name) ?? 0), 0);
        const [cpu, memory] = [Number(valueAt(values, 'cpu')), Number(valueAt(values, 'memory'))];
        return [
          ...(sum('cpu') <= cpu ? [] : [`${index} has ${cpu} CPU units for ${sum('cpu')}`]),
          ...(sum('memoryReservation') <= memory ? [] : [`${index} has ${memory} MiB for ${sum('memoryReservation')}`]),
        ];
      }),
    ],
    breaks: [
      { file, from: 'memory = each.value.memory', to: 'memory = 512', says: 'shop has 512 MiB for ' },
      {
        file,
        from: 'memoryReservation = local.workloads[server.name].memory',
        to: 'memoryReservation = 128',
        says: 'memoryReservation is 128, not 256',
      },
      {
        file,
        from: 'cpu = local.workloads[server.name].cpu',
        to: 'cpu = 1024',
        says: 'CPU units for ',
      },
    ],
  },
  {
    id: 'tasks/ports-apart',
    fact: 'No two containers of a task listen on one port, for gRPC or for metrics: they share its addresses',
    check: (proof) => {
      const told = proof.spec.workloads.flatMap(({ name }) => {
        const { PORT = '', METRICS_PORT = '9464' } = readVariables(proof, name);
        return [PORT, METRICS_PORT];
      });
      const entries = proof.topology.workloads.map(({ name }) => {
        const entry = readContainer(proof, name, findEntry(proof, name).container.name);
        return String(valueAt(entry?.values, 'portMappings.0.containerPort'));
      });
      const all = [...told, ...entries];
      return all.flatMap((port, index) => (all.indexOf(port) === index ? [] : [`${port} is there twice`]));
    },
    breaks: [
      {
        file: 'task-settings.tf',
        from: 'name = "payments", port = 8081, metrics_port = 9465',
        to: 'name = "payments", port = 8081, metrics_port = 9464',
        says: '9464 is there twice',
      },
    ],
  },
  {
    id: 'tasks/one-way-in',
    fact: 'Nothing of a task is entered but nginx',
    check: (proof) =>
      compareSets(
        'containers with ports',
        readContainers(proof).flatMap(({ values }) =>
          valueAt(values, 'portMappings') === undefined ? [] : [String(valueAt(values, 'name'))],
        ),
        ['edge_nginx'],
      ),
    breaks: [
      {
        file,
        from: 'environment = [for key, value in local.server_environment',
        to: 'portMappings = [{ containerPort = server.port }]\n      environment = [for key, value in local.server_environment',
        says: 'containers with ports: orders is too much',
      },
    ],
  },
  {
    id: 'nginx/health-through-nginx',
    fact: 'nginx is checked by grpc-health-probe, which asks a server through it and needs no shell',
    source: 'https://github.com/grpc-ecosystem/grpc-health-probe',
    check: eachNginx(({ liveness }) => ({
      'healthCheck.command': liveness?.probe.kind === 'exec' ? ['CMD', ...liveness.probe.command] : [],
      essential: true,
    })),
    breaks: [
      {
        file,
        from: '"-addr=127.0.0.1:${local.task.nginx.port}"',
        to: '"-addr=127.0.0.1:8080"',
        says: '"-addr=127.0.0.1:8080"',
      },
      {
        file,
        from: '"CMD", "/bin/grpc-health-probe",',
        to: '"CMD-SHELL", "/bin/grpc-health-probe",',
        says: 'healthCheck.command is ["CMD-SHELL"',
      },
    ],
  },
  {
    id: 'nginx/health-timings',
    fact: 'It is asked every 5 s, has 3 s to answer, fails at the second time and has 10 s to begin',
    check: eachNginx(({ liveness }) => ({
      'healthCheck.interval': liveness?.interval,
      'healthCheck.timeout': liveness?.timeout,
      'healthCheck.retries': liveness?.unhealthy,
      'healthCheck.startPeriod': liveness?.startPeriod,
    })),
    breaks: [
      {
        file,
        from: `${ofNginx} interval = local.timings.health_interval timeout = local.timings.health_timeout retries = local.timings.unhealthy startPeriod = local.timings.health_start`,
        to: 'local.task.nginx.port}", "-connect-timeout=500ms", "-rpc-timeout=${local.timings.health_timeout - 1}s",\n      ]\n      interval = 30\n      timeout = 5\n      retries = 3\n      startPeriod = 0',
        says: 'healthCheck.interval is 30',
      },
    ],
  },
  {
    id: 'nginx/starts-last',
    fact: 'nginx starts when every server is healthy, and so stops before them',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html',
    check: (proof) => {
      const [entry] = findNginx(proof);
      const waits = (valueAt(entry?.values, 'dependsOn') ?? []) as { containerName: string; condition: string }[];
      const own = new Set(listPlaces(proof).map(({ container }) => container.name));
      const sidecars = readContainers(proof).flatMap(({ values }) => {
        const name = String(valueAt(values, 'name'));
        return own.has(name) ? [] : [`${name} START`];
      });
      return compareSets(
        'what nginx waits for',
        waits.map(({ containerName, condition }) => `${containerName} ${condition}`),
        [...proof.spec.workloads.map(({ name }) => `${name} HEALTHY`), ...sidecars],
      );
    },
    breaks: [
      {
        file,
        from: 'condition = "HEALTHY"',
        to: 'condition = "START"',
        says: 'what nginx waits for: ledger HEALTHY is missing',
      },
    ],
  },
  {
    id: 'nginx/stops',
    fact: 'Told to stop, nginx goes on for as long as the Topology says, and is killed no sooner than that',
    check: (proof) =>
      compareOwn(proof, 'edge_nginx', ({ shutdown }) => ({
        environment: [{ name: 'PRE_STOP', value: String(shutdown?.preStop) }],
        stopTimeout: shutdown?.stop,
      })),
    breaks: [
      {
        file,
        from: 'value = tostring(local.timings.hop_pre_stop)',
        to: 'value = "5"',
        says: 'environment is [{"name":"PRE_STOP","value":"5"}]',
      },
      { file, from: 'stopTimeout = local.timings.hop_stop', to: 'stopTimeout = 30', says: 'stopTimeout is 30' },
    ],
  },
  {
    id: 'nginx/hardened',
    fact: 'nginx runs as nobody, without a capability, and writes below /tmp alone, which its image declares',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html',
    check: (proof) => [
      ...compareOwn(proof, 'edge_nginx', () => ({
        user: '101:101',
        readonlyRootFilesystem: true,
        'linuxParameters.capabilities.drop': ['ALL'],
        'linuxParameters.capabilities.add': [],
        mountPoints: [{ sourceVolume: 'edge-tmp', containerPath: '/tmp', readOnly: false }],
        privileged: undefined,
      })),
      ...proof.plan
        .of('aws_ecs_task_definition')
        .flatMap((one) => compareValues(one, { 'volume.length': 1, 'volume.0.name': 'edge-tmp' })),
      // Else it would be root's alone: ECS takes owner and rights from the image's folder where the image declares it.
      ...(/^VOLUME \["\/tmp"\]$/m.test(proof.case.files.get('edge/Dockerfile') ?? '') ? [] : ['no VOLUME']),
    ],
    breaks: [
      { file, from: 'user = "101:101"', to: 'user = "0"', says: 'user is "0"' },
      {
        file,
        from: 'readonlyRootFilesystem = true linuxParameters = { capabilities = { add = [], drop = ["ALL"] } } mountPoints',
        to: 'readonlyRootFilesystem = false\n    linuxParameters = { capabilities = { add = [], drop = [] } }\n    mountPoints',
        says: 'readonlyRootFilesystem is false',
      },
      { file, from: 'containerPath = "/tmp"', to: 'containerPath = "/var"', says: '"containerPath":"/var"' },
    ],
  },
];

export const hopLawFacts: readonly Fact[] = [
  {
    id: 'laws/nginx-noticed-while-serving',
    fact: 'The load balancer would notice that nginx stops while it still takes connections',
    check: (proof) => {
      const { interval, unhealthy, preStop } = readHop(proof);
      return below('interval x unhealthy threshold', interval * unhealthy, 'PRE_STOP of nginx', preStop);
    },
    breaks: [
      {
        file,
        from: 'value = tostring(local.timings.hop_pre_stop)',
        to: 'value = "5"',
        says: '10, is not below PRE_STOP of nginx, 5',
        apart: 'stops',
      },
    ],
  },
  {
    id: 'laws/nginx-drained-before-killed',
    fact: 'nginx has finished its calls before Fargate kills it, which is after 120 s at the latest',
    check: (proof) => {
      const { preStop, drain, stop } = readHop(proof);
      return [
        ...below('PRE_STOP + worker_shutdown_timeout', preStop + drain, 'stopTimeout of nginx', stop),
        ...below('stopTimeout of nginx', stop, 'two minutes and a second', 121),
      ];
    },
    breaks: [
      {
        file,
        from: 'stopTimeout = local.timings.hop_stop',
        to: 'stopTimeout = 20',
        says: 'worker_shutdown_timeout, 27, is not below stopTimeout of nginx, 20',
        apart: 'laws',
      },
    ],
  },
  {
    id: 'laws/servers-outlast-nginx',
    fact: 'A server that is told to stop together with nginx serves until nginx has finished',
    check: (proof) => {
      const { preStop, drain } = readHop(proof);
      return proof.spec.workloads.flatMap(({ name }) =>
        below(
          'what nginx takes',
          preStop + drain,
          `PRE_STOP of ${name} and a second`,
          Number(readVariables(proof, name).PRE_STOP) + 1,
        ),
      );
    },
    breaks: [
      {
        file,
        from: 'PRE_STOP = local.timings.pre_stop',
        to: 'PRE_STOP = 5',
        says: 'what nginx takes, 20, is not below PRE_STOP of orders and a second, 6',
        apart: 'stops',
      },
    ],
  },
  {
    id: 'laws/forgotten-before-stopped',
    fact: 'ECS waits between taking a task out and stopping it for as long as the load balancer goes on sending to it',
    source: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366',
    check: (proof) => below('two minutes', 120, 'deregistration delay and a second', readHop(proof).deregistration + 1),
    breaks: [
      {
        file: 'load-balancer.tf',
        from: 'deregistration_delay = local.timings.deregistration',
        to: 'deregistration_delay = 20',
        says: 'two minutes, 120, is not below deregistration delay and a second, 21',
        apart: 'laws',
      },
    ],
  },
];

/** nginx's numbers, from wherever the plan and its configuration hold them. */
function readHop(proof: Proof) {
  const group = proof.plan.of('aws_lb_target_group')[0]?.values;
  const [nginx] = findNginx(proof);
  const told = (valueAt(nginx?.values, 'environment') ?? []) as { name: string; value: string }[];
  const configuration = proof.case.files.get('edge/nginx.conf') ?? '';
  return {
    interval: Number(valueAt(group, 'health_check.0.interval')),
    unhealthy: Number(valueAt(group, 'health_check.0.unhealthy_threshold')),
    deregistration: Number(valueAt(group, 'deregistration_delay')),
    preStop: Number(told.find(({ name }) => name === 'PRE_STOP')?.value),
    drain: Number(/worker_shutdown_timeout (\d+)s;/.exec(configuration)?.[1]),
    stop: Number(valueAt(nginx?.values, 'stopTimeout')),
  };
}

function findNginx(proof: Proof): Resource[] {
  return readContainers(proof).filter(({ values }) => valueAt(values, 'name') === 'edge_nginx');
}

function eachNginx(want: (container: Container) => Record<string, unknown>): Fact['check'] {
  return (proof) => compareOwn(proof, 'edge_nginx', want);
}

function compareOwn(proof: Proof, name: string, want: (container: Container) => Record<string, unknown>): string[] {
  const place = listPlaces(proof).find(({ container }) => container.name === name);
  const one = place && readContainer(proof, place.task.name, name);
  return one ? compareValues(one, want(place.container)) : [`there is no ${name}`];
}
