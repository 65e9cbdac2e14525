/** Where a plan has what the Topology speaks of: each task, the containers of this repo in it, and where calls enter. */
import type { Backend, Container, Workload } from '../../src/topology/model.ts';
import type { Proof } from './fact.ts';

/** A container of this repo. */
export interface Place {
  task: Workload;
  container: Container;
  /** Whose image it is: the workload's, where it is a server. Its repository and its group of logs are named so. */
  image: string;
}

export function listPlaces({ topology }: Pick<Proof, 'topology'>): Place[] {
  return topology.workloads.flatMap((task) =>
    task.containers.map((container) => ({ task, container, image: container.image.replace(/^.*\//, '') })),
  );
}

export function listServers(proof: Pick<Proof, 'topology'>): Place[] {
  return listPlaces(proof).filter(({ container }) => container.runs.kind === 'server');
}

/** The server of a workload. */
export function findServer(proof: Pick<Proof, 'topology'>, workload: string): Place {
  const found = listServers(proof).find(({ image }) => image === workload);
  if (!found) throw new Error(`the Topology has no server of ${workload}`);
  return found;
}

/** The container that takes what the load balancer sends to a task. */
export function findEntry(proof: Pick<Proof, 'topology'>, task: string): Place {
  const [edge] = proof.topology.edges;
  const port = edge!.backends.find(({ to }) => to.workload === task)?.to.port;
  const found = listPlaces(proof).find((place) => place.task.name === task && portOf(place.container) === port);
  if (!found) throw new Error(`nothing in ${task} listens on ${port}`);
  return found;
}

export function portOf({ runs }: Container): number {
  return runs.kind === 'server' ? runs.port : runs.listeners[0]!.port;
}

/** The load balancer's kind is in the names of its resources. */
export function kindOf({ topology }: Pick<Proof, 'topology'>): string {
  return topology.edges[0]!.kind;
}

export function backendsOf({ topology }: Pick<Proof, 'topology'>): readonly Backend[] {
  return topology.edges[0]!.backends;
}
