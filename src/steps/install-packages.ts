/** Installs what a repo needs, which makes or renews its lockfile. */
import type { RunProgram, StepWatch } from './ports.ts';
import { describeFailure, describeInterrupt, type StepOutcome } from './step-outcome.ts';

export const installCommand = 'npm install';

export interface InstallationPorts {
  runProgram: RunProgram;
  signal: AbortSignal;
  watchStep(step: 'install'): StepWatch;
}

/** Never throws: where it fails, the repo stays and the command is told. */
export async function installPackages(directory: string, ports: InstallationPorts): Promise<StepOutcome> {
  const watch = ports.watchStep('install');
  const end = await ports.runProgram({
    program: 'npm',
    args: ['install', '--no-audit', '--no-fund'],
    cwd: directory,
    signal: ports.signal,
    onLine: (line) => watch.update(line),
  });
  if (end.exitCode === 0) {
    watch.succeed();
    return { status: 'done' };
  }
  watch.fail();
  return ports.signal.aborted ? describeInterrupt(installCommand) : describeFailure(installCommand, end);
}
