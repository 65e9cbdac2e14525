/** Reads an emitted repo: what it asks for, what its protos promise, and what was emitted last. Refuses what is damaged. */
import { dirname, join, relative } from 'node:path';
import type { Contract, ProtoFile } from '../contract/contract.ts';
import { decodeText } from '../contract/decode-text.ts';
import { exitCode, type Fault, UserError } from '../errors.ts';
import { isVersion } from '../manifest/is-version.ts';
import { basePath, type Manifest, manifestPath } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { refuseNewer } from '../manifest/refuse-newer.ts';
import { compareVersions } from '../plan/compare-versions.ts';
import { readSpec } from '../spec/read-spec.ts';
import type { Spec } from '../spec/spec.ts';
import { quotePath } from '../steps/quote-path.ts';
import type { EarlierTexts } from '../targets/network-ranges.ts';
import { findTarget } from '../targets/targets.ts';
import { findPathFaults } from '../tree/check-paths.ts';
import type { Disk } from '../tree/disk.ts';
import { hasMarkers } from './conflict-markers.ts';
import { openGit } from './git.ts';
import { type UpgradePorts, upgradeCommand } from './ports.ts';
import { readProtos } from './read-protos.ts';

export interface Project {
  spec: Spec;
  contract: Contract;
  protos: readonly ProtoFile[];
  manifest: Manifest;
  /** What the files were that the target remembers. */
  earlier: EarlierTexts;
}

const specPath = 'grpc-aws.json';

type ReadingPorts = Pick<UpgradePorts, 'disk' | 'protoDisk' | 'toolVersion' | 'runProgram' | 'signal'>;

/** @throws UserError whose hints bring back what is missing or damaged */
export async function readProject(directory: string, ports: ReadingPorts): Promise<Project> {
  const { disk, protoDisk, toolVersion } = ports;
  refuseOtherFolder(directory, disk);
  await refuseEjected(directory, ports);
  const manifestText = readOwn(manifestPath, directory, disk);
  refuseOlderTool(manifestText, toolVersion);
  refuseStrangePaths(manifestText);
  const manifest = readManifest(manifestText, readOwn(basePath, directory, disk));
  const spec = readSpec(readOwn(specPath, directory, disk), specPath);
  const protos = readProtos(join(directory, 'proto'), protoDisk);
  return {
    spec,
    protos,
    manifest,
    contract: await readContract(protos),
    earlier: readEarlier(directory, spec, manifest, disk),
  };
}

/** Of the target's folder, whoever wrote what is in it: a file that went from disk is known by what was emitted. */
function readEarlier(directory: string, spec: Spec, { base }: Manifest, disk: Disk): EarlierTexts {
  const folder = findTarget(spec.target).remembers;
  if (folder === undefined) return new Map();
  const earlier = new Map(
    [...base].filter(([path]) => path.startsWith(`${folder}/`)).map(([path, text]) => [path, [text]] as const),
  );
  if (disk.identify(join(directory, folder)) !== 'folder') return earlier;
  const texts = disk
    .list(join(directory, folder))
    .filter(({ kind }) => kind === 'file')
    .map(({ name }) => {
      const path = `${folder}/${name}`;
      const text = new TextDecoder().decode(disk.read(join(directory, path)));
      return [path, [...(earlier.get(path) ?? []), text]] as const;
    });
  return new Map([...earlier, ...texts]);
}

/** What the protos of a repo promise. The reader of protos is loaded only when it is needed. */
export async function readContract(protos: readonly ProtoFile[]): Promise<Contract> {
  const { parseContract } = await import('../contract/parse-contract.ts');
  try {
    return parseContract(protos);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const faults = error.faults.map((fault) =>
      fault.at === undefined ? fault : { ...fault, at: `proto/${fault.at}` },
    );
    throw new UserError(error.code, faults, { cause: error });
  }
}

/** @throws UserError (refused) where no repo of ours is, with the way to one that is further up */
export function refuseOtherFolder(directory: string, disk: Disk): void {
  const has = (folder: string, path: string) => disk.identify(join(folder, path)) !== 'nothing';
  const isEmitted = (folder: string) => has(folder, specPath) || has(folder, manifestPath);
  if (isEmitted(directory)) return;
  const message = `this is no repo that create-grpc-aws made: there is no ${specPath}`;
  for (let folder = dirname(directory); folder !== dirname(folder); folder = dirname(folder)) {
    if (isEmitted(folder)) {
      const way = relative(directory, folder).replaceAll('\\', '/');
      throw refuse({
        at: directory,
        message: `${message}; one is further up`,
        hint: `Go there: \`cd ${quotePath(way)}\`.`,
      });
    }
  }
  const hint = 'Go to the folder of one and run it there, or make one: `npm create grpc-aws orders`.';
  throw refuse({ at: directory, message, hint });
}

