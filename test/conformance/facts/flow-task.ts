/** What a task is in which nginx stands in front of the servers: who waits for whom, whose port is whose, what each has. */
import { parse } from 'yaml';
import { fargateSizes } from '../../../src/spec/fargate-sizes.ts';
import type { Container } from '../../../src/topology/model.ts';
import type { Proof } from '../fact.ts';
import { compareSets, compareValues, type Resource, valueAt } from '../plan.ts';
import { hopOf, readVariables } from '../read-flow-topology.ts';
import type { PlainFact } from './flow-edge.ts';
import { readContainers } from './tasks.ts';

export const flowTaskFacts: readonly PlainFact[] = [
  {
    id: 'flow/one-task',
    fact: 'One task holds every workload, nginx, and the sidecars that were asked for, each once: ten containers at most',
    check: (proof) => {
      const names = readContainers(proof).map(({ address }) => address);
      const { name, logs, telemetry } = proof.spec;
      const sidecars = [...(logs === 'firelens' ? ['log-router'] : []), ...(telemetry ? ['collector'] : [])];
      return [
        ...compareSets(
          'containers',
          names,
          [...derivedOf(proof).map((one) => one.name), ...sidecars].map((one) => `${name} ${one}`),
        ),
        ...(names.length <= 10 ? [] : [`there are ${names.length} containers`]),
        ...(new Set(names).size === names.length ? [] : ['two containers have one name']),
      ];
    },
  },
  {
    id: 'flow/room',
    fact: 'Its size is one that Fargate has, with room for what its containers have between them',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html',
    check: (proof) =>
      proof.plan.of('aws_ecs_task_definition').flatMap(({ values }) => {
        const [cpu, memory] = [Number(valueAt(values, 'cpu')), Number(valueAt(values, 'memory'))];
        const sum = (path: string) =>
          readContainers(proof).reduce((all, one) => all + Number(valueAt(one.values, path) ?? 0), 0);
        const sizes = (fargateSizes as Readonly<Record<number, readonly number[]>>)[cpu] ?? [];
        return [
          ...(sizes.includes(memory) ? [] : [`Fargate has no ${cpu} with ${memory}`]),
          ...(sum('cpu') <= cpu ? [] : [`containers have ${sum('cpu')} of ${cpu} CPU units`]),
          ...(sum('memoryReservation') <= memory
            ? []
            : [`containers have ${sum('memoryReservation')} of ${memory} MiB`]),
        ];
      }),
  },
  {
    id: 'flow/shares',
    fact: 'Each server has what was asked for it, and nginx a part of its own',
    check: (proof) => [
      ...proof.spec.workloads.flatMap(({ name, cpu, memory }) =>
        compareContainer(proof, name, { cpu, memoryReservation: memory, essential: true }),
      ),
      ...compareContainer(proof, nginx, { cpu: 256, memoryReservation: 512, essential: true }),
    ],
  },
  {
    id: 'flow/ports',
    fact: 'No two containers listen on one port, calls or metrics, and the one that calls enter by is nginx’s alone',
    check: (proof) => {
      const mapped = readContainers(proof).flatMap(({ address, values }) =>
        ((valueAt(values, 'portMappings') ?? []) as unknown[]).map(
          (one) => `${address} ${valueAt(one, 'containerPort')} ${valueAt(one, 'hostPort')}`,
        ),
      );
      const { port } = proof.topology.edges[0]!.backends[0]!.to;
      const ports = serversOf(proof).flatMap(({ name }) => {
        const { PORT, METRICS_PORT } = readVariables(find(proof, name));
        return [PORT, METRICS_PORT];
      });
      return [
        ...compareSets('ports that are let in', mapped, [`${proof.spec.name} ${nginx} ${port} ${port}`]),
        ...(new Set([...ports, String(port)]).size === ports.length + 1 ? [] : [`ports are ${ports.join(', ')}`]),
        ...ports.flatMap((one) => (Number(one) > 1024 ? [] : [`a port is ${one}`])),
      ];
    },
  },
  {
    id: 'flow/order',
    fact: 'nginx starts once every server is healthy, and all of them after the sidecars; they stop the other way round',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html',
    check: (proof) => {
      const own = new Set(derivedOf(proof).map(({ name }) => name));
      const sidecars = readContainers(proof)
        .map(({ address }) => address.split(' ')[1]!)
        .filter((name) => !own.has(name))
        .map((name) => `${name} START`);
      const waits = (name: string) =>
        ((valueAt(find(proof, name)?.values, 'dependsOn') ?? []) as { containerName: string; condition: string }[]).map(
          ({ containerName, condition }) => `${containerName} ${condition}`,
        );
      return [
        ...serversOf(proof).flatMap(({ name }) => compareSets(`what ${name} waits for`, waits(name), sidecars)),
        ...compareSets('what nginx waits for', waits(nginx), [
          ...serversOf(proof).map(({ name }) => `${name} HEALTHY`),
          ...sidecars,
        ]),
      ];
    },
  },
  {
    id: 'flow/probe',
    fact: 'nginx is checked through itself, without a shell, by a probe that gives up before ECS does',
    check: (proof) => {
      const { liveness } = derivedOf(proof).find(({ name }) => name === nginx)!;
      const command = liveness!.probe.kind === 'exec' ? liveness!.probe.command : [];
      const patience = command.flatMap((word) => /^-rpc-timeout=(\d+)s$/.exec(word)?.[1] ?? []).map(Number);
      return [
        ...compareContainer(proof, nginx, {
          'healthCheck.command': ['CMD', ...command],
          'healthCheck.interval': liveness!.interval,
          'healthCheck.timeout': liveness!.timeout,
          'healthCheck.retries': liveness!.unhealthy,
          'healthCheck.startPeriod': liveness!.startPeriod,
        }),
        ...(patience[0]! < liveness!.timeout ? [] : ['the probe is more patient than ECS']),
      ];
    },
  },
  {
    id: 'flow/hardened',
    fact: 'nginx runs as nobody, without a capability, and writes to one folder, which the image gives to it',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html',
    check: (proof) => {
      const mounts = (valueAt(find(proof, nginx)?.values, 'mountPoints') ?? []) as Record<string, unknown>[];
      const volumes = proof.plan
        .of('aws_ecs_task_definition')
        .flatMap(({ values }) => ((valueAt(values, 'volume') ?? []) as unknown[]).map((one) => valueAt(one, 'name')));
      const folder = String(mounts[0]?.containerPath);
      const image = proof.case.files.get('edge/Dockerfile') ?? '';
      const writes = [...(proof.case.files.get('edge/nginx.conf') ?? '').matchAll(/(?:_temp_path|^pid) (\S+);/gm)];
      return [
        ...compareContainer(proof, nginx, {
          user: '101:101',
          readonlyRootFilesystem: true,
          'linuxParameters.capabilities.drop': ['ALL'],
          'linuxParameters.capabilities.add': [],
          'mountPoints.length': 1,
          'mountPoints.0.readOnly': false,
        }),
        ...compareSets('volumes', volumes.map(String), [String(mounts[0]?.sourceVolume)]),
        ...(image.includes(`VOLUME ["${folder}"]`) ? [] : [`the image does not say VOLUME ${folder}`]),
        ...writes.flatMap(([, path = '']) => (path.startsWith(`${folder}/`) ? [] : [`nginx writes to ${path}`])),
      ];
    },
  },
  {
    id: 'flow/told',
    fact: 'nginx is told how long to go on, and nothing else',
    check: (proof) => {
      const { preStop } = hopOf(proof).hop;
      return compareContainer(proof, nginx, { environment: [{ name: 'PRE_STOP', value: String(preStop) }] });
    },
  },
  {
    id: 'flow/stop',
    fact: 'ECS waits until a task is forgotten before it stops it; nginx notices, finishes and is gone before its servers are',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-connection-draining.html',
    check: (proof) => {
      const group = proof.plan.of('aws_lb_target_group')[0]?.values;
      const [delay, interval, unhealthy] = [
        'deregistration_delay',
        'health_check.0.interval',
        'health_check.0.unhealthy_threshold',
      ].map((path) => Number(valueAt(group, path)));
      const { removal, hop, flush } = hopOf(proof);
      const told = Number(readVariables(find(proof, nginx)).PRE_STOP);
      const killed = Number(valueAt(find(proof, nginx)?.values, 'stopTimeout'));
      const laws = [
        ['removal <= deregistration', removal <= delay!],
        ['noticed before nginx finishes', interval! * unhealthy! < told],
        ['nginx finishes before it is killed', told + hop.drain < killed && killed <= 120],
        ...serversOf(proof).flatMap(({ name }) => {
          const { PRE_STOP, DRAIN } = readVariables(find(proof, name));
          const end = Number(PRE_STOP) + Number(DRAIN);
          const stop = Number(valueAt(find(proof, name)?.values, 'stopTimeout'));
          return [
            [`${name} outlasts nginx`, told + hop.drain <= Number(PRE_STOP)],
            [`${name} ends before it is killed`, end + flush < stop && stop <= 120],
            [`${name} ends within the deregistration delay`, end <= delay!],
          ] as const;
        }),
      ] as const;
      return laws.flatMap(([law, holds]) => (holds ? [] : [`not kept: ${law}`]));
    },
  },
  {
    id: 'flow/idle',
    fact: 'Whoever is in front forgets a quiet connection last: load balancer, nginx, server',
    check: (proof) => {
      const { idle } = proof.topology.edges[0]!.listeners[0]!;
      return serversOf(proof).flatMap(({ name }) => {
        const own = Number(readVariables(find(proof, name)).CONNECTION_IDLE);
        return own < idle && hopOf(proof).upstreamIdle < own ? [] : [`${name} waits for ${own} s`];
      });
    },
  },
  {
    id: 'flow/logs',
    fact: 'Each container of this repo logs to a group of its own, the sidecars to nginx’s',
    check: (proof) =>
      readContainers(proof).flatMap((one) => {
        const name = one.address.split(' ')[1]!;
        const isOwn = derivedOf(proof).some((own) => own.name === name);
        const options = 'logConfiguration.options';
        const group =
          valueAt(one.values, `${options}.log_group_name`) ?? valueAt(one.values, `${options}.awslogs-group`);
        const wanted = `/${proof.spec.name}/${proof.environment}/${isOwn ? name : nginx}`;
        const driver = isOwn && proof.spec.logs === 'firelens' ? 'awsfirelens' : 'awslogs';
        return [
          ...(group === wanted ? [] : [`${one.address} logs to ${group}`]),
          ...compareValues(one, { 'logConfiguration.logDriver': driver }),
        ];
      }),
  },
  {
    id: 'flow/scraped',
    fact: 'The collector asks each server for its metrics, where that server serves them',
    check: (proof) => {
      const collector = find(proof, 'collector');
      if (collector === undefined) return proof.spec.telemetry ? ['there is no collector'] : [];
      const text = readVariables(collector).AOT_CONFIG_CONTENT ?? '';
      const jobs = (valueAt(parse(text), 'receivers.prometheus.config.scrape_configs') ?? []) as unknown[];
      return compareSets(
        'what it asks',
        jobs.map((job) => {
          const asked = String(valueAt(job, 'job_name'));
          // One server has the task's collector to itself.
          const isAlone = asked === '${env:WORKLOAD}' && proof.spec.workloads.length === 1;
          return `${isAlone ? proof.spec.workloads[0]!.name : asked} ${valueAt(job, 'static_configs.0.targets.0')}`;
        }),
        serversOf(proof).map(({ name }) => `${name} 127.0.0.1:${readVariables(find(proof, name)).METRICS_PORT}`),
      );
    },
  },
];

const nginx = 'edge_nginx';

function derivedOf({ topology }: Proof): readonly Container[] {
  return topology.workloads[0]!.containers;
}

function serversOf(proof: Proof): readonly Container[] {
  return derivedOf(proof).filter(({ runs }) => runs.kind === 'server');
}

function find(proof: Proof, name: string): Resource | undefined {
  return readContainers(proof).find(({ address }) => address === `${proof.spec.name} ${name}`);
}

function compareContainer(proof: Proof, name: string, wanted: Record<string, unknown>): string[] {
  const found = find(proof, name);
  return found ? compareValues(found, wanted) : [`there is no ${name}`];
}
