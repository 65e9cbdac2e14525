/** What `protos` of the Spec says and what lies in proto/, held against each other: entries without files, services without a workload. */
import { servicesOf } from '../contract/services-of.ts';
import { exitCode, type Fault, UserError } from '../errors.ts';
import { findNearest } from '../spec/find-nearest.ts';
import type { Project } from './read-project.ts';

/** @throws UserError (refused) for each entry that leads to no file: a workload would silently serve less than is meant */
export function refuseDeadEntries({ spec, contract, protos }: Project): void {
  // Samples are in the contract before they are on disk.
  const files = [...protos.map(({ path }) => path), ...contract.services.map(({ file }) => file)];
  const places = [...new Set(files.flatMap(listPlaces))].sort();
  const faults = spec.workloads.flatMap(({ name, protos: entries }) =>
    entries
      .map((entry) => entry.replace(/\/+$/, ''))
      .filter((entry) => entry !== '.' && !places.includes(entry))
      .map((entry): Fault => {
        const nearest = findNearest(entry, places);
        const message = `the workload ${name} serves ${JSON.stringify(entry)}, and there is no such file or folder in proto/`;
        const leave = 'take the entry out, and the workload with it where it is the only one';
        const hint =
          nearest === undefined
            ? `Put the proto there, or ${leave}.`
            : `Did you mean ${JSON.stringify(nearest)}? Else ${leave}.`;
        return { at: 'grpc-aws.json', message, hint };
      }),
  );
  if (faults.length > 0) throw new UserError(exitCode.refused, faults);
}

/** A note where services are served by nobody; those of Google's protos are there to be imported. */
export function noteUnserved({ spec, contract }: Project): string[] {
  const served = new Set(spec.workloads.flatMap(({ protos }) => servicesOf(protos, contract)));
  const names = contract.services
    .filter((service) => !served.has(service) && !service.file.startsWith('google/'))
    .map(({ fullName }) => fullName);
  const [first, ...more] = names;
  if (first === undefined) return [];
  const verb = more.length === 0 ? 'is' : 'are';
  return [`${names.join(', ')} ${verb} served by no workload: \`npx create-grpc-aws add service ${first}\``];
}

/** A file, and each folder above it. */
function listPlaces(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
