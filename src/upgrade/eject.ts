/** Has a repo go on without this tool: what only the tool needs goes, and everything else stays as its owner has it. */
import { join } from 'node:path';
import { type ExitCode, exitCode } from '../errors.ts';
import { manifestPath } from '../manifest/manifest.ts';
import { applyChanges } from '../plan/journal.ts';
import type { UpgradePlan } from '../plan/upgrade-plan.ts';
import type { StepOutcome } from '../steps/step-outcome.ts';
import { changesDependencies, findManager, type InstallationRequest, installChanged } from './find-installation.ts';
import { askGitOnce } from './git.ts';
import { type PlannedEjection, planEjection } from './plan-ejection.ts';
import type { UpgradePorts } from './ports.ts';
import { readProject } from './read-project.ts';
import { refuseUncommitted } from './refuse-uncommitted.ts';
import { type EarlierRun, settleEarlier } from './settle-earlier.ts';

export interface EjectRequest {
  /** Absolute. */
  directory: string;
  dryRun: boolean;
  install: boolean;
}

export type EjectionPlan = Pick<UpgradePlan, 'changes' | 'totals'>;

export interface EjectPorts extends Omit<UpgradePorts, 'confirm' | 'loadPackage' | 'migrations'> {
  /** Whether to go on, the plan being known. Not asked for a dry run. */
  confirm?(plan: EjectionPlan, mentions: readonly string[]): Promise<boolean>;
}

export interface Ejection extends EarlierRun {
  status: 'planned' | 'declined' | 'ejected';
  /** 1 where the files are there and npm failed. */
  code: ExitCode;
  plan: EjectionPlan;
  /** `file:line` of words in what stays that speak of the tool. */
  mentions: readonly string[];
  install: StepOutcome;
  notes: readonly string[];
  /** Commands that are left to run, in order. */
  remaining: readonly string[];
}

/** Throws `UserError` as long as the disk is as it was; what comes after the files is in the result. */
export async function eject(request: EjectRequest, ports: EjectPorts): Promise<Ejection> {
  const { directory, dryRun } = request;
  const { disk, toolVersion, signal } = ports;
  const askGit = askGitOnce(directory, ports);
  const earlier = await settleEarlier(directory, disk, askGit, dryRun);
  if (earlier.earlier === 'finished' && disk.identify(join(directory, manifestPath)) === 'nothing') {
    return { ...earlier, ...(await finish(nothingLeft, true, request, ports)) };
  }
  const project = await readProject(directory, ports);
  const planned = await planEjection(project, directory, ports);
  const leave = (status: 'planned' | 'declined', reason: string): Ejection => ({
    ...earlier,
    status,
    code: exitCode.done,
    plan: planned.plan,
    mentions: planned.mentions,
    install: { status: 'skipped', reason },
    notes: planned.notes,
    remaining: [],
  });
  if (dryRun) return leave('planned', 'it is a dry run');
  const { git } = await askGit();
  if (git !== undefined) {
    const paths = planned.writes.map(({ path }) => path);
    await refuseUncommitted(paths, 'eject would remove or change files', git);
  }
  if (ports.confirm !== undefined && !(await ports.confirm(planned.plan, planned.mentions))) {
    return leave('declined', 'nothing was written');
  }
  const changes = planned.writes;
  await applyChanges({ disk, directory, changes, purpose: 'upgrade', toolVersion, keep: false, signal });
  const installation = { directory, install: request.install, manager: findManager(project.spec, changes) };
  return { ...earlier, ...(await finish(planned, changesDependencies(changes), installation, ports)) };
}

/** Of a run that was killed when all was done but the journal's own removal. */
const nothingLeft: PlannedEjection = {
  plan: { changes: [], totals: { added: 0, updated: 0, merged: 0, conflicting: 0, removed: 0, renamed: 0, kept: 0 } },
  writes: [],
  mentions: [],
  notes: [],
};

async function finish(
  { plan, mentions, notes }: PlannedEjection,
  isNeeded: boolean,
  request: InstallationRequest,
  ports: EjectPorts,
): Promise<Omit<Ejection, keyof EarlierRun>> {
  return { status: 'ejected', plan, mentions, notes, ...(await installChanged(isNeeded, request, ports)) };
}
