/** Which facts of Terraform's plans are not asked of templates, and why not; all others are. */
import type { Fact } from '../fact.ts';
import { factsOf } from '../facts.ts';
import { factsOfNlb } from '../facts-of-nlb.ts';
import type { FactsOf } from '../proven-target.ts';

const applied = 'it is about how Terraform applies a plan';

/** `own/…` is the fact that says it of templates. */
export const notOfTemplates: Readonly<Record<string, string>> = {
  'edge/subnets': 'its expression has three locals; own/places',
  'edge/validation': 'CloudFormation writes the record itself; own/certificate',
  'routes/new-before-old': 'CloudFormation deletes after everything else was made; own/rules-by-content',
  'services/private': 'its expression has one local; own/places',
  'services/steady': 'CloudFormation always waits for a service to be steady',
  'scaling/range': 'a number that is said would be set again at each update; own/scaling',
  'network/default-group': 'CloudFormation cannot take over the group that AWS makes',
  'whole/provider': applied,
};

/** Of bootstrap: what is about Terraform's state has nothing to be asked of. */
export const notOfBootstrap: Readonly<Record<string, string>> = {
  'bootstrap/state': 'there is no state',
  'bootstrap/locks': 'there is no state',
  'bootstrap/plans-read': 'whoever plans makes a change set; own/plans-change-nothing',
  'bootstrap/out-of-reach': 'it looks for an expression too; own/out-of-reach',
};

const factsOfTargets: Readonly<Record<string, FactsOf>> = { 'ecs-alb': factsOf, 'ecs-nlb-nginx': factsOfNlb };

export function sharedFacts(target: string, kind: 'environment' | 'bootstrap'): readonly Fact[] {
  const left = kind === 'environment' ? notOfTemplates : notOfBootstrap;
  return factsOfTargets[target]![kind].filter(({ id }) => !Object.hasOwn(left, id));
}
