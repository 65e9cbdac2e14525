/** From the paths a user typed to the `.proto` files they mean, each once. */
import { exitCode, type Fault, UserError } from '../errors.ts';
import { joinPath, nameOf, relativeTo } from './paths.ts';
import type { ProtoDisk } from './proto-disk.ts';

export interface ProtoAnswer {
  /** The workload's name. */
  name: string;
  /** Files and folders as typed; `\` is taken for `/`. None: the workload gets a sample. */
  protos: readonly string[];
}

export interface GivenProto {
  /** Absolute, links not followed. */
  path: string;
  /** Absolute, links followed: what makes two names one file. */
  real: string;
  /** The folder whose naming brought it; undefined where the file itself was named. */
  folder: string | undefined;
}

/** By workload, in order of declaration; one file may be given to several. @throws {UserError} (usage) */
export function findGivenProtos(
  answers: readonly ProtoAnswer[],
  disk: ProtoDisk,
): ReadonlyMap<string, readonly GivenProto[]> {
  const faults: Fault[] = [];
  const given = new Map<string, readonly GivenProto[]>();
  for (const { name, protos } of answers) {
    const files = protos.flatMap((typed) => expandAnswer(typed, disk, faults));
    given.set(name, keepEachOnce(files));
  }
  if (faults.length > 0) throw new UserError(exitCode.usage, faults);
  return given;
}

function expandAnswer(typed: string, disk: ProtoDisk, faults: Fault[]): GivenProto[] {
  const refuse = (message: string, hint: string): GivenProto[] => {
    faults.push({ message, at: typed, hint });
    return [];
  };
  if (typed === '' || [...typed].some((char) => char < ' ' || char === '\x7f')) {
    return refuse('is no path', 'Name a .proto file or a folder: --proto PATH.');
  }
  const path = disk.absolute(typed.replaceAll('\\', '/'));
  const kind = disk.kind(path);
  if (kind === undefined) return refuse('there is no such file or folder', 'Correct the path: --proto PATH.');
  if (kind === 'file') {
    if (!path.endsWith('.proto'))
      return refuse('is not a .proto file', 'Name a .proto file or a folder: --proto PATH.');
    return [{ path, real: disk.real(path) ?? path, folder: undefined }];
  }
  const files = walk(path, disk).map((file) => ({ path: file, real: disk.real(file) ?? file, folder: path }));
  return files.length > 0 ? files : refuse('holds no .proto file', 'Name the folder that does: --proto PATH.');
}

/** All `.proto` files below a folder but in hidden ones and node_modules; a folder met twice through links counts once. */
function walk(folder: string, disk: ProtoDisk, met: Set<string> = new Set()): string[] {
  const real = disk.real(folder) ?? folder;
  if (met.has(real)) return [];
  met.add(real);
  return disk.list(folder).flatMap((name) => {
    if (name.startsWith('.') || name === 'node_modules') return [];
    const path = joinPath(folder, name);
    const kind = disk.kind(path);
    if (kind === 'folder') return walk(path, disk, met);
    return kind === 'file' && name.endsWith('.proto') ? [path] : [];
  });
}

/** Of several names of one file its own name stays, else the first; a file named itself stays named. */
function keepEachOnce(files: readonly GivenProto[]): GivenProto[] {
  const kept = new Map<string, GivenProto>();
  for (const file of files) {
    const earlier = kept.get(file.real);
    if (!earlier) kept.set(file.real, file);
    else if (file.folder === undefined || (file.path === file.real && earlier.folder !== undefined)) {
      kept.set(file.real, file);
    }
  }
  return [...kept.values()];
}

/** Where a file stands in the folder that brought it; its bare name where it was named itself. */
export function placeInAnswer({ path, folder }: GivenProto): string {
  return (folder === undefined ? undefined : relativeTo(folder, path)) ?? nameOf(path);
}
