/** The targets as they are once `ecs-alb` is offered, in place of `src/spec/offered-targets.ts`. */
import type * as real from '../../src/spec/offered-targets.ts';
import type { TargetId } from '../../src/spec/spec.ts';

export const offeredTargets = {
  local: { title: 'Local', summary: 'server, image and Docker Compose with three replicas; no cloud' },
  'ecs-alb': { title: 'ECS, ALB', summary: 'ECS Fargate behind an Application Load Balancer' },
};

export const listOfferedTargets: typeof real.listOfferedTargets = () =>
  Object.entries(offeredTargets).map(([id, words]) => ({ id: id as TargetId, ...words }));

export const isOffered: typeof real.isOffered = (id): id is TargetId =>
  typeof id === 'string' && Object.hasOwn(offeredTargets, id);
