/** A service more: one that a workload is to serve, whether its proto is there, is brought along or is yet to be written. */
import { join } from 'node:path';
import type { ProtoDisk } from '../contract/collect-protos.ts';
import type { Contract, ProtoFile } from '../contract/contract.ts';
import { servicesOf } from '../contract/services-of.ts';
import { exitCode, UserError } from '../errors.ts';
import { checkSpec } from '../spec/check-spec.ts';
import { findNearest } from '../spec/find-nearest.ts';
import type { Spec } from '../spec/spec.ts';
import type { Disk } from '../tree/disk.ts';
import { bringProtos } from './bring-protos.ts';
import type { Draft } from './draft.ts';
import { listSeeds, renderHint } from './draft-workload.ts';
import { type Project, readContract } from './read-project.ts';

interface ServiceAddition {
  fullName: string;
  workload?: string;
  protos: readonly string[];
}

interface ServicePorts {
  typedDisk: ProtoDisk;
  chooseWorkload?(names: readonly string[]): Promise<string>;
  disk: Disk;
  /** Of the repo. */
  directory: string;
}

/** @throws UserError for a service that is served, a workload that is not there, protos that do not declare it */
export async function draftService(project: Project, addition: ServiceAddition, ports: ServicePorts): Promise<Draft> {
  const { fullName, workload: wanted } = addition;
  refuseUnknown(wanted, fullName, project.spec);
  const owner = findOwner(fullName, project.spec, project.contract);
  if (owner !== undefined) {
    const lost = findLost(fullName, owner, project.contract, ports);
    if (lost.length > 0 && (wanted ?? owner) === owner) return { project, samples: new Set(), fresh: new Set(lost) };
    const message = `the workload ${owner} serves it already`;
    throw new UserError(exitCode.usage, { at: fullName, message, hint: renderHint });
  }
  const source = await findSource(project, addition, ports.typedDisk);
  const contract = source.added.length > 0 ? await readContract(source.protos) : project.contract;
  // A folder that a workload serves brings it what is new there.
  const covering = findOwner(fullName, project.spec, contract);
  refuseCovered(fullName, wanted, covering);
  const workload = covering ?? wanted ?? (await chooseWorkload(project.spec, fullName, ports));
  const spec = serve(project.spec, workload, source, contract);
  const fresh = [
    ...source.added.map((path) => `proto/${path}`),
    ...listSeeds(workload, contract, source.entries).filter((path) => path.includes(`/${fullName}.`)),
  ];
  const draft = { ...project, spec, contract, protos: source.protos };
  return { project: draft, samples: new Set(), fresh: new Set(fresh) };
}

/** The handler of a service that is served, and its test with it: what the user deleted comes back where it is asked for. */
function findLost(fullName: string, owner: string, contract: Contract, { disk, directory }: ServicePorts): string[] {
  const file = contract.services.find((service) => service.fullName === fullName)?.file ?? '';
  const seeds = listSeeds(owner, contract, [file]).filter((path) => path.includes(`/${fullName}.`));
  const isThere = disk.identify(join(directory, `src/workloads/${owner}/${fullName}.ts`)) !== 'nothing';
  return isThere ? [] : seeds;
}

interface Source {
  /** All of the repo. */
  protos: readonly ProtoFile[];
  added: readonly string[];
  entries: readonly string[];
  unlinted: readonly string[];
}

async function findSource(
  { protos, contract }: Project,
  { fullName, workload = 'it', protos: typed }: ServiceAddition,
  disk: ProtoDisk,
): Promise<Source> {
  if (typed.length > 0) {
    const brought = await bringProtos({ protos }, { name: workload, protos: typed }, disk);
    refuseUndeclared(fullName, brought.contract, typed);
    return brought;
  }
  const declared = contract.services.find((service) => service.fullName === fullName);
  if (declared !== undefined) return { protos, added: [], entries: [declared.file], unlinted: [] };
  const { stubService } = await import('../contract/service-stub.ts');
  const stub = stubService(fullName, protos);
  const folder = stub.path.slice(0, stub.path.lastIndexOf('/'));
  const isAlone = !protos.some(({ path }) => path.startsWith(`${folder}/`));
  return {
    protos: [...protos, stub].sort((a, b) => (a.path < b.path ? -1 : 1)),
    added: [stub.path],
    entries: [isAlone ? folder : stub.path],
    unlinted: [],
  };
}

function refuseUnknown(wanted: string | undefined, fullName: string, { workloads }: Spec): void {
  const names = workloads.map(({ name }) => name);
  if (wanted === undefined || names.includes(wanted)) return;
  const nearest = findNearest(wanted, names);
  throw new UserError(exitCode.usage, {
    at: `--workload ${wanted}`,
    message: `there is no workload of that name; there is: ${names.join(', ')}`,
    hint:
      nearest === undefined
        ? `Add it first, \`add workload ${wanted}\`, or name one that is there.`
        : `Did you mean \`add service ${fullName} --workload ${nearest}\`?`,
  });
}

function refuseUndeclared(fullName: string, { services }: Contract, typed: readonly string[]): void {
  const names = services.map((service) => service.fullName);
  if (names.includes(fullName)) return;
  const nearest = findNearest(fullName, names) ?? names[0];
  throw new UserError(exitCode.usage, {
    at: fullName,
    message: `${typed.join(', ')} declares no service of that name; it declares: ${names.join(', ')}`,
    hint: `Say which one: \`add service ${nearest} --proto ${typed[0]}\`.`,
  });
}

function refuseCovered(fullName: string, wanted: string | undefined, covering: string | undefined): void {
  if (wanted === undefined || covering === undefined || wanted === covering) return;
  throw new UserError(exitCode.usage, {
    at: `--workload ${wanted}`,
    message: `${fullName} would stand in a folder of which the workload ${covering} serves all`,
    hint: `Leave it to ${covering}, \`--workload ${covering}\`, or give it another package.`,
  });
}

async function chooseWorkload(
  { workloads }: Spec,
  fullName: string,
  { chooseWorkload: ask }: ServicePorts,
): Promise<string> {
  const names = workloads.map(({ name }) => name);
  const [only, another] = names;
  if (only !== undefined && another === undefined) return only;
  if (ask !== undefined) return ask(names);
  throw new UserError(exitCode.usage, {
    message: `--workload is missing, and there are several: ${names.join(', ')}`,
    hint: `Say which one serves it: \`add service ${fullName} --workload ${only}\`.`,
  });
}

/** Which workload's folders and files hold it. */
function findOwner(fullName: string, { workloads }: Spec, contract: Contract): string | undefined {
  const serves = (protos: readonly string[]) =>
    servicesOf(protos, contract).some((service) => service.fullName === fullName);
  return workloads.find(({ protos }) => serves(protos))?.name;
}

/** What it serves already is not said twice. */
function serve(spec: Spec, name: string, { entries, unlinted }: Source, contract: Contract): Spec {
  const workloads = spec.workloads.map((workload) => {
    if (workload.name !== name) return workload;
    const served = new Set(servicesOf(workload.protos, contract));
    const more = entries.filter((entry) => servicesOf([entry], contract).some((service) => !served.has(service)));
    return { ...workload, protos: [...workload.protos, ...more] };
  });
  return checkSpec({ ...spec, workloads, unlinted: [...new Set([...(spec.unlinted ?? []), ...unlinted])] });
}
