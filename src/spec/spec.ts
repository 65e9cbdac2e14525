/** What the user asks for: the data of `grpc-aws.json`. */

export type TargetId = 'local';

export interface Spec {
  /** A DNS label: the project, and the one workload's name where no other is given. */
  name: string;
  target: TargetId;
  /** At least one, in order of declaration. */
  workloads: readonly WorkloadSpec[];
  /** Files and folders below `proto/` that `buf lint` leaves alone, because they were not written for this repo. */
  unlinted?: readonly string[];
}

/** One deployable server with its own image. */
export interface WorkloadSpec {
  /** A DNS label, unique in the project. */
  name: string;
  /** Files and folders of the buf module (relative to `proto/`, with `/`) whose services it serves. */
  protos: readonly string[];
}
