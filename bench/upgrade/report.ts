/** Prints what was measured of upgrades, each goal beside its figure. */
import type { Sample } from '../measure.ts';
import { ratio, type Spread, spread } from '../statistics.ts';
import { changedCounts, merges, nameScaffold, nameUpdate } from './subjects.ts';
import { names } from './syntheses.ts';

export interface Upgrades {
  /** Of the repo that is upgraded. */
  files: number;
  rounds: number;
  updates: readonly Sample[];
  syntheses: readonly Sample[];
}

/** An upgrade to a scaffold of the same repo; a synthesis to projen's of its own project. */
const goals = { upgrade: 3, synthesis: 0.5 };
const tools = ['create-grpc-aws', 'copier'];
const [ours = ''] = tools;

export function printUpgrades({ files, rounds, updates, syntheses }: Upgrades): string {
  const base = find(updates, nameScaffold(ours));
  const rows = tools.flatMap((tool) => [
    nameScaffold(tool),
    ...changedCounts.map((changed) => nameUpdate(tool, changed)),
    nameUpdate(tool, merges.changed, merges.edited),
  ]);
  const pairs = [
    [names.upgrade, names.theirFile],
    [names.ourProjen, names.theirProjen],
  ] as const;
  return `## Upgrades

A repo of ${files} files, in git, brought up to date; copier with a template of the same files. ${rounds} interleaved rounds;
ratios are to a scaffold of ours of the same repo, without git.

| | ms | ratio | goal |
| --- | ---: | ---: | --- |
${rows.map((name) => printUpdate(updates, name, base)).join('\n')}

${printGrowth(updates)}

Rendering again where nothing changed: a repo of the sample, and projen's own TypeScript project, once as it comes (.projenrc.ts by
ts-node) and once at its quickest. Neither installs packages.

| | ms | ratio | goal |
| --- | ---: | ---: | --- |
${pairs.flatMap((pair) => printPair(syntheses, pair)).join('\n')}
`;
}

function printUpdate(samples: readonly Sample[], name: string, base: Sample): string {
  const sample = find(samples, name);
  const compared = ratio(sample, base);
  const isGoal = name.startsWith(ours) && name !== nameScaffold(ours);
  const goal = isGoal ? `≤ ${goals.upgrade} ${mark(compared.median <= goals.upgrade)}` : '';
  return `| ${name} | ${printSpread(spread(sample.times), 0)} | ${printSpread(compared, 2)} | ${goal} |`;
}

/** What a changed file adds, by the row with most of them: of copier's runs that is less than they vary by. */
function printGrowth(samples: readonly Sample[]): string {
  const many = Math.max(...changedCounts);
  const [idle, full] = [0, many].map((changed) => find(samples, nameUpdate(ours, changed)).times);
  const growth = spread((full ?? []).map((took, round) => (took - (idle?.[round] ?? Number.NaN)) / many));
  return `Of ours a changed file adds ${printSpread(growth, 2)} ms.`;
}

/** One pair of a table: ours, where it was measured, and what it is compared with. */
function printPair(samples: readonly Sample[], [our, their]: readonly [string, string]): string[] {
  const peer = find(samples, their);
  const mine = samples.find(({ name }) => name === our);
  const row = `| ${their} | ${printSpread(spread(peer.times), 0)} | | |`;
  if (mine === undefined) return [row];
  const compared = ratio(mine, peer);
  const goal = `≤ ${goals.synthesis} ${mark(compared.median <= goals.synthesis)}`;
  return [row, `| ${our} | ${printSpread(spread(mine.times), 0)} | ${printSpread(compared, 2)} | ${goal} |`];
}

function find(samples: readonly Sample[], name: string): Sample {
  const sample = samples.find((one) => one.name === name);
  if (sample === undefined) throw new Error(`${name} was not measured`);
  return sample;
}

function printSpread({ median, quartiles }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${quartiles.map((quartile) => quartile.toFixed(digits)).join('–')})`;
}

function mark(reached: boolean): string {
  return reached ? 'reached' : '**missed**';
}
