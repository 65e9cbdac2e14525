/** `ecs-nlb-nginx`: ECS Fargate behind a Network Load Balancer, nginx in each task; one task holds every workload. */
import type { Contract } from '../contract/contract.ts';
import { servicesOf } from '../contract/services-of.ts';
import type { Fault } from '../errors.ts';
import type { FullSpec } from '../spec/fill-settings.ts';
import {
  buildFlowBalancer,
  buildNginx,
  buildProbeCheck,
  listSharedServices,
  type Upstream,
} from '../topology/flow-pieces.ts';
import type { Container, Workload } from '../topology/model.ts';
import { buildSelfCheck, buildServer } from '../topology/pieces.ts';
import { flowTimings } from '../topology/timings.ts';
import type { EcsEdge, EcsTask } from './ecs-edge.ts';
import { sizeEnvironments } from './ecs-environments.ts';
import { placeMetrics } from './ecs-metrics.ts';
import { nameLogically } from './ecs-names.ts';
import { buildEcsTarget } from './ecs-target.ts';
import { findTaskFaults, sizeTask } from './ecs-task-size.ts';
import { describeNginxEdge } from './nginx-edge.ts';
import type { Target } from './target.ts';

/** Where nginx listens; its container's name, with a `_` that no workload's has. */
const nginxPort = 10_080;
const nginxName = 'edge_nginx';

/** What nginx is given of a task. CPU units, MiB. */
const nginxShare = { cpu: 256, memory: 512 } as const;

export const nlbEdge: EcsEdge = {
  id: 'ecs-nlb-nginx',
  timings: flowTimings,
  overlays: ['ecs-nlb-nginx/image'],
  images: [{ name: nginxName, context: 'edge', title: 'nginx', configuration: '/etc/nginx/nginx.conf' }],
  hasTls,
  check: (spec) => [...findTaskFaults(spec, [nginxShare]), ...findNameFaults(spec)],
  derive(spec, contract) {
    const { preStop, drain, stop } = flowTimings;
    const { min, max } = sizeEnvironments(spec).at(-1)!.scale;
    const { name, domain: host, internal } = spec;
    const upstreams = listUpstreams(spec, contract);
    const servers = spec.workloads.map((workload, index): Container => {
      const port = placeServer(index);
      const services = servicesOf(workload.protos, contract).map(({ fullName }) => fullName);
      return {
        name: workload.name,
        image: `${name}/${workload.name}`,
        runs: buildServer(flowTimings, port, services),
        liveness: buildSelfCheck(flowTimings, port),
      };
    });
    const nginx: Container = {
      name: nginxName,
      image: `${name}/${nginxName}`,
      runs: buildNginx(flowTimings, name, nginxPort, upstreams),
      liveness: buildProbeCheck(flowTimings, nginxPort),
      shutdown: flowTimings.hop,
    };
    const certificate = hasTls(spec) ? { certificate: host } : {};
    return {
      edges: [buildFlowBalancer(flowTimings, { host, internal, ...certificate, workload: name, port: nginxPort })],
      workloads: [
        {
          name,
          platform: 'ecs',
          replicas: { min, max },
          gated: true,
          shutdown: { preStop, drain, stop },
          // Started in this order, each when those before it are healthy, and stopped in the reverse one.
          containers: [...servers, nginx],
        },
      ],
    };
  },
  listTasks,
  describe(spec, topology) {
    const { runs, liveness, shutdown } = topology.workloads[0]!.containers.at(-1)!;
    if (runs.kind === 'server') throw new Error('the last container of a task is nginx');
    const edge = { proxy: runs, check: liveness!, shutdown: shutdown!, version: spec.nginxVersion };
    const [task] = listTasks(spec);
    return {
      edge: { ...describeNginxEdge(edge, flowTimings), hasTls: hasTls(spec), ...describeNumbers(nginxShare) },
      hop: describeNumbers(flowTimings.hop),
      front: nameLogically(spec.name),
      leadsToTasks: 'aws_lb_listener.grpc',
      task: {
        ...describeNumbers({ cpu: task!.cpu, memory: task!.memory }),
        servers: task!.servers.map(({ container, port }, index) => ({
          name: container,
          ...describeNumbers({ port, metricsPort: placeMetrics(index) }),
        })),
      },
    };
  },
  describeTasks: ({ workloads: [task] }) =>
    new Map([[task!.name, { ways: [{ id: 'Listener' }], nginx: describeNginxContainer(task!) }]]),
  // The certificate; of alarms one of the edge, three of the task.
  countResources: (spec) => (hasTls(spec) ? 1 : 0) + (spec.alarms ? 4 : 0),
};

export const ecsNlbNginx: Target = buildEcsTarget(nlbEdge);

/** Of nginx in a task, as ECS is told. */
function describeNginxContainer({ containers }: Workload) {
  const { liveness, shutdown } = containers.at(-1)!;
  const command = liveness!.probe.kind === 'exec' ? liveness!.probe.command : [];
  return {
    command: JSON.stringify(['CMD', ...command]),
    preStop: String(shutdown!.preStop),
    stop: String(shutdown!.stop),
    ...describeNumbers(nginxShare),
  };
}

/** Servers are called as their workloads, and sidecars stand in the same task. */
function findNameFaults({ workloads, logs, telemetry }: FullSpec): Fault[] {
  const taken = [...(logs === 'firelens' ? ['log-router'] : []), ...(telemetry ? ['collector'] : [])];
  return workloads
    .filter(({ name }) => taken.includes(name))
    .map(({ name }) => ({
      message: `the workload ${name} has the name of the sidecar that stands beside it in the task`,
      hint: 'Give the workload another name, or choose the target ecs-alb, where each has a task of its own.',
    }));
}

function hasTls({ listener }: FullSpec): boolean {
  return listener !== 'tcp';
}

function listTasks(spec: FullSpec): readonly EcsTask[] {
  const servers = spec.workloads.map((workload, index) => ({
    workload,
    container: workload.name,
    port: placeServer(index),
  }));
  const entry = { container: nginxName, port: nginxPort };
  return [{ name: spec.name, servers, companions: [nginxName], entry, ...sizeTask(spec, [nginxShare]) }];
}

/** Containers of a task share its addresses, so each server has a port of its own; they are counted from 0. */
function placeServer(index: number): number {
  return 8080 + index;
}

function describeNumbers(numbers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
}

/** One server answers checks and reflection, for the whole repo. */
function listUpstreams({ workloads, reflection }: FullSpec, contract: Contract): Upstream[] {
  return workloads.map(({ name, protos }, index) => {
    const own = servicesOf(protos, contract).map(({ fullName }) => fullName);
    const shared = index === 0 ? listSharedServices(reflection) : [];
    return { name, port: placeServer(index), services: [...own, ...shared] };
  });
}
