/** The verb `new`: from the answers to a repo on disk. */
import { type ExitCode, exitCode } from '../errors.ts';
import type { Output } from './output.ts';
import type { NewArguments } from './parse-arguments.ts';
import type { World } from './world.ts';

export async function newProject(_command: NewArguments, _world: World, _output: Output): Promise<ExitCode> {
  return exitCode.done;
}
