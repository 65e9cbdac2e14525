/** Every target that this version offers. Their words are in `src/spec/`. */
import type { OfferedTargetId } from '../spec/offered-targets.ts';
import type { TargetId } from '../spec/spec.ts';
import { ecsAlb } from './ecs-alb.ts';
import { ecsNlbNginx } from './ecs-nlb-nginx.ts';
import { local } from './local.ts';
import type { Target } from './target.ts';

export const targets: Readonly<Record<OfferedTargetId, Target>> = {
  local,
  'ecs-alb': ecsAlb,
  'ecs-nlb-nginx': ecsNlbNginx,
};

/** The target of a Spec that was checked: the checks refuse whatever is not offered. */
export function findTarget(id: TargetId): Target {
  const found = Object.values(targets).find((target) => target.id === id);
  if (!found) throw new Error(`the target ${id} is not in this version`);
  return found;
}
