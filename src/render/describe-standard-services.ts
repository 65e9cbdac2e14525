/** What workloads answer beside their own services, as those see it who come through an edge. */
import type { Container, Proxy, Topology } from '../topology/model.ts';
import { standardServices } from '../topology/pieces.ts';

/** A sentence or two, in Markdown: not every target leads calls of reflection to every workload, or to any. */
export function describeStandardServices(topology: Topology): string {
  const health = 'Beside its own services every workload answers `grpc.health.v1.Health`';
  const reflection = 'reflection (v1 and v1alpha)';
  const here = 'under `npm run dev` and `npm start`';
  const { servers, reflecting } = findReflecting(topology);
  if (servers.every((name) => reflecting.includes(name))) return `${health}, and ${reflection} for the whole repo.`;
  if (reflecting.length === 0) return `${health}. None answers ${reflection}, but for the whole repo ${here}.`;
  return `${health}. For the whole repo ${reflecting.join(', ')} alone answers ${reflection}; ${here} every workload does.`;
}

/** All servers, and those to which calls of reflection are led: by a proxy inside the workload, if one holds several. */
function findReflecting({ edges, workloads }: Topology) {
  const inner = workloads.flatMap(({ containers }) => containers.map(({ runs }) => runs)).filter(isProxy);
  if (inner.length === 0) {
    const reflecting = edges.flatMap((edge) => listReflecting(edge).map(({ to }) => to.workload));
    return { servers: workloads.map(({ name }) => name), reflecting };
  }
  const servers = workloads.flatMap(({ containers }) => containers.filter(({ runs }) => !isProxy(runs)));
  return {
    servers: servers.map(({ name }) => name),
    reflecting: inner.flatMap((proxy) => listReflecting(proxy).map(({ name }) => name)),
  };
}

/** Where a proxy leads calls of reflection. */
function listReflecting({ listeners, backends }: Proxy) {
  const path = `/${standardServices.find((name) => name.includes('.reflection.'))}/`;
  const taking = listeners.flatMap(({ routes }) => routes.filter((route) => path.startsWith(route.path)));
  return backends.filter(({ name }) => taking.some(({ to }) => to === name));
}

function isProxy(runs: Container['runs']): runs is Proxy {
  return runs.kind !== 'server';
}
