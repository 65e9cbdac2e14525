/** All figures of the emitted server, each beside the bare program it is compared with. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallSample, type Load, measureCalls } from './calls.ts';
import { startCollector } from './collector.ts';
import { type DrainSample, measureDrain } from './drain.ts';
import { loadGet } from './get.ts';
import { readMemory, startServer, stopServer, waitForPort, waitForServing } from './process.ts';
import type { Programs } from './programs.ts';

/** Of a server with health, reflection, log and metrics, as it is emitted; `traced` with all calls sampled besides. */
export interface ServerFigures {
  node: string;
  load: Load;
  bytes: Programs['bytes'];
  calls: { bare: CallSample; plain: CallSample; traced: CallSample | undefined };
  /** Milliseconds, one a round: to the first SERVING, and of a Node that does nothing. */
  start: { idle: number[]; plain: number[]; traced: number[] };
  /** Bytes resident, one a round. */
  memory: { rawHttp2: number[]; plain: number[]; traced: number[] };
  drain: DrainSample[];
}

export interface Size {
  load: Load;
  starts: number;
  memories: number;
  drains: number;
}

/** For a run to believe, and for one that shows only that all of it works. */
export const sizes = {
  full: { load: { rounds: 15, calls: 10_000, warmUp: 50_000 }, starts: 21, memories: 7, drains: 7 },
  short: { load: { rounds: 5, calls: 2000, warmUp: 5000 }, starts: 5, memories: 2, drains: 2 },
} satisfies Record<string, Size>;

export async function measureServer(
  node: string,
  version: string,
  programs: Programs,
  { load, starts, memories, drains }: Size,
): Promise<ServerFigures> {
  const collector = await startCollector();
  const traced = programs.traces ? collector.environment : undefined;
  try {
    const figures = {
      node: version,
      load,
      bytes: programs.bytes,
      start: await measureStart(node, programs.server, traced, starts),
      memory: await measureMemory(node, programs, traced, memories),
      calls: await compareCalls(node, programs, traced, load),
      drain: await measureDrains(node, programs, drains),
    };
    if (traced !== undefined && collector.bytes() === 0) throw new Error('the server that traces sent no traces');
    return figures;
  } finally {
    collector.close();
  }
}

type Environment = Record<string, string>;

async function compareCalls(node: string, programs: Programs, traced: Environment | undefined, load: Load) {
  const servers = await Promise.all([
    startServer(node, [programs.bare, programs.definition]),
    startServer(node, [programs.server]),
    ...(traced === undefined ? [] : [startServer(node, [programs.server], traced)]),
  ]);
  try {
    await Promise.all(servers.map(waitForPort));
    const [bare, plain, withTraces] = await measureCalls(servers, await loadGet(programs.definition), load);
    if (bare === undefined || plain === undefined) throw new Error('nothing was measured');
    return { bare, plain, traced: withTraces };
  } finally {
    for (const server of servers) await stopServer(server);
  }
}

async function measureStart(node: string, program: string, traced: Environment | undefined, rounds: number) {
  const times = { idle: [] as number[], plain: [] as number[], traced: [] as number[] };
  // The first round reads the disk and is not counted.
  for (let round = -1; round < rounds; round++) {
    const idle = await timeIdle(node);
    const plain = await timeStart(node, program, {});
    const withTraces = traced && (await timeStart(node, program, traced));
    if (round < 0) continue;
    times.idle.push(idle);
    times.plain.push(plain);
    if (withTraces !== undefined) times.traced.push(withTraces);
  }
  return times;
}

async function timeIdle(node: string): Promise<number> {
  const began = performance.now();
  await once(spawn(node, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return performance.now() - began;
}

async function timeStart(node: string, program: string, environment: Environment): Promise<number> {
  const began = performance.now();
  const server = await startServer(node, [program], environment);
  await waitForServing(server);
  const took = performance.now() - began;
  await stopServer(server);
  return took;
}

async function measureMemory(node: string, programs: Programs, traced: Environment | undefined, rounds: number) {
  const bytes = { rawHttp2: [] as number[], plain: [] as number[], traced: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    bytes.rawHttp2.push(await readIdleMemory(node, programs.rawHttp2, {}));
    bytes.plain.push(await readIdleMemory(node, programs.server, {}));
    if (traced !== undefined) bytes.traced.push(await readIdleMemory(node, programs.server, traced));
  }
  return bytes;
}

async function readIdleMemory(node: string, program: string, environment: Environment): Promise<number> {
  const server = await startServer(node, [program], environment);
  await waitForPort(server);
  await sleep(1000);
  const bytes = readMemory(server);
  await stopServer(server);
  return bytes;
}

async function measureDrains(node: string, { server, definition }: Programs, rounds: number): Promise<DrainSample[]> {
  const get = await loadGet(definition);
  const samples: DrainSample[] = [];
  for (let round = 0; round < rounds; round++) samples.push(await measureDrain(node, server, get));
  return samples;
}
