/** What becomes of one path, by who made what stands there: the table of `docs/upgrade.md`. */
import { isDeepStrictEqual } from 'node:util';
import type { MergeNotes } from '../merge/merge.ts';
import type { TreeFile } from '../tree/file-tree.ts';
import type { DiskChange } from './journal.ts';
import { listChoices } from './list-choices.ts';
import type { ConflictSides, DiskEntry, UpgradeInput } from './plan-upgrade.ts';
import {
  type DiskFile,
  type EmittedSide,
  isSameText,
  isText,
  isUntouched,
  mergeSides,
  pickNotes,
  readText,
  writeLike,
} from './plan-upgrade-file.ts';
import type { KeptReason, PlannedChange } from './upgrade-plan.ts';

export interface Judgement {
  change?: PlannedChange;
  writes?: readonly DiskChange[];
  conflict?: ConflictSides;
}

/** @param from the path until now; the same but for a rename */
export async function judgePath(path: string, from: string, input: UpgradeInput): Promise<Judgement> {
  const { manifest, emitted, disk } = input;
  const file = emitted.get(path);
  const entry = disk.get(from) ?? disk.get(path);
  if (file === undefined) return judgeDropped(path, entry, input);
  const isNew = !manifest.files.has(from);
  if (entry?.kind === 'blocked') {
    return file.ownership === 'seeded' && !isNew ? {} : keep(path, file, 'not-a-file', entry.by);
  }
  if (entry === undefined) {
    if (isNew || isBookkeeping(path) || input.fresh?.has(path)) return add(path, file);
    const isSame = file.ownership === 'seeded' ? !isImported(path, input) : manifest.base.get(from) === file.text;
    return isSame ? {} : keep(path, file, 'deleted');
  }
  const isMoved = from !== path && disk.has(from);
  if (file.ownership === 'seeded') return isMoved ? move(path, from, file, entry, entry) : {};
  if (isBookkeeping(path)) return overwrite(path, file, entry, input);
  return judgeManaged(path, isMoved ? from : path, file, entry, input, from);
}

async function judgeManaged(
  path: string,
  place: string,
  file: TreeFile,
  entry: DiskFile,
  input: UpgradeInput,
  former: string,
): Promise<Judgement> {
  const base = findBase(former, input);
  const ours = readMode(entry, base ?? file, input);
  const { manifest, version, merge, keepsModes } = input;
  const labels = { ours: 'yours', base: `create-grpc-aws ${manifest.version}`, theirs: `create-grpc-aws ${version}` };
  const outcome = await mergeSides({ path, base, ours, theirs: file }, merge, labels);
  const { kind, conflicts } = outcome;
  const notes = pickNotes(outcome);
  const after = keepsModes ? outcome.after : { ...outcome.after, executable: entry.executable };
  const { ownership } = file;
  if (kind === 'conflicting') {
    const side = ({ text, executable }: EmittedSide): DiskFile => ({ bytes: writeLike(text, ours.bytes), executable });
    const sides = { base: base && side(base), theirs: side(file), left: after };
    const conflict = { path, from: place, ...sides, isText: isText(ours.bytes) };
    const choices = listChoices(conflicts, readText(ours.bytes)?.text ?? '', file.text);
    const change: PlannedChange = {
      path,
      verdict: kind,
      ownership,
      conflicts,
      ...(choices.length > 0 && { choices }),
      ...notes,
      ...(place !== path && { from: place }),
    };
    return { change, conflict, writes: listWrites(path, place, entry, after) };
  }
  if (place !== path) return tell(move(path, place, file, entry, after), notes);
  if (kind === 'nothing') return {};
  if (kind === 'edited') return tell(keep(path, file, 'edited'), notes);
  return { change: { path, verdict: kind, ownership, ...notes }, writes: listWrites(path, place, entry, after) };
}

function tell(judgement: Judgement, notes: MergeNotes): Judgement {
  return judgement.change ? { ...judgement, change: { ...judgement.change, ...notes } } : judgement;
}

function judgeDropped(path: string, entry: DiskEntry | undefined, input: UpgradeInput): Judgement {
  const { ownership = 'seeded' } = input.manifest.files.get(path) ?? {};
  if (entry === undefined) return {};
  if (ownership === 'seeded') return entry.kind === 'file' ? keep(path, { ownership }, judgeUnused(path, input)) : {};
  const base = findBase(path, input);
  if (entry.kind === 'file' && base !== undefined) {
    if (isUntouched(base, readMode(entry, base, input))) {
      return { change: { path, verdict: 'removed', ownership }, writes: listWrites(path, path, entry, undefined) };
    }
  }
  return keep(path, { ownership }, 'no-longer-emitted');
}

