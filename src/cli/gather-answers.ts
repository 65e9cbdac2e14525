/** From the words of the command line and a config file to answers that are checked; what nobody said stays open. */
import { basename, join, resolve } from 'node:path';
import type { CreationRequest } from '../create/create.ts';
import { exitCode, type Fault, UserError } from '../errors.ts';
import { checkAnswers } from '../spec/check-spec.ts';
import type { Locate } from '../spec/check-value.ts';
import { questions, specSchema } from '../spec/schema.ts';
import { showValue } from '../spec/show-value.ts';
import type { TargetId } from '../spec/spec.ts';
import type { NewArguments } from './parse-arguments.ts';
import { type Config, readConfig } from './read-config.ts';

/** Open: undefined. */
export interface GatheredAnswers {
  /** As typed, relative to the working folder. */
  directory?: string;
  name?: string;
  target?: TargetId;
  /** Absent: one, named as the project. */
  workloads?: readonly WorkloadAnswer[];
  /** Of that one; empty where `workloads` says it. */
  protos: readonly string[];
  install?: boolean;
  git?: boolean;
}

export interface WorkloadAnswer {
  name: string;
  /** Files and folders on disk, as typed; none: a sample. */
  sources: readonly string[];
}

/**
 * Flags win over the config file. The name is the config file's, or else the directory's last segment.
 * @throws UserError with every fault at once.
 */
export function gatherAnswers(typed: NewArguments, cwd: string): GatheredAnswers {
  const config = typed.config === undefined ? undefined : readConfig(typed.config, cwd);
  const directory = typed.directory ?? config?.answers.name;
  const name = config?.answers.name ?? (directory === undefined ? undefined : nameDirectory(directory, cwd));
  const flagged = typed.workloads.map((word) => splitWorkload(word));
  const faults = [...flagged.flatMap(({ fault }) => fault ?? []), ...findProtoFaults(typed, config)];
  const answers = collectFaults(faults, () =>
    checkAnswers(
      {
        ...(name !== undefined && { name }),
        ...(typed.target !== undefined && { target: typed.target }),
        ...(flagged.length > 0 && { workloads: mergeWorkloads(flagged).map(({ name }) => ({ name })) }),
      },
      locateFlag,
    ),
  );
  const target = answers.target ?? config?.answers.target;
  return {
    ...(directory !== undefined && { directory }),
    ...(answers.name !== undefined && { name: answers.name }),
    ...(target !== undefined && { target }),
    ...assignProtos(typed, flagged, config),
    ...(typed.install === false && { install: false }),
    ...(typed.git === false && { git: false }),
  };
}

/** What a creation needs, with the defaults of whatever is still open. The directory must be known. */
export function completeAnswers(answers: GatheredAnswers, cwd: string): Omit<CreationRequest, 'dryRun'> {
  const { directory = '.', target = defaultTarget, install = true, git = true, protos } = answers;
  const name = answers.name ?? nameDirectory(directory, cwd);
  const workloads = answers.workloads?.map((workload) => ({ name: workload.name, protos: workload.sources }));
  return {
    directory: resolve(cwd, directory),
    name,
    target,
    workloads: workloads ?? [{ name, protos }],
    install,
    git,
  };
}

const defaultTarget = specSchema.properties?.target?.default as TargetId;

/** The name that a directory gives its project. */
export function nameDirectory(directory: string, cwd: string): string {
  return basename(resolve(cwd, directory));
}

const locateFlag: Locate = ([property]) =>
  ({ name: questions.name.valueName, target: '--target', workloads: '--workload' })[String(property)];

interface FlaggedWorkload extends WorkloadAnswer {
  fault?: Fault;
}

function splitWorkload(word: string): FlaggedWorkload {
  const split = word.indexOf('=');
  if (split < 0) return { name: word, sources: [] };
  const [name, source] = [word.slice(0, split), word.slice(split + 1)];
  if (source !== '') return { name, sources: [source] };
  const message = `${showValue(word)} names no .proto file or folder after =`;
  return { name, sources: [], fault: { at: '--workload', message, hint: `For example: --workload ${name}=protos` } };
}

function findProtoFaults({ protos, workloads }: NewArguments, config: Config | undefined): Fault[] {
  const several = workloads.length > 0 ? workloads.length : (config?.answers.workloads?.length ?? 0);
  const names = new Set(workloads.map((word) => word.split('=')[0]));
  if (protos.length === 0 || several <= 1 || names.size === 1) return [];
  const message = 'is for the one workload of a project, and here there are several';
  const [first = 'NAME'] = [...names];
  return [{ at: '--proto', message, hint: `Say whose it is: --workload ${first}=${protos[0]}` }];
}

/** `--workload a=x --workload a=y` is one workload with two sources; `a` twice without sources is a mistake. */
function mergeWorkloads(flagged: readonly WorkloadAnswer[]): WorkloadAnswer[] {
  const merged: WorkloadAnswer[] = [];
  for (const { name, sources } of flagged) {
    const index = merged.findIndex((other) => other.name === name && other.sources.length > 0 && sources.length > 0);
    const earlier = merged[index];
    if (earlier) merged[index] = { name, sources: [...earlier.sources, ...sources] };
    else merged.push({ name, sources });
  }
  return merged;
}

function assignProtos(
  { protos }: NewArguments,
  flagged: readonly WorkloadAnswer[],
  config: Config | undefined,
): Pick<GatheredAnswers, 'workloads' | 'protos'> {
  const configured = config?.answers.workloads?.map((workload) => ({
    name: workload.name,
    sources: (workload.protos ?? []).map((entry) => join(config.protoFolder, entry)),
  }));
  const workloads = flagged.length > 0 ? mergeWorkloads(flagged) : configured;
  const [only] = workloads ?? [];
  if (!workloads || !only) return { protos };
  if (protos.length === 0) return { workloads, protos: [] };
  return {
    workloads: [{ name: only.name, sources: flagged.length > 0 ? [...only.sources, ...protos] : protos }],
    protos: [],
  };
}

/** Adds the faults of a check to those found before it. */
function collectFaults<T>(faults: readonly Fault[], check: () => T): T {
  let checked: T | undefined;
  const all = [...faults];
  try {
    checked = check();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    all.push(...error.faults);
  }
  if (all.length > 0) throw new UserError(exitCode.usage, all);
  return checked as T;
}
