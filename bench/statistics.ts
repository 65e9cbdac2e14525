/** Medians, quartiles, and ratios between samples taken in the same rounds. */
import type { Sample } from './measure.ts';

export interface Spread {
  median: number;
  /** A quarter of the values is lower than the first, a quarter higher than the second. */
  quartiles: readonly [number, number];
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)] };
}

/** `sample` over `base`, round by round: what slows both in one round leaves the ratio as it is. */
export function ratio(sample: Sample, base: Sample): Spread {
  return spread(sample.times.map((took, round) => took / (base.times[round] ?? Number.NaN)));
}

function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