/** Handlers and their tests are named by their service. */
function judgeUnused(path: string, { declared }: UpgradeInput): KeptReason {
  const [, service] = /^src\/workloads\/[^/]+\/(?!(?:main|settings)\.ts$)(.+?)(?:\.test)?\.ts$/.exec(path) ?? [];
  return service === undefined || declared === undefined || declared.has(service) ? 'no-longer-used' : 'service-gone';
}

/** Whether the build fails without it: `main.ts` beside it, as it stands or is emitted, imports it. */
function isImported(path: string, { disk, emitted }: UpgradeInput): boolean {
  const [, folder, name] = /^(src\/workloads\/[^/]+)\/(.+)$/.exec(path) ?? [];
  if (folder === undefined) return false;
  const main = disk.get(`${folder}/main.ts`);
  const text = main?.kind === 'file' ? new TextDecoder().decode(main.bytes) : emitted.get(`${folder}/main.ts`)?.text;
  return text?.includes(`'./${name}'`) ?? false;
}

/** What we keep our accounts in: the input of the next upgrade, in no need of a merge. */
export function isBookkeeping(path: string): boolean {
  return path === specPath || path.startsWith('.grpc-aws/');
}

const specPath = 'grpc-aws.json';

async function overwrite(path: string, file: TreeFile, entry: DiskFile, input: UpgradeInput): Promise<Judgement> {
  if (isSameText(file.text, entry) || (path === specPath && isSameValue(file.text, entry.bytes))) return {};
  const text = path === specPath ? await keepLayout(file.text, entry, input) : file.text;
  const after = { bytes: writeLike(text, entry.bytes), executable: entry.executable };
  return {
    change: { path, verdict: 'updated', ownership: file.ownership },
    writes: listWrites(path, path, entry, after),
  };
}

/** The same value laid out as the file on disk is; where that cannot be done, as it is emitted. */
async function keepLayout(text: string, { bytes }: DiskFile, { merge }: UpgradeInput): Promise<string> {
  try {
    const ours = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).replaceAll('\r\n', '\n');
    const base = `${JSON.stringify(JSON.parse(ours), null, 2)}\n`;
    const merged = await merge(specPath, { base, ours, theirs: text }, { ours: '', base: '', theirs: '' });
    return isSameValue(text, new TextEncoder().encode(merged.text)) ? merged.text : text;
  } catch {
    return text;
  }
}

/** However a formatter laid it out. */
function isSameValue(text: string, bytes: Uint8Array): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(text), JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return false;
  }
}

function add(path: string, { text, executable, ownership }: TreeFile): Judgement {
  const after = { bytes: new TextEncoder().encode(text), executable };
  return { change: { path, verdict: 'added', ownership }, writes: listWrites(path, path, undefined, after) };
}

function move(
  path: string,
  from: string,
  { ownership }: Pick<TreeFile, 'ownership'>,
  before: DiskFile,
  after: DiskFile,
): Judgement {
  return { change: { path, verdict: 'renamed', ownership, from }, writes: listWrites(path, from, before, after) };
}

function keep(
  path: string,
  { ownership }: Pick<TreeFile, 'ownership'>,
  because: KeptReason,
  blockedBy?: string,
): Judgement {
  return { change: { path, verdict: 'kept', ownership, because, ...(blockedBy !== undefined && { blockedBy }) } };
}

function listWrites(
  path: string,
  from: string,
  before: DiskFile | undefined,
  after: DiskFile | undefined,
): DiskChange[] {
  const [old, now] = [before && pickFile(before), after && pickFile(after)];
  if (from !== path) {
    return [
      { path: from, before: old, after: undefined },
      { path, before: undefined, after: now },
    ];
  }
  const isSame = old !== undefined && now !== undefined && old.executable === now.executable && isEqual(old, now);
  return isSame ? [] : [{ path, before: old, after: now }];
}

function pickFile({ bytes, executable }: DiskFile): DiskFile {
  return { bytes, executable };
}

function isEqual(a: DiskFile, b: DiskFile): boolean {
  return a.bytes === b.bytes || Buffer.compare(a.bytes, b.bytes) === 0;
}

function findBase(path: string, { manifest }: UpgradeInput): EmittedSide | undefined {
  const text = manifest.base.get(path);
  return text === undefined ? undefined : { text, executable: manifest.files.get(path)?.executable ?? false };
}

/** Where the disk keeps no modes, a file has the one it was given. */
function readMode({ bytes, executable }: DiskFile, given: EmittedSide, { keepsModes }: UpgradeInput): DiskFile {
  return { bytes, executable: keepsModes ? executable : given.executable };
}
