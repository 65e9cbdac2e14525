/** The shape of a fact: a sentence about a plan, the check that holds the plan to it, and the edits that break it. */
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import type { Topology } from '../../src/topology/model.ts';
import type { Timings } from '../../src/topology/timings.ts';
import type { Plan } from './plan.ts';
import type { CaseKey, PlanCase } from './plan-cases.ts';

export interface Fact {
  /** `room/fact`, unique. */
  id: string;
  /** A sentence. */
  fact: string;
  /** Where it comes from, if it is not our own choice. */
  source?: string;
  /** What is wrong with the plan, a sentence each. */
  check(proof: Proof): string[];
  /** By hand, as somebody would break it. */
  breaks: readonly [Mutation, ...Mutation[]];
}

/** A plan, and what it is to be held to. */
export interface Proof {
  plan: Plan;
  case: PlanCase;
  spec: FullSpec;
  topology: Topology;
  timings: Timings;
  /** Of an environment's plan; the last environment is production. */
  environment: string;
  production: boolean;
  /** What clients of this environment dial. */
  hostname: string;
  /** `<project>-<environment>`. */
  name: string;
  /** The plan of bootstrap/, once it is applied: with every value. */
  bootstrap: Plan;
  /** Of a network that is there already. */
  subnets: { public?: string[]; private?: string[] };
}

/** One edit of an emitted file. White space of `from` stands for any. */
export interface Edit {
  /** Relative to `infra/`. */
  file: string;
  /** Found exactly once. */
  from: string;
  to: string;
}

export interface Mutation extends Edit {
  /** The repo that is edited; the one with everything on, unless said otherwise. */
  in?: CaseKey;
  /** A part of what the check then says. */
  says: string;
  /** Further edits that belong to it. */
  also?: readonly Edit[];
  /** Planned only together with others of the same name: it would change too much under them. */
  apart?: string;
}

export const account = '123456789012';
/** What is deployed: a commit. */
export const imageTag = '1'.repeat(40);
