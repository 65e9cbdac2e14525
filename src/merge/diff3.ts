/** Two scripts of changes to one base, laid over each other. */
import { type Change, diff } from './diff.ts';

/** The stretch `[start, end)` of a side. */
export interface Stretch {
  start: number;
  end: number;
}

/** A part of the base and what each side made of it. */
export interface Region {
  /** `same`: changed nowhere, or alike on both sides. `both`: changed differently. */
  changed: 'same' | 'ours' | 'theirs' | 'both';
  base: Stretch;
  ours: Stretch;
  theirs: Stretch;
}

export interface NumberedSides {
  base: readonly number[];
  ours: readonly number[];
  theirs: readonly number[];
}

/**
 * Whether changes of both sides that touch, but do not overlap, are one region. If they are kept `apart`, two that both
 * add at the same place are still one: nobody knows which of them comes first.
 */
export type Touching = 'together' | 'apart';

/**
 * Cuts three sequences into regions, in order and without gaps.
 * Khanna, Kunal and Pierce, "A Formal Investigation of Diff3" (2007). Taking what touches `together` is what git and
 * diff3 do by default: a line is written for what stands beside it.
 */
export function diff3(sides: NumberedSides, touching: Touching = 'together'): Region[] {
  const groups = groupChanges(diff(sides.base, sides.ours), diff(sides.base, sides.theirs), touching);
  const regions: Region[] = [];
  let last: Region = { changed: 'same', base: startOfAll, ours: startOfAll, theirs: startOfAll };
  const add = (end: number, group: Group | undefined): void => {
    last = nextRegion(last, end, group);
    if ([last.base, last.ours, last.theirs].some((stretch) => stretch.end > stretch.start)) regions.push(last);
  };
  for (const group of groups) {
    add(group.start, undefined);
    add(group.end, group);
  }
  add(sides.base.length, undefined);
  return regions.map((region) => (isAlike(sides, region) ? { ...region, changed: 'same' } : region));
}

/** Changes of both sides that belong together, and the stretch of the base that they cover. */
interface Group extends Stretch {
  ours: Change[];
  theirs: Change[];
}

const startOfAll: Stretch = { start: 0, end: 0 };

function groupChanges(ours: readonly Change[], theirs: readonly Change[], touching: Touching): Group[] {
  const all = [
    ...ours.map((change) => ({ side: 'ours' as const, change })),
    ...theirs.map((change) => ({ side: 'theirs' as const, change })),
  ];
  // An insertion stands before the item that another change begins with.
  all.sort((a, b) => a.change.beforeStart - b.change.beforeStart || a.change.beforeEnd - b.change.beforeEnd);
  const groups: Group[] = [];
  for (const { side, change } of all) {
    const group = groups.at(-1);
    if (group && joins(group, change, touching)) {
      group.end = Math.max(group.end, change.beforeEnd);
      group[side].push(change);
    } else {
      const stretch = { start: change.beforeStart, end: change.beforeEnd };
      groups.push({ ...stretch, ours: [], theirs: [], [side]: [change] });
    }
  }
  return groups;
}

function joins(group: Group, change: Change, touching: Touching): boolean {
  if (change.beforeStart !== group.end) return change.beforeStart < group.end;
  return touching === 'together' || (grows(change) && [...group.ours, ...group.theirs].some(grows));
}

function grows({ beforeStart, beforeEnd, afterStart, afterEnd }: Change): boolean {
  return afterEnd - afterStart > beforeEnd - beforeStart;
}

/** From where the last region ends to `end` of the base. */
function nextRegion(last: Region, end: number, group: Group | undefined): Region {
  const endOf = (side: 'ours' | 'theirs'): number => {
    const change = group?.[side].at(-1);
    const drift = change ? change.afterEnd - change.beforeEnd : last[side].end - last.base.end;
    return end + drift;
  };
  return {
    changed: whoChanged(group),
    base: { start: last.base.end, end },
    ours: { start: last.ours.end, end: endOf('ours') },
    theirs: { start: last.theirs.end, end: endOf('theirs') },
  };
}

function whoChanged(group: Group | undefined): Region['changed'] {
  if (!group) return 'same';
  if (group.theirs.length === 0) return 'ours';
  return group.ours.length === 0 ? 'theirs' : 'both';
}

function isAlike({ ours, theirs }: NumberedSides, region: Region): boolean {
  if (region.changed !== 'both') return false;
  const length = region.ours.end - region.ours.start;
  if (length !== region.theirs.end - region.theirs.start) return false;
  for (let at = 0; at < length; at++) {
    if (ours[region.ours.start + at] !== theirs[region.theirs.start + at]) return false;
  }
  return true;
}
