/** Which services a workload serves: those declared in the files and folders that the Spec gives it. */
import { exitCode, type Fault, UserError } from '../errors.ts';
import type { Contract, Service } from './contract.ts';

/**
 * The services of one workload, in the contract's order.
 * @param protos files and folders of the buf module, relative to `proto/`, with `/`; `.` is the whole module
 */
export function servicesOf(protos: readonly string[], contract: Contract): readonly Service[] {
  const covers = protos.map((entry) => entry.replace(/\/+$/, ''));
  return contract.services.filter(({ file }) =>
    covers.some((entry) => entry === '.' || file === entry || file.startsWith(`${entry}/`)),
  );
}

export interface WorkloadProtos {
  name: string;
  protos: readonly string[];
}

/**
 * Every workload's services, by its name; what no workload claims is served by none.
 * @throws {UserError} (usage) where two workloads claim one service
 */
export function assignServices(
  workloads: readonly WorkloadProtos[],
  contract: Contract,
): ReadonlyMap<string, readonly Service[]> {
  const assigned = new Map(workloads.map(({ name, protos }) => [name, servicesOf(protos, contract)]));
  const owners = new Map<string, string>();
  const faults: Fault[] = [];
  for (const [workload, services] of assigned) {
    for (const { fullName, file } of services) {
      const owner = owners.get(fullName);
      if (owner === undefined) owners.set(fullName, workload);
      else faults.push(describeDoubleClaim(fullName, file, owner, workload));
    }
  }
  if (faults.length > 0) throw new UserError(exitCode.usage, faults);
  return assigned;
}

export function describeDoubleClaim(service: string, at: string, first: string, second: string): Fault {
  return {
    message: `the service ${service} is claimed by two workloads, ${JSON.stringify(first)} and ${JSON.stringify(second)}`,
    at,
    hint: `Leave it to one of them: name its file under one workload only, in "protos" of grpc-aws.json, or with a new project as in --workload ${first}=<file>.`,
  };
}
