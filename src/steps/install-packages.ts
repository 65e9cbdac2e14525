/** Installs what a repo needs, which makes or renews its lockfile. */
import type { RunProgram, StepWatch } from './ports.ts';
import { describeFailure, describeInterrupt, type StepOutcome } from './step-outcome.ts';

/** A package manager. */
export interface Installer {
  /** The program. */
  id: string;
  /** The installation as one would type it. */
  install: string;
  /** The same where nobody reads along. */
  installArguments: readonly string[];
}

export interface InstallationPorts {
  runProgram: RunProgram;
  signal: AbortSignal;
  /** `command` is what runs, as one would type it. */
  watchStep(step: 'install', command: string): StepWatch;
}

/** Never throws: where it fails, the repo stays and the command is told. */
export async function installPackages(
  directory: string,
  { id, install, installArguments }: Installer,
  ports: InstallationPorts,
): Promise<StepOutcome> {
  const watch = ports.watchStep('install', install);
  const end = await ports.runProgram({
    program: id,
    args: installArguments,
    cwd: directory,
    signal: ports.signal,
    onLine: (line) => watch.update(line),
  });
  if (end.exitCode === 0) {
    watch.succeed();
    return { status: 'done' };
  }
  watch.fail();
  return ports.signal.aborted ? describeInterrupt(install) : describeFailure(install, end);
}
