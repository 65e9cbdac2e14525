/** One command from its words to its exit code. */
import { type ExitCode, exitCode } from '../errors.ts';
import { specJsonSchema } from '../spec/json-schema.ts';
import { toolVersion } from '../tool-version.ts';
import { writeHelp, writeVerbHelp } from './help.ts';
import { listTargets } from './list-targets.ts';
import { newProject } from './new-project.ts';
import { createOutput, type Output } from './output.ts';
import { type Command, parseArguments, wantsJson } from './parse-arguments.ts';
import { refuseSwallowedFlags } from './refuse-swallowed-flags.ts';
import { reportError } from './report-error.ts';
import type { World } from './world.ts';

/** Never throws: whatever fails is told, and is the exit code. */
export async function runCli(argv: readonly string[], world: World): Promise<ExitCode> {
  const output = createOutput(world, wantsJson(argv));
  try {
    refuseSwallowedFlags(world.env);
    return await runCommand(parseArguments(argv), world, output);
  } catch (error) {
    return reportError(error, world, output);
  }
}

async function runCommand(command: Command, world: World, output: Output): Promise<ExitCode> {
  switch (command.verb) {
    case 'help':
      world.stdout.write(command.of ? writeVerbHelp(command.of, toolVersion) : writeHelp(toolVersion));
      return exitCode.done;
    case 'version':
      world.stdout.write(`${toolVersion}\n`);
      return exitCode.done;
    case 'targets':
      return listTargets(output);
    case 'schema':
      output.printDocument(specJsonSchema());
      return exitCode.done;
    case 'add':
      return (await import('./add-to-project.ts')).addToProject(command, world, output);
    case 'eject':
      return (await import('./eject-project.ts')).ejectProject(command, world, output);
    case 'upgrade':
      return (await import('./upgrade-project.ts')).upgradeProject(command, world, output);
    case 'new':
      return newProject(command, world, output);
  }
}
