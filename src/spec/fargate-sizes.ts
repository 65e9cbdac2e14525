/** The sizes that a task on Fargate can have. */
import type { WorkloadSettings } from './spec.ts';

/**
 * MiB of memory for each number of CPU units; AWS refuses any other pair. It has two larger sizes, of no gain to a server
 * of one thread.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html (read 2026-11-20)
 */
export const fargateSizes: Readonly<Record<WorkloadSettings['cpu'], readonly number[]>> = {
  256: [512, 1024, 2048],
  512: countGigabytes(1, 4),
  1024: countGigabytes(2, 8),
  2048: countGigabytes(4, 16),
  4096: countGigabytes(8, 30),
};

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

function countGigabytes(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => 1024 * (first + index));
}
