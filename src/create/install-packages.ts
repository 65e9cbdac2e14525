/** Installs what the new repo needs, so that its lockfile is in the first commit. */
import type { CreationPorts } from './ports.ts';
import { describeFailure, describeInterrupt, type StepOutcome } from './step-outcome.ts';

export const installCommand = 'npm install';

/** Never throws: where it fails, the repo stays and the command is told. */
export async function installPackages(directory: string, ports: CreationPorts): Promise<StepOutcome> {
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
