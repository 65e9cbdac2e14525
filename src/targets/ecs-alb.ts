/** `ecs-alb`: ECS Fargate behind an Application Load Balancer, which knows every service; a task for each workload. */
import type { Contract } from '../contract/contract.ts';
import { servicesOf } from '../contract/services-of.ts';
import type { FullSpec } from '../spec/fill-settings.ts';
import type { Workload } from '../topology/model.ts';
import { buildLoadBalancer, buildSelfCheck, buildServer, standardServices } from '../topology/pieces.ts';
import { steadyTimings } from '../topology/timings.ts';
import { packRules } from './alb-rule-names.ts';
import { countRules, findRuleFaults, type RoutedWorkload } from './alb-rules.ts';
import type { EcsEdge } from './ecs-edge.ts';
import { sizeEnvironments } from './ecs-environments.ts';
import { buildEcsTarget } from './ecs-target.ts';
import type { Target } from './target.ts';

/** Where the server listens inside its container. */
const containerPort = 8080;
const containerName = 'server';

export const albEdge: EcsEdge = {
  id: 'ecs-alb',
  timings: steadyTimings,
  hasTls: () => true,
  check: (spec, contract) => findRuleFaults(routeServices(spec, contract)),
  derive(spec, contract) {
    const routed = routeServices(spec, contract);
    const { preStop, drain, stop } = steadyTimings;
    const { min, max } = sizeEnvironments(spec).at(-1)!.scale;
    const workloads = routed.map(({ name, services }): Workload => {
      return {
        name,
        platform: 'ecs',
        replicas: { min, max },
        gated: true,
        shutdown: { preStop, drain, stop },
        containers: [
          {
            name: containerName,
            image: `${spec.name}/${name}`,
            runs: buildServer(
              steadyTimings,
              containerPort,
              services.map(({ fullName }) => fullName),
            ),
            liveness: buildSelfCheck(steadyTimings, containerPort),
          },
        ],
      };
    });
    const { domain: host, internal } = spec;
    const backends = routed.map(({ name, routes }) => ({ workload: name, services: routes }));
    const front = { host, internal, certificate: host, port: containerPort, backends };
    return { edges: [buildLoadBalancer(steadyTimings, front)], workloads };
  },
  listTasks: ({ workloads }) =>
    workloads.map((workload) => ({
      name: workload.name,
      servers: [{ workload, container: containerName, port: containerPort }],
      companions: [],
      entry: { container: containerName, port: containerPort },
      cpu: workload.cpu,
      memory: workload.memory,
    })),
  describe: () => ({ leadsToTasks: 'aws_lb_listener_rule.services' }),
  describeTasks: packRules,
  countResources(spec, contract) {
    // The web ACL's, the certificate, the bucket of logs and its policy; of alarms one of the edge, three of each task.
    const [own, ofAlarms, ofTaskAlarms] = [4, 1, 3];
    const routes = routeServices(spec, contract).map((workload) => workload.routes);
    return own + countRules(routes) + (spec.alarms ? ofAlarms + spec.workloads.length * ofTaskAlarms : 0);
  },
};

export const ecsAlb: Target = buildEcsTarget(albEdge);

/** One workload answers reflection, for the whole repo; nothing from outside reaches health. */
function routeServices({ workloads, reflection }: FullSpec, contract: Contract): RoutedWorkload[] {
  const reflected = standardServices.filter((service) => service.includes('.reflection.'));
  return workloads.map(({ name, protos }, index) => {
    const services = servicesOf(protos, contract);
    const own = services.map(({ fullName }) => fullName);
    return { name, protos, services, routes: index === 0 && reflection ? [...own, ...reflected] : own };
  });
}
