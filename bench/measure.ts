/** Times whole processes, in turn, so that a slow moment of the machine falls on all of them alike. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One thing to time. It gets a folder that nobody used before: a reused one grows slow. */
export interface Subject {
  name: string;
  /** What runs, where it is not Node. */
  program?: string;
  args: (folder: string) => readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Fills the folder beforehand; not timed. */
  prepare?: (folder: string) => void;
  /** Throws where the run did not do its work; not timed. */
  check?: (folder: string) => void;
  /** What it must leave in the folder, where it writes at all. */
  writes?: string;
}

export interface Sample {
  name: string;
  /** Milliseconds from spawn to exit, one a round, rounds in the same order for every subject. */
  times: readonly number[];
  /** What the last round wrote. */
  files: number;
}

/**
 * Runs every subject once a round on that Node, in folders below `home`; the first round warms the disk and is not
 * counted. Removes nothing, and nothing should be until all is measured: wherever a file is made, ext4 passes over the
 * inodes that were freed in the last minutes; that this is the cause was not isolated.
 */
export function measure(node: string, subjects: readonly Subject[], rounds: number, home: string): Sample[] {
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  const files = new Map<string, number>();
  for (let round = -1; round < rounds; round++) {
    for (const [index, subject] of subjects.entries()) {
      const folder = join(home, `${round}-${index}`);
      mkdirSync(folder, { recursive: true });
      subject.prepare?.(folder);
      const took = time(node, subject, folder);
      if (round >= 0) times.get(subject.name)?.push(took);
      subject.check?.(folder);
      files.set(subject.name, countFiles(folder));
    }
  }
  return subjects.map(({ name }) => ({ name, times: times.get(name) ?? [], files: files.get(name) ?? 0 }));
}

function time(node: string, { name, program = node, args, env, writes }: Subject, folder: string): number {
  const began = process.hrtime.bigint();
  const run = spawnSync(program, [...args(folder)], {
    cwd: folder,
    ...(env === undefined ? {} : { env }),
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const took = Number(process.hrtime.bigint() - began) / 1e6;
  if (run.status !== 0) throw new Error(`${name} ended with ${run.status}: ${run.stderr}`);
  if (writes !== undefined && !existsSync(join(folder, writes))) throw new Error(`${name} did not write ${writes}`);
  return took;
}

/** Links are not followed. */
function countFiles(folder: string): number {
  const counts = readdirSync(folder, { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? countFiles(join(folder, entry.name)) : Number(entry.isFile()),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
