/** Runs another program for the user: npm, git. The only import of execa, which can start `npm.cmd` on Windows. */
import { lstatSync } from 'node:fs';
import { execa } from 'execa';
import type { ProgramCall, ProgramEnd } from '../steps/ports.ts';
import { findProgram } from './find-program.ts';

/** Never rejects: how a program ended is for the caller to judge. */
export async function runProgram({ program, args, cwd, signal, input, onLine }: ProgramCall): Promise<ProgramEnd> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !gitLocations.has(name)));
  const place = findProgram(program, { platform: process.platform, env: process.env, isFile });
  if (place === undefined) {
    return { exitCode: undefined, output: '', startFault: `spawn ${program} ENOENT: it is in no folder of PATH` };
  }
  const child = execa(place, [...args], {
    cwd,
    env,
    extendEnv: false,
    cancelSignal: signal,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    all: true,
    reject: false,
    stripFinalNewline: false,
  });
  const lines: string[] = [];
  try {
    for await (const line of child.iterable({ from: 'all' })) {
      lines.push(line);
      onLine?.(line);
    }
  } catch {
    // The result below says what ended it.
  }
  const result = await child;
  const startFault =
    result.failed && result.exitCode === undefined && !result.isTerminated ? result.originalMessage : undefined;
  return {
    exitCode: result.exitCode,
    output: lines.join('\n'),
    ...(typeof result.stdout === 'string' && { stdout: result.stdout }),
    ...(startFault !== undefined && { startFault }),
  };
}

function isFile(place: string): boolean {
  try {
    // An alias that Windows keeps of an app can be started, but what it leads to cannot be looked at.
    return !lstatSync(place).isDirectory();
  } catch {
    return false;
  }
}

/**
 * What git sets for its hooks to say which repo they are in: inherited, it would send the new repo's first commit there.
 * Source: `git rev-parse --local-env-vars`, those that name a place.
 */
const gitLocations = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_WORK_TREE',
]);
