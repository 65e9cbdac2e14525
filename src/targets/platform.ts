/** Where targets run that make the same things under the same names: what a change of the Spec leaves to do by hand there. */
import type { Spec } from '../spec/spec.ts';
import type { Topology } from '../topology/model.ts';
import type { Move } from './move.ts';

/** A repo as it was rendered, or is to be. */
export interface Stand {
  spec: Spec;
  topology: Topology;
}

export interface Platform {
  /**
   * `before` is undefined where the repo comes to this platform, `now` where it leaves it. From one target of the platform to
   * another is a change like any other: what differs is in the Topologies.
   */
  listMoves(before: Stand | undefined, now: Stand | undefined): readonly Move[];
}
