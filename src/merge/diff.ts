/** What changed between two sequences: the shortest edit script, its changes placed as git places them. */
import { findMiddle } from './find-middle.ts';
import { settleRuns } from './settle-runs.ts';

/** `before[beforeStart, beforeEnd)` became `after[afterStart, afterEnd)`; both half open, one of them may be empty. */
export interface Change {
  beforeStart: number;
  beforeEnd: number;
  afterStart: number;
  afterEnd: number;
}

/**
 * The changes from one sequence to another, in order, never touching each other.
 * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), in its linear space form. Where several
 * scripts are equally short it takes the one that git takes nearly always, so that merges come out alike.
 */
export function diff(before: readonly number[], after: readonly number[]): Change[] {
  const removed = new Uint8Array(before.length);
  const added = new Uint8Array(after.length);
  markChanges(withoutStrangers(before, after, removed), withoutStrangers(after, before, added));
  settleRuns({ items: before, changed: removed }, { items: after, changed: added });
  settleRuns({ items: after, changed: added }, { items: before, changed: removed });
  return listChanges(removed, added);
}

/** Those items of a sequence that can have a counterpart at all, and where the findings about them are noted. */
export interface Candidates {
  items: readonly number[];
  /** Where each item stands in the whole sequence. */
  places: readonly number[];
  changed: Uint8Array;
}

/** An item that the other side lacks is changed in every script: the search is shorter without it. */
function withoutStrangers(all: readonly number[], others: readonly number[], changed: Uint8Array): Candidates {
  const known = new Set(others);
  const items: number[] = [];
  const places: number[] = [];
  all.forEach((item, place) => {
    if (known.has(item)) {
      items.push(item);
      places.push(place);
    } else changed[place] = 1;
  });
  return { items, places, changed };
}

/** Halves the problem at the middle of a shortest script until only removals or only additions are left. */
function markChanges(before: Candidates, after: Candidates): void {
  const open = [[0, before.items.length, 0, after.items.length]];
  for (let next = open.pop(); next; next = open.pop()) {
    let [left, right, top, bottom] = next as [number, number, number, number];
    while (left < right && top < bottom && before.items[left] === after.items[top]) {
      left += 1;
      top += 1;
    }
    while (left < right && top < bottom && before.items[right - 1] === after.items[bottom - 1]) {
      right -= 1;
      bottom -= 1;
    }
    if (left === right) {
      for (let at = top; at < bottom; at++) after.changed[after.places[at]!] = 1;
    } else if (top === bottom) {
      for (let at = left; at < right; at++) before.changed[before.places[at]!] = 1;
    } else {
      const middle = findMiddle(before.items, after.items, { left, right, top, bottom });
      open.push([left, middle.x, top, middle.y], [middle.x, right, middle.y, bottom]);
    }
  }
}

function listChanges(removed: Uint8Array, added: Uint8Array): Change[] {
  const changes: Change[] = [];
  let before = 0;
  let after = 0;
  while (before < removed.length || after < added.length) {
    const beforeStart = before;
    const afterStart = after;
    while (removed[before]) before += 1;
    while (added[after]) after += 1;
    if (before > beforeStart || after > afterStart) {
      changes.push({ beforeStart, beforeEnd: before, afterStart, afterEnd: after });
    }
    before += 1;
    after += 1;
  }
  return changes;
}
