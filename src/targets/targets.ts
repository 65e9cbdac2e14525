/** Every target that this version offers, and those that are about to be. Their words are in `src/spec/`. */
import type { OfferedTargetId } from '../spec/offered-targets.ts';
import type { TargetId } from '../spec/spec.ts';
import { ecsAlb } from './ecs-alb.ts';
import { ecsNlbNginx } from './ecs-nlb-nginx.ts';
import { local } from './local.ts';
import type { Target } from './target.ts';

export const targets: Readonly<Record<OfferedTargetId, Target>> = { local, 'ecs-alb': ecsAlb };

/** Derived and tested, and offered by no door until their proof is whole; their templates stay out of what is shipped. */
export const unprovenTargets: readonly Target[] = [ecsNlbNginx];

/** Whether a template is of such a target alone: a folder of its name, or one that begins with it. */
export function isUnproven(template: string): boolean {
  return unprovenTargets.some(({ id }) => template.startsWith(`${id}/`) || template.startsWith(`${id}-`));
}

/** The target of a Spec that was checked: the checks refuse whatever is not offered. */
export function findTarget(id: TargetId): Target {
  const found = Object.values(targets).find((target) => target.id === id);
  if (!found) throw new Error(`the target ${id} is not in this version`);
  return found;
}
