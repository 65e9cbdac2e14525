/** `compose.yaml`, in every repo: its workloads in containers of one machine, each with replicas, and what stands in front. */
import type { Container, HealthCheck, Shutdown, Topology, Workload } from '../topology/model.ts';
import type { CompanionImage } from './target.ts';

/** Of each workload, whatever it has elsewhere: enough to see how calls spread. */
export const composeReplicas = 3;

/** Where every server listens there: what its image says, since each has addresses of its own. */
export const composePort = 8080;

/** Each workload gets a range of ten: 50051–50053, 50061–50063, … What stands in front of all gets the first alone. */
const firstPort = 50_051;

/** Of the workload at that place. */
export function listComposePorts(index: number): number[] {
  return Array.from({ length: composeReplicas }, (_, replica) => firstPort + 10 * index + replica);
}

/** What the template prints; strings and lists of these. `names`: of the workloads. */
export function describeCompose(
  project: string,
  names: readonly string[],
  topology: Topology,
  images: readonly CompanionImage[] = [],
) {
  const edges = topology.workloads.flatMap((workload) => listEdges(project, names, workload, images));
  const isBehind = edges.length > 0;
  return {
    services: listServers(topology).map((server, index) => ({
      ...describeServer(project, names[index]!, server),
      drain: String(server.shutdown.drain),
      ports: isBehind ? '' : writePorts(listComposePorts(index)),
    })),
    edges,
    replicas: String(composeReplicas),
    firstPort: String(firstPort),
    isBehind,
  };
}

interface Running {
  container: Container;
  shutdown: Shutdown;
}

/** One of each workload of the Spec, in their order, however many of them one workload of the Topology holds. */
function listServers({ workloads }: Topology): Running[] {
  return workloads.flatMap(({ containers, shutdown }) =>
    containers.filter(({ runs }) => runs.kind === 'server').map((container) => ({ container, shutdown })),
  );
}

function describeServer(project: string, name: string, { container, shutdown }: Running) {
  return {
    name,
    image: `${project}-${name}`,
    replicas: String(composeReplicas),
    ...describeRunning(container, shutdown),
  };
}

/** The companions that calls come through: each in front of all servers, on the first port of the machine. */
function listEdges(project: string, names: readonly string[], workload: Workload, images: readonly CompanionImage[]) {
  return workload.containers.flatMap((container) => {
    const { name, runs } = container;
    const image = images.find((one) => one.name === name);
    if (runs.kind === 'server' || image === undefined) return [];
    return [
      {
        name,
        image: `${project}-${name}`,
        context: image.context,
        title: image.title,
        configuration: image.configuration,
        port: `${firstPort}:${runs.listeners[0]!.port}`,
        waitsFor: names.map((server) => ({ name: server })),
        ...describeRunning(container, container.shutdown ?? workload.shutdown),
      },
    ];
  });
}

function describeRunning({ liveness }: Container, shutdown: Shutdown) {
  return {
    // Compose's own default syntax: whoever types PRE_STOP=0 in front of the command has it his way.
    preStop: `\${PRE_STOP:-${shutdown.preStop}}`,
    stop: String(shutdown.stop),
    ...describeCheck(liveness!),
  };
}

function describeCheck({ probe, interval, timeout, unhealthy, startPeriod }: HealthCheck) {
  return {
    check: JSON.stringify(['CMD', ...(probe.kind === 'exec' ? probe.command : [])]),
    interval: String(interval),
    timeout: String(timeout),
    retries: String(unhealthy),
    startPeriod: String(startPeriod),
  };
}

function writePorts(ports: readonly number[]): string {
  return `${ports[0]}-${ports.at(-1)}:${composePort}`;
}
