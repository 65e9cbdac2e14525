import { expect, test } from 'vitest';
import { notOfBootstrap, notOfTemplates, sharedFacts } from './cloudformation/shared-facts.ts';
import { testTemplates } from './cloudformation/test-templates.ts';
import { factsOf } from './facts.ts';
import { planCases } from './plan-cases.ts';

testTemplates({
  cases: planCases,
  facts: { environment: sharedFacts('ecs-alb', 'environment'), bootstrap: sharedFacts('ecs-alb', 'bootstrap') },
  unbroken: [
    'logs/awslogs',
    'network/left-alone',
    'own/quotas',
    'roles/no-managed-policy',
    'secrets/unknown',
    'whole/tags',
  ],
});

test('what templates are not asked is a fact that there is', () => {
  const known = Object.values(factsOf).flatMap((facts) => facts.map(({ id }) => id));
  const left = Object.keys({ ...notOfTemplates, ...notOfBootstrap });
  expect(left.filter((id) => !known.includes(id))).toEqual([]);
});
