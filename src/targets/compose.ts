/** `compose.yaml`, in every repo: its workloads in containers of one machine, each replica on a port of its own. */
import type { Topology, Workload } from '../topology/model.ts';

/** Of each workload, whatever it has elsewhere: enough to see how calls spread. */
export const composeReplicas = 3;

/** Each workload gets a range of ten: 50051–50053, 50061–50063, … */
const firstPort = 50_051;

/** Of the workload at that place. */
export function listComposePorts(index: number): number[] {
  return Array.from({ length: composeReplicas }, (_, replica) => firstPort + 10 * index + replica);
}

/** What the template prints; strings and lists of these. */
export function describeCompose(project: string, { workloads }: Topology) {
  return {
    services: workloads.map((workload, index) => describeService(project, workload, listComposePorts(index))),
    replicas: String(composeReplicas),
    firstPort: String(firstPort),
  };
}

/** A workload as a service of compose.yaml. */
function describeService(project: string, { name, containers, shutdown }: Workload, ports: readonly number[]) {
  const { liveness, runs } = containers[0]!;
  return {
    name,
    image: `${project}-${name}`,
    replicas: String(composeReplicas),
    ports: `${ports[0]}-${ports.at(-1)}:${runs.kind === 'server' ? runs.port : ''}`,
    // Compose's own default syntax: whoever types PRE_STOP=0 in front of the command has it his way.
    preStop: `\${PRE_STOP:-${shutdown.preStop}}`,
    drain: String(shutdown.drain),
    stop: String(shutdown.stop),
    check: JSON.stringify(['CMD', ...(liveness?.probe.kind === 'exec' ? liveness.probe.command : [])]),
    interval: String(liveness!.interval),
    timeout: String(liveness!.timeout),
    retries: String(liveness!.unhealthy),
    startPeriod: String(liveness!.startPeriod),
  };
}
