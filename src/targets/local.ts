/** `local`: server, image and compose, no cloud; three replicas of each workload on ports of this machine. */
import { servicesOf } from '../contract/services-of.ts';
import type { Topology, Workload } from '../topology/model.ts';
import { buildPublishedPorts, buildSelfCheck, buildServer } from '../topology/pieces.ts';
import { steadyTimings } from '../topology/timings.ts';
import type { Target } from './target.ts';

/** Where the server listens inside its container. */
const containerPort = 8080;
const replicas = 3;
/** Each workload gets a range of ten: 50051–50053, 50061–50063, … */
const firstPort = 50_051;

export const local: Target = {
  id: 'local',
  timings: steadyTimings,
  overlays: () => ['local'],
  derive(spec, contract) {
    const workloads = spec.workloads.map(({ name, protos }): Workload => {
      const services = servicesOf(protos, contract).map((service) => service.fullName);
      const { preStop, drain, stop } = steadyTimings;
      return {
        name,
        platform: 'compose',
        replicas: { min: replicas, max: replicas },
        gated: false,
        shutdown: { preStop, drain, stop },
        containers: [
          {
            name: 'server',
            image: `${spec.name}-${name}`,
            runs: buildServer(steadyTimings, containerPort, services),
            liveness: buildSelfCheck(steadyTimings, containerPort, ['/nodejs/bin/node', '/app/probe.cjs']),
          },
        ],
      };
    });
    const edges = workloads.map(({ name }, index) => {
      const ports = Array.from({ length: replicas }, (_, replica) => firstPort + 10 * index + replica);
      return buildPublishedPorts(name, name, ports, containerPort);
    });
    return { edges, workloads };
  },
  describe: (_spec, topology) => ({
    services: topology.workloads.map((workload) => describeService(topology, workload)),
    replicas: String(replicas),
    firstPort: String(firstPort),
  }),
};

/** A workload as a service of compose.yaml. */
function describeService({ edges }: Topology, workload: Workload) {
  const { image, liveness, runs } = workload.containers[0]!;
  const edge = edges.find((e) => e.backends.some((backend) => backend.to.workload === workload.name))!;
  const ports = edge.listeners.map((listener) => listener.port);
  return {
    name: workload.name,
    image,
    ports: `${ports[0]}-${ports.at(-1)}:${runs.kind === 'server' ? runs.port : ''}`,
    replicas: String(workload.replicas.min),
    // Compose's own default syntax: whoever types PRE_STOP=0 in front of the command has it his way.
    preStop: `\${PRE_STOP:-${workload.shutdown.preStop}}`,
    drain: String(workload.shutdown.drain),
    stop: String(workload.shutdown.stop),
    check: JSON.stringify(['CMD', ...(liveness?.probe.kind === 'exec' ? liveness.probe.command : [])]),
    interval: String(liveness!.interval),
    timeout: String(liveness!.timeout),
    retries: String(liveness!.unhealthy),
    startPeriod: String(liveness!.startPeriod),
  };
}
