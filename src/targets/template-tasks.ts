/** What ECS starts, in the words of the CloudFormation templates: each task, its servers, and what else is in it. */
import type { FullSpec } from '../spec/fill-settings.ts';
import type { Topology } from '../topology/model.ts';
import { describeTimings } from './describe-timings.ts';
import type { EcsEdge, EcsServer, EcsTask } from './ecs-edge.ts';
import { listScrapes, placeMetrics } from './ecs-metrics.ts';
import { nameLogically } from './ecs-names.ts';
import { quoteYaml } from './quote-yaml.ts';
import { describeSecrets, listArns } from './template-secrets.ts';

/** A container of this repo: an image and a group of logs each. */
export interface EcsContainer {
  name: string;
  /** Of its group of logs and its repository, in a template. */
  logs: string;
  images: string;
}

/** What is made elsewhere in a template, as each part of it names it. */
export interface MadeElsewhere {
  vpc: string;
  boundary: string;
  logsKey: string;
}

/** In a template a partial sees no further than what it is given: so each task, container and server has all that it prints. */
export function describeTasks(spec: FullSpec, topology: Topology, edge: EcsEdge, made: MadeElsewhere) {
  const { name: project, telemetry, alarms, network, logs } = spec;
  const own = edge.describeTasks?.(topology);
  // Of the edge and of the last traces nothing is said where a task is.
  const { edgeIdle, flush, removal, ...timings } = describeTimings(edge.timings);
  const firelens = logs === 'firelens';
  const ofServers = { project, telemetry, firelens, hasSidecars: firelens || telemetry, timings };
  const ofTasks = {
    ...ofServers,
    vpc: made.vpc,
    boundary: made.boundary,
    alarms,
    makesNetwork: network === 'create',
    architecture: spec.arch.toUpperCase(),
    scrapes: listScrapes(edge.listTasks(spec)),
  };
  const ofContainers = { project, logsKey: made.logsKey };
  return edge.listTasks(spec).map((task) => {
    const containers = listContainers(task);
    const entryLogs = containers[findEntry(task)]!.logs;
    const secrets = task.servers.flatMap(({ workload }) => describeSecrets(workload, project));
    return {
      ...ofTasks,
      id: nameLogically(task.name),
      name: task.name,
      quotedName: quoteYaml(task.name),
      cpu: String(task.cpu),
      memory: String(task.memory),
      entry: task.entry.container,
      port: String(task.entry.port),
      entryLogs,
      containers: containers.map((one) => describeContainer(one, ofContainers)),
      hasSecrets: secrets.length > 0,
      managedSecrets: listArns(secrets, 'secretsmanager'),
      storedSecrets: listArns(secrets, 'ssm'),
      servers: task.servers.map((server, index) => ({ ...ofServers, ...describeServer(spec, task, server, index) })),
      ...own?.get(task.name),
    };
  });
}

function describeContainer({ name, logs }: EcsContainer, shared: { project: string; logsKey: string }) {
  return { ...shared, name, quotedName: quoteYaml(name), logs, repository: `${shared.project}/${name}` };
}

/** Servers first, then what stands beside them. */
export function listContainers({ servers, companions }: EcsTask): EcsContainer[] {
  return [
    ...servers.map(({ workload: { name } }) => {
      const id = nameLogically(name);
      return { name, logs: `${id}Logs`, images: `${id}Images` };
    }),
    ...companions.map((name) => {
      // No workload's part of a name comes last: so none of these is a workload's.
      const words = name.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
      return { name, logs: `LogsOf${words.join('')}`, images: `ImagesOf${words.join('')}` };
    }),
  ];
}

function describeServer(spec: FullSpec, task: EcsTask, { workload, container, port }: EcsServer, index: number) {
  const { name, cpu, memory } = workload;
  const secrets = describeSecrets(workload, spec.name);
  const shares = task.servers.length + task.companions.length > 1;
  return {
    id: nameLogically(name),
    name,
    quotedName: quoteYaml(name),
    container: quoteYaml(container),
    repository: `${spec.name}/${name}`,
    port: String(port),
    /** Those of one task share its ports. */
    metricsPort: shares ? String(placeMetrics(index)) : '',
    isEntry: container === task.entry.container,
    shares,
    logs: `${nameLogically(name)}Logs`,
    cpu: String(cpu),
    memory: String(memory),
    reflection: spec.reflection && workload === spec.workloads[0] ? 'on' : 'off',
    secrets: secrets.map(({ variable, arn }) => ({ variable: quoteYaml(variable), arn })),
  };
}

function findEntry({ servers, companions, entry }: EcsTask): number {
  return [...servers.map(({ container }) => container), ...companions].indexOf(entry.container);
}
