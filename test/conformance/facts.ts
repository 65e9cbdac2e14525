/** Every fact that is asserted on the plans of ecs-alb, by the root of Terraform that it is about. */
import { alarmFacts } from './facts/alarms.ts';
import { bootstrapFacts } from './facts/bootstrap.ts';
import { edgeFacts } from './facts/edge.ts';
import { lawFacts } from './facts/laws.ts';
import { networkFacts } from './facts/network.ts';
import { reachFacts } from './facts/reach.ts';
import { replacementFacts } from './facts/replacement.ts';
import { roleFacts } from './facts/roles.ts';
import { routeFacts } from './facts/routes.ts';
import { serviceFacts } from './facts/services.ts';
import { sidecarFacts } from './facts/sidecars.ts';
import { targetFacts } from './facts/targets.ts';
import { taskFacts } from './facts/tasks.ts';
import { wholeFacts } from './facts/whole.ts';
import type { FactsOf } from './proven-target.ts';

export const factsOf: FactsOf = {
  environment: [
    ...edgeFacts,
    ...routeFacts,
    ...targetFacts,
    ...taskFacts,
    ...lawFacts,
    ...sidecarFacts,
    ...serviceFacts,
    ...networkFacts,
    ...roleFacts,
    ...alarmFacts,
    ...wholeFacts,
  ],
  bootstrap: [...bootstrapFacts, ...reachFacts],
  replacement: replacementFacts,
};
