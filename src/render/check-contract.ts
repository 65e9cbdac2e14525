/** What a Contract may hold and an emitted server cannot serve, said before anything is written. */
import type { Contract, Service } from '../contract/contract.ts';
import { exitCode, type Fault, UserError } from '../errors.ts';
import { standardServices } from '../topology/pieces.ts';
import { nameMethodKey } from './naming.ts';

/**
 * @throws {UserError} (refused) for a service that the server's own modules declare, and for two methods of one
 * service whose names differ in the case of the first letter only: generated code calls both the same,
 * and for one whose handler would be another file of its workload
 */
export function refuseUnservable({ services }: Contract): void {
  const faults = services.flatMap((service) => [
    ...findOwnService(service),
    ...findFileClash(service),
    ...findTwins(service),
  ]);
  if (faults.length > 0) throw new UserError(exitCode.refused, faults);
}

/** @throws {UserError} (refused) for what the target says that it cannot serve */
export function refuseUnservableThere(faults: readonly Fault[] = []): void {
  if (faults.length > 0) throw new UserError(exitCode.refused, faults);
}

function findOwnService({ fullName, file }: Service): Fault[] {
  if (!(standardServices as readonly string[]).includes(fullName)) return [];
  const message = `declares ${fullName}, which every emitted server declares and answers itself`;
  return [{ at: file, message, hint: `Leave ${file} out, and what imports it.` }];
}

/** Handlers are named by their services, and stand beside these two files of every workload. */
function findFileClash({ fullName, file }: Service): Fault[] {
  if (!['main', 'settings'].includes(fullName.toLowerCase())) return [];
  const message = `the handler of the service ${fullName} would take the place of ${fullName.toLowerCase()}.ts`;
  return [{ at: file, message, hint: `Give ${file} a package, or the service another name.` }];
}

function findTwins({ fullName, file, methods }: Service): Fault[] {
  const first = new Map<string, string>();
  return methods.flatMap(({ name }, index) => {
    const key = nameMethodKey(methods[index]!);
    const twin = first.get(key);
    if (twin === undefined) first.set(key, name);
    return twin === undefined
      ? []
      : [
          {
            at: file,
            message: `${fullName} has the methods ${twin} and ${name}, and TypeScript would call both ${key}`,
            hint: `Rename one of them in ${file}.`,
          },
        ];
  });
}
