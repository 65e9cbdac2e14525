/** Adds a workload or a service: its Spec, protos and code in one plan, with whatever else rendering anew brings. */
import type { ProtoDisk } from '../contract/collect-protos.ts';
import { draftService } from './draft-service.ts';
import { draftWorkload } from './draft-workload.ts';
import type { UpgradePorts } from './ports.ts';
import { type Upgrade, type UpgradeRequest, upgrade } from './upgrade.ts';

/** `protos` are files and folders as typed; none: a workload begins with the sample, a service with a stub. */
export type Addition =
  | { kind: 'workload'; name: string; protos: readonly string[] }
  /** Without a workload: the one that there is, or the one that is chosen. */
  | { kind: 'service'; fullName: string; workload?: string; protos: readonly string[] };

export interface AddRequest extends Omit<UpgradeRequest, 'check'> {
  addition: Addition;
}

export interface AddPorts extends UpgradePorts {
  /** Where typed paths are found. */
  typedDisk: ProtoDisk;
  /** Which of several workloads serves a new service. Absent: nobody can be asked. */
  chooseWorkload?(names: readonly string[]): Promise<string>;
}

/** Throws `UserError` as `upgrade` does, and for what is there already or cannot be had. */
export function add({ addition, ...request }: AddRequest, ports: AddPorts): Promise<Upgrade> {
  return upgrade({ ...request, check: false }, ports, (project) =>
    addition.kind === 'workload'
      ? draftWorkload(project, addition, ports)
      : draftService(project, addition, { ...ports, directory: request.directory }),
  );
}
