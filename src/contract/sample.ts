/** The API that a workload gets when no `.proto` is given: a service with all four kinds of method. */
import { namePackagePart, namePascal } from '../spec/names.ts';
import type { Contract, Method, Service, StreamingKind } from './contract.ts';

/** The sample of one workload: what its rendered `.proto` parses to (a test holds the two together). */
export function sampleService(workload: string): Service {
  const part = namePackagePart(workload);
  const pkg = `${part}.v1`;
  const name = `${namePascal(workload)}Service`;
  const method = (verb: string, kind: StreamingKind): Method => ({
    name: verb,
    kind,
    input: `${pkg}.${verb}Request`,
    output: `${pkg}.${verb}Response`,
  });
  return {
    name,
    fullName: `${pkg}.${name}`,
    package: pkg,
    file: `${samplePath(workload)}/${part}.proto`,
    methods: [
      method('Get', 'unary'),
      method('Watch', 'server-streaming'),
      method('Collect', 'client-streaming'),
      method('Exchange', 'bidi-streaming'),
    ],
  };
}

/** The folder of the sample in the buf module: what the workload's `protos` says. */
export function samplePath(workload: string): string {
  return `${namePackagePart(workload)}/v1`;
}

/** What a project without protos promises: one sample for each of these workloads. */
export function sampleContract(workloads: readonly string[]): Contract {
  const services = workloads.map(sampleService);
  return { services: services.sort((a, b) => (a.fullName < b.fullName ? -1 : 1)) };
}
