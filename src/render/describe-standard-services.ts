/** What workloads answer beside their own services, as those see it who come through an edge. */
import type { Edge, Topology } from '../topology/model.ts';
import { standardServices } from '../topology/pieces.ts';

/** A sentence or two, in Markdown: not every target leads calls of reflection to every workload, or to any. */
export function describeStandardServices({ edges, workloads }: Topology): string {
  const health = 'Beside its own services every workload answers `grpc.health.v1.Health`';
  const reflection = 'reflection (v1 and v1alpha)';
  const here = 'under `npm run dev` and `npm start`';
  const reflecting = edges.flatMap(listReflecting);
  if (workloads.every(({ name }) => reflecting.includes(name)))
    return `${health}, and ${reflection} for the whole repo.`;
  if (reflecting.length === 0) return `${health}. None answers ${reflection}, but for the whole repo ${here}.`;
  return `${health}. For the whole repo ${reflecting.join(', ')} alone answers ${reflection}; ${here} every workload does.`;
}

/** The workloads that an edge leads calls of reflection to. */
function listReflecting({ listeners, backends }: Edge): string[] {
  const path = `/${standardServices.find((name) => name.includes('.reflection.'))}/`;
  const taking = listeners.flatMap(({ routes }) => routes.filter((route) => path.startsWith(route.path)));
  return backends.filter(({ name }) => taking.some(({ to }) => to === name)).map(({ to }) => to.workload);
}
