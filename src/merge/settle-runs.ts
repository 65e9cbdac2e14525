/** Where a run of changed items could stand just as well a few items higher or lower: which place it takes. */

export interface Side {
  items: readonly number[];
  /** 1 where the item is removed or added. */
  changed: Uint8Array;
}

/** Changed items `[start, end)`, possibly none, between two unchanged ones. */
interface Run {
  start: number;
  end: number;
}

/**
 * Settles every run of one side as git does (git documents it as diff "sliders"): joined with the runs it can reach,
 * beside a run of the other side where there is one on its way, else as low as it goes.
 */
export function settleRuns(side: Side, other: Side): void {
  // Unchanged items pair up, so the runs between them do: both cursors step over one unchanged item at a time.
  const run = firstRun(side);
  const opposite = firstRun(other);
  do {
    if (run.end > run.start) settleRun(side, run, other, opposite);
  } while (stepDown(side, run) && stepDown(other, opposite));
}

function settleRun(side: Side, run: Run, other: Side, opposite: Run): void {
  let size: number;
  let highest: number;
  let meeting: number | undefined;
  do {
    size = run.end - run.start;
    while (slideUp(side, run)) stepUp(other, opposite);
    highest = run.end;
    meeting = isEmpty(opposite) ? undefined : run.end;
    while (slideDown(side, run)) {
      stepDown(other, opposite);
      if (!isEmpty(opposite)) meeting = run.end;
    }
    // It has swallowed a neighbour on its way: as a longer run it may reach farther.
  } while (run.end - run.start !== size);
  if (meeting === undefined || run.end === highest) return;
  while (isEmpty(opposite) && slideUp(side, run)) stepUp(other, opposite);
}

function isEmpty(run: Run): boolean {
  return run.start === run.end;
}

function firstRun({ changed }: Side): Run {
  let end = 0;
  while (changed[end]) end += 1;
  return { start: 0, end };
}

function stepDown({ items, changed }: Side, run: Run): boolean {
  if (run.end >= items.length) return false;
  run.start = run.end + 1;
  run.end = run.start;
  while (changed[run.end]) run.end += 1;
  return true;
}

function stepUp({ changed }: Side, run: Run): void {
  run.end = run.start - 1;
  run.start = run.end;
  while (changed[run.start - 1]) run.start -= 1;
}

/** The unchanged item above takes the place of the run's last one, which is the same. */
function slideUp({ items, changed }: Side, run: Run): boolean {
  if (run.start === 0 || items[run.start - 1] !== items[run.end - 1]) return false;
  run.start -= 1;
  run.end -= 1;
  changed[run.start] = 1;
  changed[run.end] = 0;
  while (changed[run.start - 1]) run.start -= 1;
  return true;
}

function slideDown({ items, changed }: Side, run: Run): boolean {
  if (run.end >= items.length || items[run.start] !== items[run.end]) return false;
  changed[run.start] = 0;
  changed[run.end] = 1;
  run.start += 1;
  run.end += 1;
  while (changed[run.end]) run.end += 1;
  return true;
}
