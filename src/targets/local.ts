/** `local`: server, image and compose, no cloud; three replicas of each workload on ports of this machine. */
import { servicesOf } from '../contract/services-of.ts';
import type { Workload } from '../topology/model.ts';
import { buildPublishedPorts, buildSelfCheck, buildServer } from '../topology/pieces.ts';
import { steadyTimings } from '../topology/timings.ts';
import { composeReplicas, listComposePorts } from './compose.ts';
import type { Target } from './target.ts';

/** Where the server listens inside its container. */
const containerPort = 8080;

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
        replicas: { min: composeReplicas, max: composeReplicas },
        gated: false,
        shutdown: { preStop, drain, stop },
        containers: [
          {
            name: 'server',
            image: `${spec.name}-${name}`,
            runs: buildServer(steadyTimings, containerPort, services),
            liveness: buildSelfCheck(steadyTimings, containerPort),
          },
        ],
      };
    });
    const edges = workloads.map(({ name }, index) =>
      buildPublishedPorts(name, name, listComposePorts(index), containerPort),
    );
    return { edges, workloads };
  },
  // All that is special to it is in every repo: compose.yaml.
  describe: () => ({}),
};
