/** The git repo that a project is in, as far as an upgrade asks it: what is not committed, and what the index holds. */
import { dirname, join } from 'node:path';
import { exitCode, UserError } from '../errors.ts';
import type { ProgramEnd } from '../steps/ports.ts';
import type { Disk } from '../tree/disk.ts';
import type { UpgradePorts } from './ports.ts';

/** All paths are relative to the project, with `/`, whichever repo it is a part of. */
export interface Git {
  /** Those among `paths` that differ from the last commit and are not ignored; untracked ones too. */
  listUncommitted(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** What the index holds of `paths`. */
  readIndex(paths: readonly string[]): Promise<readonly IndexEntry[]>;
  /** Gives each of `paths` exactly these entries. Returns what is wrong where git refuses. */
  writeIndex(paths: readonly string[], entries: readonly IndexEntry[]): Promise<string | undefined>;
  /** Stores a blob, filtered as the file at `like` would be; returns its id, or undefined where git refuses. */
  store(bytes: Uint8Array, like: string | undefined): Promise<string | undefined>;
  /** Whether the executable bits of the disk mean anything to the repo. */
  readsModes(): Promise<boolean>;
}

export interface IndexEntry {
  path: string;
  /** `100644`, `100755`, … */
  mode: string;
  id: string;
  /** 0; or of a conflict 1 for base, 2 for ours, 3 for theirs. */
  stage: number;
}

export interface OpenedGit {
  git: Git | undefined;
  /** Why a repo that is there cannot be used. */
  note?: string;
}

type GitPorts = Pick<UpgradePorts, 'disk' | 'runProgram' | 'signal'>;

/** So many paths fit on a command line of any system. */
const pathsAtOnce = 150;

/** Asks for git once, and only where somebody wants it. */
export type AskGit = () => Promise<OpenedGit>;

export function askGitOnce(directory: string, ports: GitPorts): AskGit {
  let opened: Promise<OpenedGit> | undefined;
  return () => {
    opened ??= openGit(directory, ports);
    return opened;
  };
}

/** Never throws: without git there is nothing that could be asked. */
export async function openGit(directory: string, { disk, runProgram, signal }: GitPorts): Promise<OpenedGit> {
  if (!isInRepository(disk, directory)) return { git: undefined };
  // Each call takes milliseconds: one that has begun may end, the index above all.
  const { signal: unhurried } = new AbortController();
  const run: RunGit = (args, input) =>
    runProgram({
      program: 'git',
      args: ['--literal-pathspecs', ...args],
      cwd: directory,
      signal: unhurried,
      ...(input && { input }),
    });
  const ask: AskInParts = (paths, describe) => {
    if (signal.aborted) throw new UserError(exitCode.interrupted, { message: 'interrupted, and nothing was written' });
    return askInParts(paths, describe, run);
  };
  const place = await run(['rev-parse', '--is-inside-work-tree', '--show-prefix']);
  const [isInside, ...rest] = readOutput(place).split('\n');
  if (place.exitCode !== 0 || isInside !== 'true') {
    const reason = place.exitCode === 0 ? 'it knows no work tree here' : describeRefusal(place);
    return { git: undefined, note: `git was not asked: ${reason}` };
  }
  return { git: describeGit(rest.slice(0, -1).join('\n'), run, ask) };
}

/** Git itself is asked only where there is a chance. */
function isInRepository(disk: Disk, folder: string): boolean {
  if (disk.identify(join(folder, '.git')) !== 'nothing') return true;
  return dirname(folder) !== folder && isInRepository(disk, dirname(folder));
}

type RunGit = (args: readonly string[], input?: Uint8Array) => Promise<ProgramEnd>;

type AskInParts = (
  paths: readonly string[],
  describe: (some: readonly string[]) => readonly string[],
) => Promise<string[]>;

function describeGit(prefix: string, run: RunGit, ask: AskInParts): Git {
  return {
    async listUncommitted(paths) {
      const asked = [
        '--no-optional-locks',
        'status',
        '--porcelain=v1',
        '-z',
        '--untracked-files=all',
        '--no-renames',
        '--',
      ];
      const lines = await ask(paths, (some) => [...asked, ...some]);
      return new Set(lines.map((line) => line.slice(3 + prefix.length)));
    },
    async readIndex(paths) {
      const lines = await ask(paths, (some) => ['ls-files', '--stage', '-z', '--', ...some]);
      return lines.flatMap((line) => {
        const [, mode = '', id = '', stage = '', path = ''] = /^(\d+) ([0-9a-f]+) ([0-3])\t([\s\S]+)$/.exec(line) ?? [];
        return path === '' ? [] : [{ path, mode, id, stage: Number(stage) }];
      });
    },
    async writeIndex(paths, entries) {
      const nothing = '0'.repeat(entries[0]?.id.length ?? (await findIdLength(run)));
      const lines = [
        ...paths.map((path) => `0 ${nothing}\t${prefix}${path}\0`),
        ...entries.map(({ path, mode, id, stage }) => `${mode} ${id} ${stage}\t${prefix}${path}\0`),
      ];
      const end = await run(['update-index', '-z', '--index-info'], new TextEncoder().encode(lines.join('')));
      return end.exitCode === 0 ? undefined : describeRefusal(end);
    },
    async store(bytes, like) {
      const filter = like === undefined ? '--no-filters' : `--path=${like}`;
      const end = await run(['hash-object', '-w', '--stdin', filter], bytes);
      return end.exitCode === 0 ? readOutput(end).trim() : undefined;
    },
    async readsModes() {
      const end = await run(['config', '--type=bool', '--get', 'core.fileMode']);
      return readOutput(end).trim() !== 'false';
    },
  };
}

/** Source: https://git-scm.com/docs/hash-function-transition. A git that does not know the question has but one answer. */
async function findIdLength(run: RunGit): Promise<number> {
  const end = await run(['rev-parse', '--show-object-format']);
  return end.exitCode === 0 && readOutput(end).trim() === 'sha256' ? 64 : 40;
}

async function askInParts(
  paths: readonly string[],
  describe: (some: readonly string[]) => readonly string[],
  run: RunGit,
): Promise<string[]> {
  const lines: string[] = [];
  for (let start = 0; start < paths.length; start += pathsAtOnce) {
    const end = await run(describe(paths.slice(start, start + pathsAtOnce)));
    if (end.exitCode !== 0) {
      const hint = 'See what is wrong: `git status`.';
      throw new UserError(exitCode.refused, { message: `git does not answer: ${describeRefusal(end)}`, hint });
    }
    lines.push(
      ...readOutput(end)
        .split('\0')
        .filter((line) => line !== ''),
    );
  }
  return lines;
}

function readOutput({ stdout, output }: ProgramEnd): string {
  return stdout ?? output;
}

function describeRefusal({ startFault, output, exitCode: code }: ProgramEnd): string {
  return startFault ?? (firstLine(output) || `exit code ${code}`);
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
