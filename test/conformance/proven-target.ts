/** A target whose plans are held to facts: its repos, the facts, and what its plans refuse. */
import type { Fact } from './fact.ts';
import type { CaseKey, PlanCase } from './plan-cases.ts';
import type { RefusedPlan } from './refusals.ts';

/** `replacement`: the plan of an environment in which things are there already that have to be replaced. */
export type PlanKind = 'environment' | 'bootstrap' | 'replacement';

export type FactsOf = Readonly<Record<PlanKind, readonly Fact[]>>;

export const planKinds: readonly PlanKind[] = ['environment', 'bootstrap', 'replacement'];

export interface ProvenTarget {
  id: string;
  cases: readonly PlanCase[];
  /** The file of the repos among its tests. */
  specs: string;
  factsOf: FactsOf;
  refusedPlans: readonly RefusedPlan[];
  /** Whose environment is planned over a state with predecessors, and that state. */
  replaced: { in: CaseKey; describeState(registry: string): string };
}

export function listFacts({ factsOf }: Pick<ProvenTarget, 'factsOf'>): Fact[] {
  return planKinds.flatMap((kind) => factsOf[kind]);
}
