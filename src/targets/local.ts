/** `local`: server, image and compose, no cloud; three replicas of each workload on ports of this machine. */
import { servicesOf } from '../contract/services-of.ts';
import type { Workload } from '../topology/model.ts';
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
  title: 'Local',
  summary: 'server, image and Docker Compose with three replicas; no cloud',
  timings: steadyTimings,
  overlays: ['local'],
  derive(spec, contract) {
    const t = this.timings;
    const workloads = spec.workloads.map(
      ({ name, protos }): Workload => ({
        name,
        platform: 'compose',
        replicas: { min: replicas, max: replicas },
        gated: false,
        shutdown: { preStop: t.preStop, drain: t.drain, stop: t.stop },
        containers: [
          {
            name: 'server',
            image: name,
            runs: buildServer(
              t,
              containerPort,
              servicesOf(protos, contract).map((service) => service.fullName),
            ),
            liveness: buildSelfCheck(t, containerPort, ['/nodejs/bin/node', '/app/probe.cjs']),
          },
        ],
      }),
    );
    const edges = workloads.map(({ name }, index) => {
      const ports = Array.from({ length: replicas }, (_, replica) => firstPort + 10 * index + replica);
      return buildPublishedPorts(name, name, ports, containerPort);
    });
    return { edges, workloads };
  },
};
