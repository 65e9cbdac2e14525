/** Prints the figures of the emitted server, with each target beside its figure. */
import { type Spread, spread } from '../statistics.ts';
import type { ServerFigures } from './measure.ts';

/** Ratios to the bare program, except where a unit is named. */
export const targets = {
  throughput: 0.9,
  tracedThroughput: 0.85,
  p50: 1.05,
  start: 3,
  tracedStart: 4.5,
  /** Bytes above raw HTTP/2. */
  memory: 5_000_000,
  /** Bytes. */
  bundle: 400_000,
  bundles: 720_000,
  /** Milliseconds from SIGTERM to the end, beyond the longest call. */
  drain: 50,
};

export function printServer({ node, load, bytes, calls, start, memory, drain }: ServerFigures): string {
  const { bare, plain, traced } = calls;
  const failed = drain.reduce((sum, sample) => sum + sample.failed, 0);
  const rows = [
    row('throughput per CPU', divide(bare.cpu, plain.cpu), 2, targets.throughput, 'least'),
    traced && row('the same, every call traced', divide(bare.cpu, traced.cpu), 2, targets.tracedThroughput, 'least'),
    row('p50', divide(plain.p50, bare.p50), 2, targets.p50),
    row('p99', divide(plain.p99, bare.p99), 2),
    traced && row('p50, every call traced', divide(traced.p50, bare.p50), 2),
    traced && row('p99, every call traced', divide(traced.p99, bare.p99), 2),
    row('start to SERVING, of `node -e 0`', divide(start.plain, start.idle), 2, targets.start),
    traced && row('the same, tracing', divide(start.traced, start.idle), 2, targets.tracedStart),
    row('idle memory above raw HTTP/2, MB', subtract(memory.plain, memory.rawHttp2), 1, targets.memory / 1e6),
    traced && row('the same, tracing', subtract(memory.traced, memory.rawHttp2), 1),
    row('bundle, KB', spread([bytes.server / 1000]), 0, targets.bundle / 1000),
    traced &&
      row('bundles with tracing, KB', spread([(bytes.server + bytes.tracing) / 1000]), 0, targets.bundles / 1000),
    row(`failed calls of ${drain.reduce((sum, { calls: all }) => sum + all, 0)} in drains`, spread([failed]), 0, 0),
    row('drain, ms', spread(drain.map(({ took }) => took)), 0),
    row(
      'drain beyond the longest call, ms',
      spread(drain.map(({ took, longest }) => Math.max(0, took - longest))),
      0,
      targets.drain,
    ),
  ];
  return `## The emitted server, Node ${node}

The sample as it is emitted, with health, reflection, log and metrics, beside grpc-js alone with the same messages;
${load.rounds} interleaved rounds of ${load.calls} calls from 32 callers, after ${load.warmUp} to warm up. Ratios are to grpc-js alone unless
the row says otherwise.

| | measured | target |
| --- | ---: | --- |
${rows.filter((line) => line !== undefined).join('\n')}

| | CPU per call, µs | p50, ms | p99, ms | start to SERVING, ms | idle memory, MB |
| --- | ---: | ---: | ---: | ---: | ---: |
${[
  ['grpc-js alone', micro(bare.cpu), milli(bare.p50), milli(bare.p99), '', ''],
  [
    'emitted',
    micro(plain.cpu),
    milli(plain.p50),
    milli(plain.p99),
    printSpread(spread(start.plain), 1),
    mega(memory.plain),
  ],
  ...(traced === undefined
    ? []
    : [
        [
          'emitted, every call traced',
          micro(traced.cpu),
          milli(traced.p50),
          milli(traced.p99),
          printSpread(spread(start.traced), 1),
          mega(memory.traced),
        ],
      ]),
  ['raw HTTP/2', '', '', '', '', mega(memory.rawHttp2)],
  ['node -e 0', '', '', '', printSpread(spread(start.idle), 1), ''],
]
  .map((cells) => `| ${cells.join(' | ')} |`)
  .join('\n')}
${traced === undefined ? '\nThe repo was emitted without tracing.\n' : ''}`;
}

function row(name: string, value: Spread, digits: number, target?: number, kind: 'most' | 'least' = 'most'): string {
  const reached = kind === 'most' ? value.median <= (target ?? 0) : value.median >= (target ?? 0);
  const goal =
    target === undefined ? '' : `${kind === 'most' ? '≤' : '≥'} ${target} ${reached ? 'reached' : '**missed**'}`;
  return `| ${name} | ${printSpread(value, digits)} | ${goal} |`;
}

function divide(values: readonly number[], base: readonly number[]): Spread {
  return spread(values.map((value, round) => value / (base[round] ?? Number.NaN)));
}

/** Megabytes. */
function subtract(values: readonly number[], base: readonly number[]): Spread {
  return spread(values.map((value, round) => (value - (base[round] ?? Number.NaN)) / 1e6));
}

function micro(cpu: readonly number[]): string {
  return printSpread(spread(cpu.map((ms) => ms * 1000)), 1);
}

function milli(times: readonly number[]): string {
  return printSpread(spread(times), 2);
}

function mega(bytes: readonly number[]): string {
  return printSpread(spread(bytes.map((value) => value / 1e6)), 1);
}

function printSpread({ median, quartiles: [low, high] }: Spread, digits: number): string {
  const [middle, from, to] = [median, low, high].map((value) => value.toFixed(digits));
  return from === to ? `${middle}` : `${middle} (${from}–${to})`;
}
