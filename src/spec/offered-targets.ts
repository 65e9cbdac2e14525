/**
 * The targets that this version offers, in their own words: flags, prompts, `--help`, the schema and the checks know of
 * no other. `src/targets/targets.ts` has to have each of them, and no other; the compiler sees to that.
 */
import type { TargetId } from './spec.ts';

export interface OfferedTarget {
  title: string;
  /** One sentence for prompts, `targets` and the docs. */
  summary: string;
}

export const offeredTargets = {
  local: { title: 'Local', summary: 'server, image and Docker Compose with three replicas; no cloud' },
  'ecs-alb': {
    title: 'ECS and ALB',
    summary: 'ECS Fargate behind an Application Load Balancer',
  },
  'ecs-nlb-nginx': {
    title: 'ECS, NLB and nginx',
    summary: 'ECS Fargate behind a Network Load Balancer, with nginx in each task',
  },
} as const satisfies Partial<Record<TargetId, OfferedTarget>>;

export type OfferedTargetId = keyof typeof offeredTargets;

/** In the order in which they are offered; the first is what Enter takes. */
export function listOfferedTargets(): readonly ({ id: TargetId } & OfferedTarget)[] {
  return Object.entries(offeredTargets).map(([id, words]) => ({ id: id as TargetId, ...words }));
}

export function isOffered(id: unknown): id is TargetId {
  return typeof id === 'string' && Object.hasOwn(offeredTargets, id);
}
