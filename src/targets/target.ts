/** The one shape of a target: how a call reaches a server there, and which templates print it. */
import type { Contract } from '../contract/contract.ts';
import type { Fault } from '../errors.ts';
import type { Spec, TargetId } from '../spec/spec.ts';
import type { Topology } from '../topology/model.ts';
import type { Timings } from '../topology/timings.ts';
import type { EarlierTexts } from './network-ranges.ts';
import type { Platform } from './platform.ts';

export interface Target {
  id: TargetId;
  timings: Timings;
  /** Folders of `templates/` laid over base and server, in order; a later one wins. */
  overlays(spec: Spec): readonly string[];
  /** What can be served, and not there: every rendering asks, whichever door it came through. */
  check?(spec: Spec, contract: Contract): readonly Fault[];
  derive(spec: Spec, contract: Contract): Topology;
  /** Those of the repo beside the workloads' own. */
  images?: readonly CompanionImage[];
  /** Shared by the targets of one place, which a repo changes between without leaving it. Absent: nothing is left by hand. */
  platform?: Platform;
  /** What its own templates print, as `{{target.…}}`: strings, flags, lists and objects of these. */
  describe(spec: Spec, topology: Topology): object;
  /** Files of which there is one for each of something, each with what its template prints. */
  repeat?(spec: Spec, earlier: EarlierTexts): readonly RepeatedFile[];
  /** The folder of a repo that is there whose files `repeat` has to know, for what it must not change. */
  remembers?: string;
}

/** An image that is built from a folder of the repo and runs no workload. */
export interface CompanionImage {
  /** Its container's, and its repository's after the project's. */
  name: string;
  /** Relative to the repo, with a Dockerfile, and with `compose.conf` in place of its configuration where Compose starts it. */
  context: string;
  /** What runs in it, in words. */
  title: string;
  /** Where it has its configuration: an absolute path. */
  configuration: string;
}

export interface RepeatedFile {
  path: string;
  template: string;
  view: object;
}
