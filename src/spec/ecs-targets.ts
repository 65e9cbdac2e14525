/** Which targets are asked what any service on ECS needs. */
import type { TargetId } from './spec.ts';

/** Those that run on ECS behind a name in Route 53. */
export const ecsTargets: readonly TargetId[] = ['ecs-alb', 'ecs-nlb-nginx'];
