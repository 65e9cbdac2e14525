/** Makes the new repo a git repository with a first commit, unless it is in one already. */
import { dirname, join } from 'node:path';
import { describeFailure, describeInterrupt, type StepOutcome } from '../steps/step-outcome.ts';
import type { Disk } from '../tree/disk.ts';
import type { CreationPorts, ProgramEnd } from './ports.ts';

export interface CommitResult {
  outcome: StepOutcome;
  /** The commands that are left to the user, in order. */
  remaining: readonly string[];
}

const initCommand = 'git init -b main';
const addCommand = 'git add -A';
const identityCommands = [
  'git config --global user.name "Your Name"',
  'git config --global user.email "you@example.com"',
];

/** Never throws: where git is missing or refuses, the repo stays without a commit. */
export async function commitRepo(directory: string, message: string, ports: CreationPorts): Promise<CommitResult> {
  const commitCommand = showCommit(message);
  const around = findRepository(ports.disk, directory);
  if (around !== undefined) {
    const outcome: StepOutcome = { status: 'skipped', reason: `it is in the git repository at ${around}` };
    return { outcome, remaining: around === directory ? [addCommand, commitCommand] : [] };
  }
  const watch = ports.watchStep('commit');
  const result = await runSteps(directory, message, ports);
  if (result.outcome.status === 'done') {
    watch.succeed();
  } else {
    watch.fail();
  }
  return result;
}

/** What `commitRepo` runs, for a user who is to do it. */
export function listCommitCommands(message: string): string[] {
  return [initCommand, addCommand, showCommit(message)];
}

async function runSteps(directory: string, message: string, ports: CreationPorts): Promise<CommitResult> {
  const run = (...args: string[]): Promise<ProgramEnd> =>
    ports.runProgram({ program: 'git', args, cwd: directory, signal: ports.signal });
  const steps: [command: string, args: string[]][] = [
    // By configuration and not by `-b`, which git before 2.28 does not know.
    [initCommand, ['-c', 'init.defaultBranch=main', 'init', '--quiet']],
    [addCommand, ['add', '--all']],
    [showCommit(message), ['commit', '--quiet', '--message', message]],
  ];
  for (const [index, [command, args]] of steps.entries()) {
    const end = await run(...args);
    if (end.exitCode === 0) {
      continue;
    }
    const remaining = steps.slice(index).map(([left]) => left);
    if (ports.signal.aborted) {
      return { outcome: describeInterrupt(command), remaining };
    }
    if (end.startFault !== undefined) {
      return { outcome: { status: 'skipped', reason: `git could not be started: ${end.startFault}` }, remaining };
    }
    if (args[0] === 'commit' && (await run('var', 'GIT_COMMITTER_IDENT')).exitCode !== 0) {
      return { outcome: describeMissingIdentity(end), remaining: [...identityCommands, ...remaining] };
    }
    return { outcome: describeFailure(command, end), remaining };
  }
  return { outcome: { status: 'done' }, remaining: [] };
}

/** Asked of git's own check, since its message comes in the user's language. */
function describeMissingIdentity({ output }: ProgramEnd): StepOutcome {
  const message = 'git knows no name and e-mail address to commit with';
  return { status: 'failed', fault: { message, hint: `Tell it: \`${identityCommands.join(' && ')}\`.` }, output };
}

/** The nearest folder, from here upwards, that is a git repository, worktree or submodule. */
function findRepository(disk: Disk, folder: string): string | undefined {
  if (disk.identify(join(folder, '.git')) !== 'nothing') {
    return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : findRepository(disk, parent);
}

function showCommit(message: string): string {
  return `git commit -m "${message}"`;
}
