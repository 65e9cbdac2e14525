/** The timing chain as what a target's infrastructure prints: all but what proxies behind the edge and clients keep. */
import type { HopTimings, Timings } from '../topology/timings.ts';

export function describeTimings(timings: Timings & Partial<HopTimings>): Record<string, string> {
  const { idle, minPing, keepalive, upstreamIdle, upstreamAge, ...printed } = timings;
  const numbers = Object.entries(printed).filter(([, value]) => typeof value === 'number');
  return Object.fromEntries(numbers.map(([name, value]) => [name, String(value)]));
}
