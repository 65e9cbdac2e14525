/** From the paths a user typed to the buf module of the new repo: which files it gets, and who serves what. */
import { exitCode, type Fault, UserError } from '../errors.ts';
import type { Contract, ProtoFile } from './contract.ts';
import { findGivenProtos, type GivenProto, type ProtoAnswer } from './given-protos.ts';
import { linkContract } from './link-contract.ts';
import { byText } from './paths.ts';
import { type PlacedProtos, placeProtos } from './place-protos.ts';
import type { ProtoDisk } from './proto-disk.ts';
import { describeDoubleClaim } from './services-of.ts';
import { locate, type SourceFile } from './source-file.ts';
import { isWellKnown } from './well-known-types.ts';
import { listEntries, type ServedFile } from './workload-entries.ts';

export type { ProtoAnswer } from './given-protos.ts';
export type { ProtoDisk } from './proto-disk.ts';

export interface CollectedProtos {
  /** Everything that goes into `proto/`, in order of path. */
  files: readonly ProtoFile[];
  /** What `parseContract(files)` gives. */
  contract: Contract;
  /** As answered; `protos` is what the Spec keeps, `services` are full names in order. */
  workloads: readonly { name: string; protos: readonly string[]; services: readonly string[] }[];
  /** Paths of files that nobody named and others import: they are not the team's to lint. */
  imported: readonly string[];
  /** Those among them that came with the tool (google/api and its like). */
  googleApis: readonly string[];
  /** Well-known files that are imported; buf has them. */
  wellKnown: readonly string[];
}

/**
 * Finds each file's path in the module, brings what the files import, and checks that all of it is one contract.
 * @throws {UserError} with every fault of a kind at once; usage: an answer is wrong (no such path, nothing there,
 * two workloads serving one service); refused: a file is (unreadable, no proto, an import that is nowhere)
 */
export async function collectProtos({
  workloads,
  disk,
}: {
  workloads: readonly ProtoAnswer[];
  disk: ProtoDisk;
}): Promise<CollectedProtos> {
  const given = dropDependencies(findGivenProtos(workloads, disk));
  const placed = await placeProtos(mergeGiven([...given.values()].flat()), disk);
  if (placed.faults.length > 0) throw new UserError(exitCode.refused, placed.faults);
  refuseSilentWorkloads(workloads, given, placed, disk);
  refuseDoubleClaims(given, placed);
  const { contract, faults } = linkContract(placed.sources);
  if (faults.length > 0) throw new UserError(exitCode.refused, faults);

  const named = new Set([...given.values()].flat().map(({ real }) => placed.pathOf.get(real)));
  const imports = placed.sources.flatMap(({ declarations }) => declarations.imports.map(({ path }) => path));
  return {
    files: placed.sources.map(({ path, text }) => ({ path, text })),
    contract,
    workloads: workloads.map(({ name }) => describeWorkload(name, given.get(name) ?? [], placed)),
    imported: placed.sources.map(({ path }) => path).filter((path) => !named.has(path)),
    googleApis: placed.googleApis,
    wellKnown: [...new Set(imports.filter(isWellKnown))].sort(byText),
  };
}

/**
 * Copies in a named folder of what is not the team's: Google's files are there for others to import, and gRPC's own
 * health and reflection come with every emitted server.
 */
function dropDependencies(given: ReadonlyMap<string, readonly GivenProto[]>): Map<string, readonly GivenProto[]> {
  const copies =
    /\/(?:google\/(?:protobuf|protobuf\/compiler|api|rpc|rpc\/context|type|longrunning)|grpc\/(?:health|reflection)\/v1(?:alpha)?)\/[^/]+$/;
  const isOwn = ({ folder, path }: GivenProto): boolean => folder === undefined || !copies.test(path);
  return new Map([...given].map(([name, files]) => [name, files.filter(isOwn)]));
}

/** Files that several answers mean are placed once. */
function mergeGiven(files: readonly GivenProto[]): GivenProto[] {
  const byReal = new Map<string, GivenProto>();
  for (const file of files) if (!byReal.has(file.real)) byReal.set(file.real, file);
  return [...byReal.values()].sort((a, b) => byText(a.path, b.path));
}

function describeWorkload(
  name: string,
  given: readonly GivenProto[],
  placed: PlacedProtos,
): CollectedProtos['workloads'][number] {
  const served = listServed(given, placed);
  const own = new Set(served.map(({ path }) => path));
  const foreign = placed.sources.filter(({ path, declarations }) => declarations.services.length > 0 && !own.has(path));
  return {
    name,
    protos: listEntries(
      served,
      foreign.map(({ path }) => path),
    ),
    services: served.flatMap(({ source }) => source.declarations.services.map(({ fullName }) => fullName)).sort(byText),
  };
}

/** The given files that declare services. */
function listServed(
  given: readonly GivenProto[],
  { sources, pathOf }: PlacedProtos,
): (ServedFile & { source: SourceFile })[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return given.flatMap((one) => {
    const source = byPath.get(pathOf.get(one.real) ?? '');
    return source && source.declarations.services.length > 0 ? [{ given: one, path: source.path, source }] : [];
  });
}

function refuseSilentWorkloads(
  workloads: readonly ProtoAnswer[],
  given: ReadonlyMap<string, readonly GivenProto[]>,
  placed: PlacedProtos,
  disk: ProtoDisk,
): void {
  const faults: Fault[] = [];
  for (const { name, protos } of workloads) {
    if (protos.length === 0 || listServed(given.get(name) ?? [], placed).length > 0) continue;
    for (const typed of protos) {
      const path = disk.absolute(typed.replaceAll('\\', '/'));
      const what =
        disk.kind(path) === 'folder' ? 'holds no .proto file that declares a service' : 'declares no service';
      faults.push({
        message: `${what}, and the workload ${JSON.stringify(name)} has nothing else to serve`,
        at: disk.show(path),
        hint: 'Name the file or folder that declares the service: --proto PATH.',
      });
    }
  }
  if (faults.length > 0) throw new UserError(exitCode.refused, faults);
}

function refuseDoubleClaims(given: ReadonlyMap<string, readonly GivenProto[]>, placed: PlacedProtos): void {
  const owners = new Map<string, string>();
  const faults: Fault[] = [];
  for (const [workload, files] of given) {
    for (const { source } of listServed(files, placed)) {
      for (const { fullName, offset } of source.declarations.services) {
        const owner = owners.get(fullName) ?? workload;
        owners.set(fullName, owner);
        if (owner !== workload) faults.push(describeDoubleClaim(fullName, locate(source, offset), owner, workload));
      }
    }
  }
  if (faults.length > 0) throw new UserError(exitCode.usage, faults);
}
