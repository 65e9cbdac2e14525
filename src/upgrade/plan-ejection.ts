/** What leaving the tool takes from a repo: the difference between what is rendered with the tool in it and without. */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { exitCode, UserError } from '../errors.ts';
import { basePath, manifestPath } from '../manifest/manifest.ts';
import type { DiskChange, DiskFile } from '../plan/journal.ts';
import { countVerdicts } from '../plan/plan-upgrade.ts';
import { isSameText, readText, writeLike } from '../plan/plan-upgrade-file.ts';
import type { PlannedChange } from '../plan/upgrade-plan.ts';
import { isObject } from '../spec/json-object.ts';
import { quotePath } from '../steps/quote-path.ts';
import { comparePaths } from '../tree/build-tree.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { EjectionPlan, EjectPorts } from './eject.ts';
import { emit } from './emit.ts';
import { findMentions } from './find-mentions.ts';
import type { Project } from './read-project.ts';
import { takeSnapshot } from './take-snapshot.ts';

export interface PlannedEjection {
  plan: EjectionPlan;
  /** In order of path. */
  writes: readonly DiskChange[];
  mentions: readonly string[];
  notes: readonly string[];
}

const stateFolder = '.grpc-aws';

interface Judgement {
  change: PlannedChange;
  write?: DiskChange;
  note?: string;
}

/** Changes nothing. Throws `UserError` where the repo cannot be rendered or the disk refuses. */
export async function planEjection(
  project: Project,
  directory: string,
  ports: Pick<EjectPorts, 'disk' | 'templates' | 'toolVersion' | 'merge'>,
): Promise<PlannedEjection> {
  const { disk, templates, toolVersion, merge } = ports;
  const common = { project, samples: new Set<string>(), templates, toolVersion };
  const [bound, free] = [emit(common), emit({ ...common, packageReference: null })];
  const own = listOwnFiles(directory, disk);
  const paths = [...new Set([...bound.keys(), ...project.manifest.files.keys(), ...own])].sort(comparePaths);
  const snapshot = takeSnapshot(disk, directory, paths);
  const judgements: Judgement[] = [];
  const stay = new Map<string, DiskFile>();
  for (const path of paths) {
    const entry = snapshot.get(path);
    if (entry?.kind !== 'file') continue;
    const file: DiskFile = { bytes: entry.bytes, executable: entry.executable };
    const found = await judge({ path, file, bound, free, own, project, merge });
    if (found?.write?.after !== undefined || found?.write === undefined) stay.set(path, found?.write?.after ?? file);
    if (found !== undefined) judgements.push(found);
  }
  const changes = judgements.map(({ change }) => change);
  return {
    plan: { changes, totals: countVerdicts(changes) },
    writes: judgements.flatMap(({ write }) => write ?? []),
    mentions: findMentions(stay),
    notes: judgements.flatMap(({ note }) => note ?? []),
  };
}

interface Case {
  path: string;
  file: DiskFile;
  /** With the tool, and without. */
  bound: FileTree;
  free: FileTree;
  own: ReadonlySet<string>;
  project: Project;
  merge: EjectPorts['merge'];
}

async function judge({ path, file, bound, free, own, project, merge }: Case): Promise<Judgement | undefined> {
  const { ownership = 'managed' } = bound.get(path) ?? project.manifest.files.get(path) ?? {};
  if (own.has(path))
    return { change: { path, verdict: 'removed', ownership }, write: { path, before: file, after: undefined } };
  const [before, after] = [bound.get(path)?.text, free.get(path)?.text];
  if (before === undefined || ownership === 'seeded') return undefined;
  const emitted = [before, project.manifest.base.get(path)];
  const isEmitted = emitted.some((text) => text !== undefined && isSameText(text, file));
  if (after === undefined) {
    if (isEmitted) {
      return { change: { path, verdict: 'removed', ownership }, write: { path, before: file, after: undefined } };
    }
    const told = 'Without the tool nothing uses it: take from it what you need, then';
    const note = `${path} stays, for you edited it. ${told} \`rm ${quotePath(path)}\``;
    return { change: { path, verdict: 'kept', ownership, because: 'no-longer-emitted' }, note };
  }
  const ours = readText(file.bytes)?.text;
  const last = project.manifest.base.get(path);
  const theirs = ours === undefined ? undefined : describeFree(path, ours, before, after, last);
  if (theirs === undefined && path === 'package.json') throw refusePackage(path);
  if (ours === undefined) return before === after ? undefined : keepUnread(path, ownership);
  if (theirs === undefined) return undefined;
  const edited = theirs.edited?.join(', ');
  const about = edited && { note: `${path} keeps what you edited, though only the tool needed it: ${edited}` };
  if (theirs.after === theirs.before) {
    return about ? { change: { path, verdict: 'kept', ownership, because: 'edited' }, ...about } : undefined;
  }
  const labels = { ours: 'yours', base: 'with create-grpc-aws', theirs: 'without it' };
  const merged = await merge(path, { base: theirs.before, ours, theirs: theirs.after }, labels);
  if (merged.conflicts.length > 0) {
    const places = merged.conflicts.map(({ where }) => where).join(', ');
    const note = `${path} stays as it is, for you changed what eject would take out of it: ${places}`;
    return { change: { path, verdict: 'kept', ownership, because: 'edited' }, note };
  }
  if (merged.text === ours) return undefined;
  const verdict = isEmitted ? 'updated' : 'merged';
  const bytes = writeLike(merged.text, file.bytes);
  return { change: { path, verdict, ownership }, write: { path, before: file, after: { ...file, bytes } }, ...about };
}

