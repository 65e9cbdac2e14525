/** The timing chain as what a target's infrastructure prints: all but what proxies behind the edge and clients keep. */
import type { Timings } from '../topology/timings.ts';

export function describeTimings({ idle, minPing, keepalive, ...printed }: Timings): Record<string, string> {
  const numbers = Object.entries(printed).filter(([, value]) => typeof value === 'number');
  return Object.fromEntries(numbers.map(([name, value]) => [name, String(value)]));
}
