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

| | ms | ratio | ms a changed file | goal |
| --- | ---: | ---: | ---: | --- |
${rows.map((name) => printUpdate(updates, name, base)).join('\n')}

Rendering again where nothing changed, a repo of the sample's size, beside projen's own TypeScript project; no installs.

| | ms | ratio | goal |
| --- | ---: | ---: | --- |
${pairs.flatMap((pair) => printPair(syntheses, pair)).join('\n')}
`;
}

function printUpdate(samples: readonly Sample[], name: string, base: Sample): string {
  const sample = find(samples, name);
  const compared = ratio(sample, base);
  const [tool = '', changed] = /^(.*): (\d+)/.exec(name)?.slice(1) ?? [];
  const count = Number(changed ?? 0);
  const idle = count === 0 ? undefined : find(samples, nameUpdate(tool, 0));
  const perFile = idle === undefined ? '' : printSpread(spread(subtract(sample, idle).map((took) => took / count)), 1);
  const goal = tool === ours && count > 0 ? `≤ ${goals.upgrade} ${mark(compared.median <= goals.upgrade)}` : '';
  return `| ${name} | ${printSpread(spread(sample.times), 0)} | ${printSpread(compared, 2)} | ${perFile} | ${goal} |`;
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

function subtract(sample: Sample, base: Sample): number[] {
  return sample.times.map((took, round) => took - (base.times[round] ?? Number.NaN));
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