/** Without it the repo would go on asking for a package that nothing in it uses any more. */
function refusePackage(path: string): UserError {
  return new UserError(exitCode.refused, {
    at: path,
    message: 'it is no JSON object, so nothing can be taken out of it',
    hint: `Mend it, or bring back the last good one: \`git checkout HEAD -- ${quotePath(path)}\`.`,
  });
}

function keepUnread(path: string, ownership: PlannedChange['ownership']): Judgement {
  const note = `${path} stays as it is, for it is no UTF-8 text: what eject would take out of it is still there`;
  return { change: { path, verdict: 'kept', ownership, because: 'edited' }, note };
}

interface FreeSides {
  before: string;
  after: string;
  /** Places that only the tool put there, and the user edited. */
  edited?: readonly string[];
}

/** Base and theirs of the merge that takes the tool out of one file. */
function describeFree(
  path: string,
  ours: string,
  before: string,
  after: string,
  last: string | undefined,
): FreeSides | undefined {
  switch (path) {
    case 'package.json':
      return dropKeys(ours, before, after, last ?? before);
    case 'grpc-aws.json':
      return dropSchema(ours);
    case '.gitattributes':
      return { before, after: dropLines(after) };
    default:
      return { before, after };
  }
}

/** Whichever version of them the user has by now. */
const runners: ReadonlySet<string> = new Set(['create-grpc-aws', 'projen']);

/** From each map what only the tool put there, unless the user edited it since. What runs the tool goes in any case. */
function dropKeys(ours: string, before: string, after: string, last: string): FreeSides | undefined {
  const [mine, bound, free] = [ours, before, after].map(parseMaps);
  if (mine === undefined || bound === undefined || free === undefined) return undefined;
  const emitted = [bound, parseMaps(last) ?? {}];
  const edited: string[] = [];
  const left = Object.entries(mine).map(([name, map]) => {
    if (!isObject(map)) return [name, map];
    const goes = ([key, value]: [string, unknown]) => {
      if (!Object.hasOwn(asMap(bound[name]), key) || Object.hasOwn(asMap(free[name]), key)) return false;
      if (runners.has(key) || emitted.some((one) => isDeepStrictEqual(asMap(one[name])[key], value))) return true;
      edited.push(`/${name}/${key}`);
      return false;
    };
    return [name, Object.fromEntries(Object.entries(map).filter((member) => !goes(member)))];
  });
  return { before: print(mine), after: print(Object.fromEntries(left)), ...(edited.length > 0 && { edited }) };
}

/** Editors would look for a file that is gone. */
function dropSchema(ours: string): { before: string; after: string } | undefined {
  const spec = parseMaps(ours);
  if (spec === undefined) return undefined;
  const { $schema: _, ...rest } = spec;
  return { before: print(spec), after: print(rest) };
}

/** Lines about files of the tool. */
function dropLines(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith(`/${stateFolder}/`))
    .join('\n');
}

function parseMaps(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function asMap(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function print(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** What the tool keeps for itself, a copy of its package too. Anything else in that folder is not ours. */
function listOwnFiles(directory: string, disk: EjectPorts['disk']): ReadonlySet<string> {
  const copies = disk
    .list(join(directory, stateFolder))
    .filter(({ name, kind }) => kind === 'file' && /^create-grpc-aws.*\.tgz$/.test(name))
    .map(({ name }) => `${stateFolder}/${name}`);
  return new Set([manifestPath, basePath, `${stateFolder}/schema.json`, ...copies]);
}
