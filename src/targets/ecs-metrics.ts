/** Where servers serve metrics, and what the collector beside them is told of it. */
import type { EcsTask } from './ecs-edge.ts';

/** What a server takes unless it is told: of those in one task, which share their ports, the first one. */
const firstPort = 9464;

/** `METRICS_PORT` of a task's server, which are counted from 0. */
export function placeMetrics(index: number): number {
  return firstPort + index;
}

/**
 * What a collector asks, each server under its workload's name. All collectors of a repo have one configuration: where
 * there are several, each has one server, whose name its environment has.
 */
export function listScrapes(tasks: readonly EcsTask[]): { job: string; address: string }[] {
  const all = tasks.map(({ servers }) =>
    servers.map(({ workload }, index) => ({ job: workload.name, address: `127.0.0.1:${placeMetrics(index)}` })),
  );
  const [first = [], ...others] = all;
  // A name of YAML's own, such as on or null, would be no text.
  const quoted = first.map(({ job, address }) => ({ job: JSON.stringify(job), address }));
  return others.length > 0 || first.length === 1 ? [{ job: '${env:WORKLOAD}', address: first[0]!.address }] : quoted;
}
