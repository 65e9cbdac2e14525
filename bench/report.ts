/** Writes RESULTS.md and its chart from what was measured, with each goal beside its figure. */
import { type Bar, drawChart, type Group } from './chart.ts';
import type { Sample } from './measure.ts';
import type { Installed } from './package-size.ts';
import { ratio, type Spread, spread } from './statistics.ts';
import { idle, nameServices, ourHelp, ourScaffold, serviceCounts, viteHelp, viteScaffold } from './subjects.ts';

export interface Run {
  /** `v24.21.0` */
  node: string;
  samples: readonly Sample[];
}

/** What the figures are to reach: ratios to create-vite's median, and the weight of the installed package. */
export const goals = { help: 1.1, scaffold: 1.3, packages: 1, bytes: 3_000_000 };

export function drawRatios(runs: readonly Run[]): string {
  const groups = runs.flatMap((run): Group[] => [
    { title: `--help, Node ${run.node}`, bars: [idle, viteHelp, ourHelp].map((name) => toBar(run, name, viteHelp)) },
    {
      title: `scaffold without install, Node ${run.node}`,
      bars: [viteScaffold, ourScaffold, ...serviceCounts.map(nameServices)].map((name) =>
        toBar(run, name, viteScaffold),
      ),
    },
  ]);
  return drawChart("Time as a ratio to create-vite's; the thin line spans the middle half of the rounds", groups);
}

export function printResults(runs: readonly Run[], installed: Installed, rounds: number, machine: string): string {
  return `# Benchmark results

Written by \`npm run bench\`; how it measures is in [README.md](README.md). Medians of ${rounds} interleaved rounds,
with the middle half of the rounds in brackets, on ${machine}. Ratios are taken round by round and hold on other
machines better than milliseconds do.

![Time as a ratio to create-vite's](chart.svg)

${runs.map(printRun).join('\n\n')}

## Installed

| | measured | goal |
| --- | --- | --- |
| packages | ${installed.packages} | ${goals.packages} ${mark(installed.packages <= goals.packages)} |
| installed | ${megabytes(installed.bytes)} | ≤ ${megabytes(goals.bytes)} ${mark(installed.bytes <= goals.bytes)} |
| tarball | ${megabytes(installed.packedBytes)} | |
`;
}

function printRun(run: Run): string {
  const rows = [
    printRow(run, idle),
    printRow(run, viteHelp, viteHelp),
    printRow(run, ourHelp, viteHelp, goals.help),
    printRow(run, viteScaffold, viteScaffold),
    printRow(run, ourScaffold, viteScaffold, goals.scaffold),
    ...serviceCounts.map((count) => printRow(run, nameServices(count), viteScaffold)),
  ];
  return `## Node ${run.node}

| | files | ms | ms above idle, per file | ratio to create-vite | goal |
| --- | ---: | ---: | ---: | ---: | --- |
${rows.join('\n')}${explainScaffold(run)}`;
}

/** Where the goal of scaffolding is missed: what differs in kind. It is no cause: a dry run, which writes nothing, is near the goal by itself. */
function explainScaffold(run: Run): string {
  const [ours, theirs] = [find(run, ourScaffold), find(run, viteScaffold)];
  if (ratio(ours, theirs).median <= goals.scaffold) return '';
  const resting = spread(find(run, idle).times).median;
  const perFile = (sample: Sample) => (spread(sample.times).median - resting) / sample.files;
  return `

Beside the ratio: ${ours.files} files are written where create-vite writes ${theirs.files}, and above the idle start a file takes
${(perFile(ours) / perFile(theirs)).toFixed(2)} of what one of create-vite's takes.`;
}

function printRow(run: Run, name: string, base?: string, goal?: number): string {
  const sample = find(run, name);
  const took = spread(sample.times);
  const aboveIdle = took.median - spread(find(run, idle).times).median;
  const perFile = sample.files === 0 ? '' : (aboveIdle / sample.files).toFixed(2);
  const compared = base === undefined ? undefined : ratio(sample, find(run, base));
  const reached = goal === undefined || compared === undefined ? '' : `≤ ${goal} ${mark(compared.median <= goal)}`;
  const cells = [
    name,
    sample.files === 0 ? '' : String(sample.files),
    printSpread(took, 1),
    perFile,
    compared === undefined || base === name ? '' : printSpread(compared, 2),
    reached,
  ];
  return `| ${cells.join(' | ')} |`;
}

function toBar(run: Run, name: string, base: string): Bar {
  return { label: name, value: ratio(find(run, name), find(run, base)), ours: name.startsWith('create-grpc-aws') };
}

function find(run: Run, name: string): Sample {
  const sample = run.samples.find((one) => one.name === name);
  if (sample === undefined) throw new Error(`${name} was not measured`);
  return sample;
}

function printSpread({ median, quartiles }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${quartiles.map((quartile) => quartile.toFixed(digits)).join('–')})`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

function mark(reached: boolean): string {
  return reached ? 'reached' : '**missed**';
}
