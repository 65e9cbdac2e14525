/** What tells one target on ECS from another: its edge, and what is in a task. Everything else is in `ecs-target.ts`. */
import type { Contract } from '../contract/contract.ts';
import type { Fault } from '../errors.ts';
import type { FullSpec, FullWorkload } from '../spec/fill-settings.ts';
import type { TargetId } from '../spec/spec.ts';
import type { Topology } from '../topology/model.ts';
import type { Timings } from '../topology/timings.ts';
import type { CompanionImage } from './target.ts';

export interface EcsEdge {
  id: TargetId;
  timings: Timings;
  /** Folders of its own beside `<id>/terraform` or `<id>/cloudformation`, which every target has. */
  overlays?: readonly string[];
  /** Of the companions of its tasks. */
  images?: readonly CompanionImage[];
  /** Whether TLS ends at its load balancer, which then needs a certificate. */
  hasTls(spec: FullSpec): boolean;
  check(spec: FullSpec, contract: Contract): readonly Fault[];
  derive(spec: FullSpec, contract: Contract): Topology;
  /** What ECS starts. In order; names differ. */
  listTasks(spec: FullSpec): readonly EcsTask[];
  /** What its own templates print, in either language: beside what the targets share, and instead of it. */
  describe?(spec: FullSpec, topology: Topology): object;
  /** The same of each task, by its name; `ways` are what of a template leads to it, before it starts. */
  describeTasks?(topology: Topology): ReadonlyMap<string, object & { ways: readonly { id: string }[] }>;
  /** Of the resources that its `infra/service.yaml` declares, those that no other edge has. */
  countResources(spec: FullSpec, contract: Contract): number;
}

/** What ECS starts, stops and counts as one. Its containers share addresses, roles and a size. */
export interface EcsTask {
  /** Its service's too. */
  name: string;
  servers: readonly EcsServer[];
  /** Containers of this repo that are no servers: each has an image and logs of its own. */
  companions: readonly string[];
  /** The container that the load balancer leads to, and where it listens. */
  entry: { container: string; port: number };
  /** Of the whole task: a size that Fargate has. CPU units, MiB. */
  cpu: number;
  memory: number;
}

export interface EcsServer {
  workload: FullWorkload;
  container: string;
  port: number;
}
