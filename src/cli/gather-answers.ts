/** From the words of the command line and a config file to answers that are checked; what nobody said stays open. */
import { basename, join, resolve } from 'node:path';
import type { CreationRequest } from '../create/create.ts';
import { exitCode, type Fault, UserError } from '../errors.ts';
import { type Answers, checkAnswers } from '../spec/check-spec.ts';
import type { Locate } from '../spec/check-value.ts';
import { isOffered } from '../spec/offered-targets.ts';
import { defaultTarget, questions, settings, settingsOf } from '../spec/schema.ts';
import { showValue } from '../spec/show-value.ts';
import type { Settings, TargetId, WorkloadSettings } from '../spec/spec.ts';
import { flags, nameFlag } from './flags.ts';
import type { NewArguments } from './parse-arguments.ts';
import { type Config, readConfig } from './read-config.ts';

/** Open: undefined. */
export interface GatheredAnswers {
  /** As typed, relative to the working folder. */
  directory?: string;
  name?: string;
  target?: TargetId;
  /** Those of some targets that were said. */
  settings?: Partial<Settings>;
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
  settings?: Partial<WorkloadSettings>;
}

/**
 * Flags win over the config file. The name is the config file's, or else the directory's last segment. `unasked` says
 * why nobody can be asked, if that is so: what is needed and missing is a fault then.
 * @throws UserError with every fault at once.
 */
export function gatherAnswers(typed: NewArguments, cwd: string, unasked?: string): GatheredAnswers {
  const config = typed.config === undefined ? undefined : readConfig(typed.config, cwd);
  const directory = typed.directory ?? config?.answers.name;
  const name = config?.answers.name ?? (directory === undefined ? undefined : nameDirectory(directory, cwd));
  const target = typed.target ?? config?.answers.target ?? (unasked === undefined ? undefined : defaultTarget);
  const flagged = typed.workloads.map((word) => splitWorkload(word));
  const workloads = assignSettings(flagged.length > 0 ? mergeWorkloads(flagged) : undefined, config);
  const said = {
    ...(name !== undefined && { name }),
    ...(target !== undefined && { target }),
    ...(config && pickSettings(config.answers)),
    ...typed.settings,
    ...(workloads && { workloads: workloads.map(({ name, settings }) => ({ name, ...settings })) }),
  };
  const faults = [...flagged.flatMap(({ fault }) => fault ?? []), ...findProtoFaults(typed, config)];
  const missing = unasked === undefined ? [] : findMissing(directory, said, unasked);
  const answers = collectFaults(faults, () => checkAnswers(said, locateIn(typed, config)), missing);
  const settings = pickSettings(answers);
  return {
    ...(directory !== undefined && { directory }),
    ...(answers.name !== undefined && { name: answers.name }),
    ...(answers.target !== undefined && { target: answers.target }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...assignProtos(typed, flagged.length > 0, workloads),
    ...(typed.install === false && { install: false }),
    ...(typed.git === false && { git: false }),
  };
}

/** What a creation needs, with the defaults of whatever is still open. The directory must be known. */
export function completeAnswers(
  answers: GatheredAnswers,
  cwd: string,
): Omit<CreationRequest, 'dryRun' | 'packageReference'> {
  const { directory = '.', target = defaultTarget, settings, install = true, git = true, protos } = answers;
  const name = answers.name ?? nameDirectory(directory, cwd);
  const workloads = answers.workloads?.map((workload) => ({
    name: workload.name,
    protos: workload.sources,
    ...(workload.settings && { settings: workload.settings }),
  }));
  return {
    directory: resolve(cwd, directory),
    name,
    target,
    ...(settings && { settings }),
    workloads: workloads ?? [{ name, protos }],
    install,
    git,
  };
}

/** The name that a directory gives its project. */
export function nameDirectory(directory: string, cwd: string): string {
  return basename(resolve(cwd, directory));
}

/** Where an answer was given: at a flag, or in the config file. */
function locateIn(typed: NewArguments, config: Config | undefined): Locate {
  const flagOf = (property: unknown): string | undefined => {
    if (property === 'name') return config?.answers.name === undefined ? questions.name.valueName : undefined;
    if (property === 'target') return typed.target === undefined ? undefined : '--target';
    if (property === 'workloads') return typed.workloads.length > 0 ? '--workload' : undefined;
    const said = typed.settings[String(property)];
    const flag = flags.find(({ setting, gives = said }) => setting?.name === property && gives === said);
    return flag && Object.hasOwn(typed.settings, String(property)) ? `--${flag.name}` : undefined;
  };
  return (path, side) => flagOf(path[0]) ?? (path.length > 0 ? config?.locate(path, side) : undefined);
}

function findMissing(directory: string | undefined, said: Readonly<Record<string, unknown>>, unasked: string): Fault[] {
  const { valueName, example } = questions.name;
  const needed = isOffered(said.target) ? settingsOf(said.target).filter(({ node }) => node.needed) : [];
  const missing = needed.filter(({ name }) => !Object.hasOwn(said, name));
  return [
    ...(directory === undefined
      ? [
          {
            message: `${valueName} is missing, and ${unasked}`,
            hint: `Name the folder to create: create-grpc-aws ${example}`,
          },
        ]
      : []),
    ...missing.map((setting) => {
      const flag = `--${nameFlag(setting)}`;
      const hint = `Say what it is: ${flag} ${setting.node.example}`;
      return { message: `${flag} is missing, and ${unasked}`, hint };
    }),
  ];
}

function pickSettings(answers: Answers): Partial<Settings> {
  const names = settings.map(({ name }) => name).filter((name) => answers[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, answers[name]]));
}

/** What the config file says of a workload holds for the one of that name, whoever says what it serves. */
function assignSettings(
  flagged: readonly WorkloadAnswer[] | undefined,
  config: Config | undefined,
): readonly WorkloadAnswer[] | undefined {
  const configured = config?.answers.workloads?.map(
    ({ name, protos = [], ...settings }): WorkloadAnswer => ({
      name,
      sources: protos.map((entry) => join(config.protoFolder, entry)),
      ...(Object.keys(settings).length > 0 && { settings }),
    }),
  );
  return flagged
    ? flagged.map((workload) => ({ ...configured?.find(({ name }) => name === workload.name), ...workload }))
    : configured;
}

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
  isFlagged: boolean,
  workloads: readonly WorkloadAnswer[] | undefined,
): Pick<GatheredAnswers, 'workloads' | 'protos'> {
  const [only] = workloads ?? [];
  if (!workloads || !only) return { protos };
  if (protos.length === 0) return { workloads, protos: [] };
  return { workloads: [{ ...only, sources: isFlagged ? [...only.sources, ...protos] : protos }], protos: [] };
}

/** Puts the faults of a check between those found before it and those that come after it. */
function collectFaults<T>(before: readonly Fault[], check: () => T, after: readonly Fault[]): T {
  let checked: T | undefined;
  const all = [...before];
  try {
    checked = check();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    all.push(...error.faults);
  }
  all.push(...after);
  if (all.length > 0) throw new UserError(exitCode.usage, all);
  return checked as T;
}
