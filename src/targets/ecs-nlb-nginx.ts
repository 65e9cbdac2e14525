/** `ecs-nlb-nginx`: ECS Fargate behind a Network Load Balancer, nginx in each task; one task holds every workload. */
import type { Contract } from '../contract/contract.ts';
import { servicesOf } from '../contract/services-of.ts';
import type { FullSpec } from '../spec/fill-settings.ts';
import {
  buildFlowBalancer,
  buildNginx,
  buildProbeCheck,
  listSharedServices,
  type Upstream,
} from '../topology/flow-pieces.ts';
import type { Container } from '../topology/model.ts';
import { buildSelfCheck, buildServer } from '../topology/pieces.ts';
import { flowTimings } from '../topology/timings.ts';
import type { EcsTask } from './ecs-edge.ts';
import { sizeEnvironments } from './ecs-environments.ts';
import { placeMetrics } from './ecs-metrics.ts';
import { buildEcsTarget } from './ecs-target.ts';
import { describeNginxEdge } from './nginx-edge.ts';
import type { Target } from './target.ts';
import { countResources } from './template-rules.ts';

/** Where nginx listens; its container's name, with a `_` that no workload's has. */
const nginxPort = 10_080;
const nginxName = 'edge_nginx';

/** Containers of a task share its addresses, so each server has a port of its own. */
const firstPort = 8080;

export const ecsNlbNginx: Target = buildEcsTarget({
  id: 'ecs-nlb-nginx',
  timings: flowTimings,
  overlays: ['ecs-nlb-nginx/image'],
  hasTls,
  check: () => [],
  derive(spec, contract) {
    const { preStop, drain, stop } = flowTimings;
    const { min, max } = sizeEnvironments(spec).at(-1)!.scale;
    const { name, domain: host, internal } = spec;
    const upstreams = listUpstreams(spec, contract);
    const servers = spec.workloads.map((workload, index): Container => {
      const port = firstPort + index;
      const services = servicesOf(workload.protos, contract).map(({ fullName }) => fullName);
      return {
        name: workload.name,
        image: `${name}/${workload.name}`,
        runs: buildServer(flowTimings, port, services),
        liveness: buildSelfCheck(flowTimings, port, ['/nodejs/bin/node', '/app/probe.cjs']),
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
      edge: { ...describeNginxEdge(edge, flowTimings), hasTls: hasTls(spec), cpu: '256', memory: '512' },
      hop: describeNumbers(flowTimings.hop),
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
  countResources: (spec) => countResources(spec, 0),
});

function hasTls({ listener }: FullSpec): boolean {
  return listener !== 'tcp';
}

function listTasks({ name, workloads }: FullSpec): readonly EcsTask[] {
  const servers = workloads.map((workload, index) => ({
    workload,
    container: workload.name,
    port: firstPort + index,
  }));
  const entry = { container: nginxName, port: nginxPort };
  return [{ name, servers, companions: [nginxName], entry, cpu: 1024, memory: 2048 }];
}

function describeNumbers(numbers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
}

/** One server answers checks and reflection, for the whole repo. */
function listUpstreams({ workloads, reflection }: FullSpec, contract: Contract): Upstream[] {
  return workloads.map(({ name, protos }, index) => {
    const own = servicesOf(protos, contract).map(({ fullName }) => fullName);
    const shared = index === 0 ? listSharedServices(reflection) : [];
    return { name, port: firstPort + index, services: [...own, ...shared] };
  });
}
