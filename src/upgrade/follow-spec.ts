/** What a changed Spec means for files that stand where the former one had them, and for whoever runs the repo. */
import { join } from 'node:path';
import type { Contract } from '../contract/contract.ts';
import { servicesOf } from '../contract/services-of.ts';
import { UserError } from '../errors.ts';
import type { Move, Rename } from '../plan/upgrade-plan.ts';
import { readSpec } from '../spec/read-spec.ts';
import type { Spec, WorkloadSpec } from '../spec/spec.ts';
import { quotePath } from '../steps/quote-path.ts';
import { findTarget } from '../targets/targets.ts';
import type { Disk } from '../tree/disk.ts';
import type { Project } from './read-project.ts';

export interface SpecChange {
  renames: readonly Rename[];
  moves: readonly Move[];
}

/** The former Spec is the one that was rendered last. Where this version cannot read it, nothing is said. */
export function followSpec(project: Project, directory: string, disk: Disk): SpecChange {
  const before = readFormer(project);
  if (before === undefined) return { renames: [], moves: [] };
  const renamed = findRenamed(before, project);
  const moved = listServiceMoves(before, project);
  const folders = renamed.map(({ from, to }) => ({ from: `${nameFolder(from)}/`, to: `${nameFolder(to)}/` }));
  const left = renamed.flatMap((rename) => nameOwnFiles(rename, project, directory, disk));
  const exchanged = nameExchanged(before, project);
  return {
    renames: [...folders, ...moved],
    moves: [...exchanged, ...listTargetMoves(before, project), ...left, ...nameReadme(before, project)],
  };
}

function readFormer({ manifest }: Project): Spec | undefined {
  try {
    return readSpec(manifest.base.get('grpc-aws.json') ?? '', 'grpc-aws.json');
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function listTargetMoves(before: Spec, { spec, contract }: Project): readonly Move[] {
  const [old, target] = [findTarget(before.target), findTarget(spec.target)];
  const [left, reached] = [
    { spec: before, topology: old.derive(before, contract) },
    { spec, topology: target.derive(spec, contract) },
  ];
  if (old.platform === target.platform) return target.platform?.listMoves(left, reached) ?? [];
  return [
    ...(old.platform?.listMoves(left, undefined) ?? []),
    ...(target.platform?.listMoves(undefined, reached) ?? []),
  ];
}

/** It is seeded: no later rendering touches it, whatever it tells. */
function nameReadme(before: Spec, { spec }: Project): Move[] {
  const isSame = before.target === spec.target && before.iac === spec.iac;
  const message = 'README.md is yours and stays as it is: see whether what it says of deploying still holds.';
  return isSame ? [] : [{ when: 'after', message, commands: [] }];
}

/** Workloads that serve under a new name what another one served, and nothing else. */
function findRenamed(before: Spec, { spec, contract }: Project): Rename[] {
  const isIn = ({ name }: WorkloadSpec, { workloads }: Spec) => workloads.some((other) => other.name === name);
  const [gone, added] = [
    before.workloads.filter((workload) => !isIn(workload, spec)),
    spec.workloads.filter((workload) => !isIn(workload, before)),
  ];
  const serves = (workload: WorkloadSpec) => joinServices(workload, contract);
  return gone.flatMap((old) => {
    const same = added.filter((one) => serves(one) !== '' && serves(one) === serves(old));
    return same.map(({ name }) => ({ from: old.name, to: name }));
  });
}

/**
 * Workloads under the name of another one that was there: two that swapped names, or several that moved on by one. It may be
 * services that moved instead, and the same words of the Spec ask for both.
 */
function nameExchanged(before: Spec, { spec, contract }: Project): Move[] {
  const pairs = spec.workloads.flatMap((now) => {
    const served = joinServices(now, contract);
    const former = before.workloads.find((old) => served !== '' && joinServices(old, contract) === served);
    const isTaken = before.workloads.some(({ name }) => name === now.name);
    return former === undefined || former.name === now.name || !isTaken
      ? []
      : [`${now.name} what ${former.name} served`];
  });
  if (pairs.length === 0) return [];
  const message = `To serve from now on: ${pairs.join(', ')}. Handlers and their tests go along; settings.ts, edits of main.ts and your other files stay under the name that they have. If the workloads are to change names, this mixes them: take the change of grpc-aws.json back, and rename one after the other, by way of a name that is free, with an upgrade after each.`;
  return [{ when: 'before', message, commands: [] }];
}

function joinServices({ protos }: WorkloadSpec, contract: Contract): string {
  return servicesOf(protos, contract)
    .map(({ fullName }) => fullName)
    .join();
}

/** Handlers and tests go where their service is served now. */
function listServiceMoves(before: Spec, { spec, contract }: Project): Rename[] {
  const ownersIn = ({ workloads }: Spec) =>
    new Map(
      workloads.flatMap(({ name, protos }) =>
        servicesOf(protos, contract).map(({ fullName }) => [fullName, name] as const),
      ),
    );
  const [old, now] = [ownersIn(before), ownersIn(spec)];
  return [...old].flatMap(([service, workload]) => {
    const to = now.get(service);
    if (to === undefined || to === workload) return [];
    return ['.ts', '.test.ts'].map((end) => ({
      from: `${nameFolder(workload)}/${service}${end}`,
      to: `${nameFolder(to)}/${service}${end}`,
    }));
  });
}

/** What the user put beside the handlers of a workload: it is not ours to move, and they import it. */
function nameOwnFiles({ from, to }: Rename, { manifest }: Project, directory: string, disk: Disk): Move[] {
  const [old, now] = [nameFolder(from), nameFolder(to)];
  if (disk.identify(join(directory, old)) !== 'folder') return [];
  const own = disk.list(join(directory, old)).filter(({ name, kind }) => {
    const path = `${old}/${name}`;
    return kind === 'folder' || !manifest.files.has(path);
  });
  if (own.length === 0) return [];
  const names = own.map(({ name }) => quotePath(`${old}/${name}`)).join(' ');
  const message = `${from} is ${to} now: its handlers move to ${now}/, and what is yours beside them is for you to move.`;
  return [{ when: 'after', message, commands: [`mv ${names} ${now}/`] }];
}

function nameFolder(workload: string): string {
  return `src/workloads/${workload}`;
}