/** Eject leaves no trace of the tool but the file that scripts of the repo read, without its schema. */
async function refuseEjected(directory: string, ports: ReadingPorts): Promise<void> {
  const { disk } = ports;
  const place = join(directory, specPath);
  if (disk.identify(join(directory, dirname(manifestPath))) !== 'nothing' || disk.identify(place) !== 'file') return;
  if (new TextDecoder().decode(disk.read(place)).includes('"$schema"')) return;
  const message = 'this repo left create-grpc-aws (`eject`), and goes on without it';
  throw refuse({ at: directory, message, hint: await nameWayBack(directory, ports) });
}

/** Besides what it removes, that other files speak of. */
const ejectedFiles = [
  specPath,
  'package.json',
  '.dockerignore',
  '.gitattributes',
  '.github/workflows/build.yml',
  'Dockerfile',
  'renovate.json',
  '.projenrc.ts',
  '.projen/files.json',
  '.projen/tasks.json',
];

async function nameWayBack(directory: string, ports: ReadingPorts): Promise<string> {
  const { git } = await openGit(directory, ports);
  const uncommitted = await git?.listUncommitted([manifestPath, ...ejectedFiles]);
  if (uncommitted?.has(manifestPath)) {
    const paths = [dirname(manifestPath), ...ejectedFiles.filter((path) => uncommitted.has(path))];
    return `That is not committed yet. To have it back: \`git checkout HEAD -- ${paths.join(' ')}\`.`;
  }
  const log = `git log -1 --diff-filter=D --format=%h -- ${manifestPath}`;
  return `To have it back, revert the commit that this names: \`${log}\`.`;
}

/** The text of one of the three files that an upgrade begins with. */
function readOwn(path: string, directory: string, disk: Disk): string {
  const bringBack = `Bring back the last good one: \`git checkout HEAD -- ${path}\`.`;
  const kind = disk.identify(join(directory, path));
  if (kind === 'nothing') {
    const lacksAll = path === manifestPath && disk.identify(join(directory, basePath)) === 'nothing';
    const all = 'Bring it back: `git checkout HEAD -- .grpc-aws`.';
    throw refuse({ at: path, message: 'it is missing, and an upgrade needs it', hint: lacksAll ? all : bringBack });
  }
  if (kind !== 'file') {
    throw refuse({ at: path, message: `it is a ${kind === 'other' ? 'special file' : kind}`, hint: bringBack });
  }
  const text = decodeText(disk.read(join(directory, path)), path);
  if (typeof text !== 'string') throw refuse({ ...text, hint: bringBack });
  if (hasMarkers(text)) {
    throw refuse({ at: path, message: 'it is full of conflict markers', hint: path === specPath ? mend : settle });
  }
  return text;
}

const mend = `Choose between the sides in ${specPath}, then \`git add ${specPath}\`.`;
/** Either side will do: what the other one emitted is on disk, and the upgrade finds it there. */
const settle = `Take one side of both, then upgrade again: \`git checkout HEAD -- ${manifestPath} ${basePath}\`, \`${upgradeCommand}\`.`;

/** Read before all else: a newer version may well write what this one does not understand. */
function refuseOlderTool(manifestText: string, toolVersion: string): void {
  const { version } = parseObject(manifestText);
  if (!isVersion(version)) return;
  if (compareVersions(version, toolVersion) <= 0) return;
  throw refuseNewer(version, (writer) => ({
    at: manifestPath,
    message: `this repo was written by ${writer}, and this is ${toolVersion}`,
    hint: `Run that version, or a later one: \`npx create-grpc-aws@${writer} upgrade\`.`,
  }));
}

/** A list that was edited must not lead to files outside; the base, which has no such path, is not to blame for it. */
function refuseStrangePaths(manifestText: string): void {
  const { files } = parseObject(manifestText);
  if (typeof files !== 'object' || files === null) return;
  const faults = findPathFaults(Object.keys(files).sort());
  const [first] = faults;
  if (first === undefined) return;
  throw refuse({
    at: manifestPath,
    message: `its path ${JSON.stringify(first.at)} cannot be one of ours: ${first.message}`,
    hint: `Bring back the last good one: \`git checkout HEAD -- ${manifestPath}\`.`,
  });
}

/** Empty for what is none: that is refused when it is read. */
function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}

function refuse(fault: Fault): UserError {
  return new UserError(exitCode.refused, fault);
}
