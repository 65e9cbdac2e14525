/** The one shape of a target: what it is called, how a call reaches a server there, which templates print it. */
import type { Contract } from '../contract/contract.ts';
import type { Spec, TargetId } from '../spec/spec.ts';
import type { Topology } from '../topology/model.ts';
import type { Timings } from '../topology/timings.ts';

export interface Target {
  id: TargetId;
  title: string;
  /** One sentence for prompts, `targets` and the docs. */
  summary: string;
  timings: Timings;
  derive(spec: Spec, contract: Contract): Topology;
  /** Folders of `templates/` laid over the base, in order; a later one wins. */
  overlays: readonly string[];
}
