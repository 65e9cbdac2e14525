import { describePredecessors } from './facts/replacement.ts';
import { factsOf } from './facts.ts';
import { planCases } from './plan-cases.ts';
import { refusedPlans } from './refusals.ts';
import { testPlans } from './test-plans.ts';

testPlans({
  id: 'ecs-alb',
  cases: planCases,
  specs: 'test/targets/ecs-alb-specs.ts',
  factsOf,
  refusedPlans,
  replaced: { in: 'existing', describeState: describePredecessors },
});
