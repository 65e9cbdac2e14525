/** Three-way merge by line, as git does it. */
import { diff3, type Region, type Stretch } from './diff3.ts';
import type { Merge, MergeConflict, MergeLabels, MergeSides } from './merge.ts';
import { numberLines, splitLines } from './split-lines.ts';

interface SideLines {
  base: readonly string[];
  ours: readonly string[];
  theirs: readonly string[];
}

/**
 * Merges by line; a conflict is marked as git's `zdiff3` style does (git-merge-file(1)): with the base between both
 * sides, and without the lines that both sides begin or end with.
 */
export function mergeText(sides: MergeSides, labels: MergeLabels): Merge {
  return markRegions(sides, labels, ({ changed }) => changed === 'both');
}

/** Marks what either side changed, also where the other left it alone: for changes that hold together or not at all. */
export function markChanges(sides: MergeSides, labels: MergeLabels): Merge {
  return markRegions(sides, labels, ({ changed }) => changed !== 'same');
}

function markRegions(sides: MergeSides, labels: MergeLabels, isConflict: (region: Region) => boolean): Merge {
  const lines = { base: splitLines(sides.base), ours: splitLines(sides.ours), theirs: splitLines(sides.theirs) };
  const [base = [], ours = [], theirs = []] = numberLines(lines.base, lines.ours, lines.theirs);
  const merged: string[] = [];
  const conflicts: MergeConflict[] = [];
  for (const region of diff3({ base, ours, theirs })) {
    if (isConflict(region)) {
      const trimmed = trimRegion(lines, region);
      merged.push(...lines.ours.slice(region.ours.start, trimmed.ours.start));
      conflicts.push({ where: `line ${merged.length + 1}` });
      merged.push(...markConflict(lines, trimmed, labels));
      merged.push(...lines.ours.slice(trimmed.ours.end, region.ours.end));
    } else {
      const { start, end } = region.changed === 'theirs' ? region.theirs : region.ours;
      const taken = region.changed === 'theirs' ? lines.theirs : lines.ours;
      for (let at = start; at < end; at++) merged.push(taken[at]!);
    }
  }
  return { text: merged.join(''), conflicts };
}

/** What the same merge says where each conflict is resolved to one side. */
export function resolveText(sides: MergeSides, side: 'ours' | 'theirs'): string {
  const lines = { ours: splitLines(sides.ours), theirs: splitLines(sides.theirs) };
  const [base = [], ours = [], theirs = []] = numberLines(splitLines(sides.base), lines.ours, lines.theirs);
  return diff3({ base, ours, theirs })
    .flatMap((region) => {
      const taken = region.changed === 'theirs' ? 'theirs' : region.changed === 'both' ? side : 'ours';
      return lines[taken].slice(region[taken].start, region[taken].end);
    })
    .join('');
}

/** Without the lines at both ends that the two sides have in common. Not all of them: such a region is no conflict. */
function trimRegion({ ours, theirs }: SideLines, region: Region): Region {
  let { start, end } = region.ours;
  let { start: theirsStart, end: theirsEnd } = region.theirs;
  while (start < end && theirsStart < theirsEnd && ours[start] === theirs[theirsStart]) {
    start += 1;
    theirsStart += 1;
  }
  while (start < end && theirsStart < theirsEnd && ours[end - 1] === theirs[theirsEnd - 1]) {
    end -= 1;
    theirsEnd -= 1;
  }
  return { ...region, ours: { start, end }, theirs: { start: theirsStart, end: theirsEnd } };
}

function markConflict(lines: SideLines, region: Region, labels: MergeLabels): string[] {
  return [
    markerLine('<<<<<<<', labels.ours),
    ...wholeLines(lines.ours, region.ours),
    markerLine('|||||||', labels.base),
    ...wholeLines(lines.base, region.base),
    '=======\n',
    ...wholeLines(lines.theirs, region.theirs),
    markerLine('>>>>>>>', labels.theirs),
  ];
}

function markerLine(marker: string, label: string): string {
  return label === '' ? `${marker}\n` : `${marker} ${label}\n`;
}

/** A marker must begin its line, so the last line of a file gets the line feed that it lacked. */
function wholeLines(lines: readonly string[], { start, end }: Stretch): string[] {
  return lines.slice(start, end).map((line) => (line.endsWith('\n') ? line : `${line}\n`));
}
