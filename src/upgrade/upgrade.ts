/** Brings an emitted repo to this version and to what its Spec and protos say now, edits and all. */
import { type ExitCode, exitCode } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { applyChanges } from '../plan/journal.ts';
import { type DiskSnapshot, listUpgradePaths, type PlannedUpgrade, planUpgrade } from '../plan/plan-upgrade.ts';
import type { UpgradePlan } from '../plan/upgrade-plan.ts';
import type { Spec } from '../spec/spec.ts';
import { quotePath } from '../steps/quote-path.ts';
import type { StepOutcome } from '../steps/step-outcome.ts';
import { noteUnserved, refuseDeadEntries } from './check-entries.ts';
import { type Draft, type DraftProject, keepProject } from './draft.ts';
import { emit } from './emit.ts';
import { changesDependencies, findManager, installChanged, listInstallCommands } from './find-installation.ts';
import { findLeftovers } from './find-leftovers.ts';
import { followSpec } from './follow-spec.ts';
import { type AskGit, askGitOnce, type Git } from './git.ts';
import { describeIndex } from './index-note.ts';
import { lacksInstallation } from './lacks-installation.ts';
import { migrations } from './migrations.ts';
import type { UpgradePorts } from './ports.ts';
import { readProject } from './read-project.ts';
import { refuseUncommitted } from './refuse-uncommitted.ts';
import { replacePackage } from './replace-package.ts';
import { type EarlierRun, settleEarlier, stageOnce } from './settle-earlier.ts';
import { takeSnapshot } from './take-snapshot.ts';

export interface UpgradeRequest {
  /** Absolute. */
  directory: string;
  /** Only says whether something would change. */
  check: boolean;
  dryRun: boolean;
  install: boolean;
  /** What package.json is to say of this package; absent: what it says is kept up. */
  packageReference?: string;
}

export interface Upgrade extends EarlierRun {
  /** `current`: nothing to do. `planned`: a dry run or a check. `declined`: the user said no. */
  status: 'current' | 'planned' | 'declined' | 'upgraded' | 'conflicting';
  /** 3 for conflicts, and for a check that finds something; 1 where the files are there and npm failed. */
  code: ExitCode;
  plan: UpgradePlan;
  install: StepOutcome;
  /** What else is to be known, in sentences. */
  notes: readonly string[];
  /** Commands that are left to run, in order. */
  remaining: readonly string[];
}

/**
 * Throws `UserError` as long as the disk is as it was; what comes after the files is in the result. `draft` changes what
 * is asked for, before it is rendered.
 */
export async function upgrade(
  request: UpgradeRequest,
  ports: UpgradePorts,
  draft: DraftProject = keepProject,
): Promise<Upgrade> {
  const { directory, check, dryRun } = request;
  const askGit = askGitOnce(directory, ports);
  const earlier = await settleEarlier(directory, ports.disk, askGit, check || dryRun);
  const drafted = await draft(await readProject(directory, ports));
  refuseDeadEntries(drafted.project);
  const unserved = noteUnserved(drafted.project);
  const planned = await plan(drafted, request, ports, askGit);
  const leave = (status: Upgrade['status'], reason: string, code: ExitCode = exitCode.done): Upgrade => ({
    ...earlier,
    status,
    code,
    plan: planned.plan,
    install: { status: 'skipped', reason },
    notes: unserved,
    remaining: [],
  });
  if (planned.writes.length === 0 && planned.conflicts.length === 0) {
    const { notes, remaining } = nameInstallation(request, drafted.project.spec, ports);
    return { ...leave('current', 'nothing changed'), notes: [...unserved, ...notes], remaining };
  }
  if (check) return leave('planned', 'it is a check', exitCode.found);
  if (dryRun) return leave('planned', 'it is a dry run');
  const { git, note } = planned.edited.length > 0 ? await askGit() : { git: undefined };
  if (git !== undefined) await refuseUncommitted(planned.edited, 'the upgrade would write into files', git);
  if (ports.confirm !== undefined && !(await ports.confirm(planned.plan))) {
    return leave('declined', 'nothing was written');
  }
  const notes = note === undefined ? [...unserved] : [...unserved, note];
  const fault = await apply(planned, drafted.project.manifest, request, ports, git);
  const lacking = nameInstallation(request, drafted.project.spec, ports);
  if (fault !== undefined) notes.push(`git did not take the conflicts into its index: ${fault}`);
  const finished = await finish(planned, { ...request, spec: drafted.project.spec }, ports, git);
  // Where this run changed what is to be installed, it says so itself.
  if (finished.status === 'upgraded' && !changesDependencies(planned.writes)) {
    notes.push(...lacking.notes);
    return { ...earlier, plan: planned.plan, notes, ...finished, remaining: lacking.remaining };
  }
  return { ...earlier, plan: planned.plan, notes, ...finished };
}

