/** The sizes that a task on Fargate can have, and the least that holds several containers. */
import type { WorkloadSettings } from './spec.ts';

/**
 * MiB of memory for each number of CPU units; AWS refuses any other pair. Its two larger sizes are of no gain to a server of
 * one thread.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html (read 2026-11-20)
 */
export const fargateSizes: Readonly<Record<WorkloadSettings['cpu'], readonly number[]>> = {
  256: [512, 1024, 2048],
  512: countGigabytes(1, 4),
  1024: countGigabytes(2, 8),
  2048: countGigabytes(4, 16),
  4096: countGigabytes(8, 30),
};

/** A share of a task, or all of it. */
export interface TaskSize {
  /** In units of 1/1024 vCPU. */
  cpu: number;
  /** In MiB. */
  memory: number;
}

/** With the two that only several servers can use; the least first. */
const taskSizes: readonly TaskSize[] = [
  ...Object.entries(fargateSizes),
  ['8192', countGigabytes(16, 60, 4)] as const,
  ['16384', countGigabytes(32, 120, 8)] as const,
].flatMap(([cpu, memories]) => memories.map((memory) => ({ cpu: Number(cpu), memory })));

export const largestTask: TaskSize = taskSizes.at(-1)!;

/** The least that holds all of these, fewer CPU units before less memory. Undefined: Fargate has none that large. */
export function fitTask(shares: readonly TaskSize[]): TaskSize | undefined {
  const { cpu, memory } = sumShares(shares);
  return taskSizes.find((size) => size.cpu >= cpu && size.memory >= memory);
}

export function sumShares(shares: readonly TaskSize[]): TaskSize {
  return {
    cpu: shares.reduce((sum, share) => sum + share.cpu, 0),
    memory: shares.reduce((sum, share) => sum + share.memory, 0),
  };
}

/** What stands beside servers reserves memory alone. MiB, as the templates of both languages say it. */
export const sidecarShares = {
  logRouter: { cpu: 0, memory: 64 },
  collector: { cpu: 0, memory: 128 },
} as const satisfies Record<string, TaskSize>;

/**
 * MiB that a task has at least where a collector shares it: that one alone is given 128, a log router 64, and a server
 * that grows into what is left of 512 is ended by Fargate with all of them.
 */
export const leastWithCollector = 1024;

/** What a task can have, the least first. Nothing for a number of CPU units that Fargate has not. */
export function listMemories(cpu: number, telemetry: boolean): readonly number[] {
  const sizes = fargateSizes[cpu as WorkloadSettings['cpu']] ?? [];
  return telemetry ? sizes.filter((size) => size >= leastWithCollector) : sizes;
}

export const fargateCpus: readonly number[] = Object.keys(fargateSizes).map(Number);

/** The memory that comes nearest to what was asked for; of two equally near the larger. */
export function nearestMemory(sizes: readonly number[], asked: number): number {
  return sizes.reduce((best, size) => (Math.abs(size - asked) <= Math.abs(best - asked) ? size : best));
}

function countGigabytes(first: number, last: number, step = 1): number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => 1024 * (first + step * index));
}
