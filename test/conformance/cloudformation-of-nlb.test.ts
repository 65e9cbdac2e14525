import { ecsNlbNginx } from '../../src/targets/ecs-nlb-nginx.ts';
import { ecsNlbNginxSpecs } from '../targets/ecs-nlb-nginx-specs.ts';
import { sharedFacts } from './cloudformation/shared-facts.ts';
import { testTemplates } from './cloudformation/test-templates.ts';
import { describeCases } from './plan-cases.ts';

testTemplates({
  cases: describeCases(ecsNlbNginx, ecsNlbNginxSpecs),
  facts: {
    environment: sharedFacts('ecs-nlb-nginx', 'environment'),
    bootstrap: sharedFacts('ecs-nlb-nginx', 'bootstrap'),
  },
  unbroken: [
    'flow/without-certificate',
    'logs/awslogs',
    'network/left-alone',
    'own/each-its-own',
    'own/quotas',
    'own/rules-by-content',
    'roles/no-managed-policy',
    'secrets/unknown',
    'whole/tags',
  ],
});