/** Of an earlier run that was killed before it could install, or of whoever edited package.json since. */
function nameInstallation(
  { directory }: UpgradeRequest,
  spec: Spec,
  { disk }: UpgradePorts,
): Pick<Upgrade, 'notes' | 'remaining'> {
  if (!lacksInstallation(disk, directory)) return { notes: [], remaining: [] };
  return {
    notes: ['package.json asks for other packages than package-lock.json names: they are to be installed'],
    remaining: listInstallCommands(disk, directory, findManager(spec, [])),
  };
}

async function plan(
  { project, samples, fresh }: Draft,
  { directory, packageReference }: UpgradeRequest,
  ports: UpgradePorts,
  askGit: AskGit,
): Promise<PlannedUpgrade> {
  const { disk, templates, toolVersion, merge } = ports;
  const { manifest } = project;
  const emitted = emit({
    project,
    samples,
    templates,
    toolVersion,
    ...(packageReference !== undefined && { packageReference }),
  });
  const leftovers = findLeftovers(directory, disk, emitted);
  const snapshot = takeSnapshot(disk, directory, listUpgradePaths(manifest, emitted, leftovers));
  return planUpgrade({
    manifest,
    disk: snapshot,
    emitted,
    version: toolVersion,
    migrations: ports.migrations ?? migrations,
    merge,
    fresh,
    leftovers,
    declared: new Set(project.contract.services.map(({ fullName }) => fullName)),
    ...followSpec(project, directory, disk),
    keepsModes: ports.hasModes && (await areModesMeant(manifest, snapshot, askGit)),
  });
}

/** Git knows of disks where every file looks executable; it is asked only where one is not as it was emitted. */
async function areModesMeant(manifest: Manifest, snapshot: DiskSnapshot, askGit: AskGit): Promise<boolean> {
  const isOff = [...snapshot].some(([path, entry]) => {
    const emitted = manifest.files.get(path);
    return entry.kind === 'file' && emitted?.ownership === 'managed' && entry.executable !== emitted.executable;
  });
  const { git } = isOff ? await askGit() : { git: undefined };
  return git === undefined || git.readsModes();
}

/** Returns what is wrong where git refuses: the files are in place then all the same. */
async function apply(
  planned: PlannedUpgrade,
  manifest: Manifest,
  { directory }: UpgradeRequest,
  ports: UpgradePorts,
  git: Git | undefined,
): Promise<string | undefined> {
  const { disk, toolVersion, signal } = ports;
  const keep = planned.conflicts.length > 0;
  const changes = replacePackage(planned.writes, manifest, directory, ports);
  const note = keep ? await describeIndex({ ...planned, writes: changes }, git) : undefined;
  await applyChanges({ disk, directory, changes, purpose: 'upgrade', toolVersion, keep, note, signal });
  return note !== undefined && git !== undefined ? stageOnce(directory, disk, note, git) : undefined;
}

/** With conflicts nothing is installed: what that changes, `--abort` could not take back. */
async function finish(
  { writes, conflicts }: PlannedUpgrade,
  { directory, install, spec }: UpgradeRequest & { spec: Spec },
  ports: UpgradePorts,
  git: Git | undefined,
): Promise<Pick<Upgrade, 'status' | 'code' | 'install' | 'remaining'>> {
  const isNeeded = changesDependencies(writes);
  const manager = findManager(spec, writes);
  const remaining = isNeeded ? listInstallCommands(ports.disk, directory, manager) : [];
  const skip = (reason: string): StepOutcome => ({ status: 'skipped', reason });
  if (conflicts.length > 0) {
    const adding = git === undefined ? [] : [`git add -- ${conflicts.map(({ path }) => quotePath(path)).join(' ')}`];
    const reason = isNeeded ? 'the conflicts come first' : 'no dependency changed';
    return { status: 'conflicting', code: exitCode.found, install: skip(reason), remaining: [...adding, ...remaining] };
  }
  return { status: 'upgraded', ...(await installChanged(isNeeded, { directory, install, manager }, ports)) };
}
