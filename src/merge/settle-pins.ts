/** Pins that both sides moved, settled before anything is merged: by key and by line then find nothing to disagree on. */
import { choosePin, type PinChoice } from './choose-pin.ts';
import { diff } from './diff.ts';
import type { MergeSides, SettledPin } from './merge.ts';
import { findPinReader, type PinnedLine } from './read-pin.ts';
import { numberLines, splitLines } from './split-lines.ts';

type Side = keyof MergeSides;

interface Line {
  text: string;
  pinned: PinnedLine | undefined;
  /** Equal for lines that stand for each other. */
  key: string;
}

/**
 * The three texts with the same pin wherever the three differ in nothing else on that line: months of Renovate's moves
 * and ours meet in the same lines. Where nobody can tell which of the two is to stand, all three stay as they are.
 * @param path of the file in its project, with `/`
 */
export function settlePins(path: string, sides: MergeSides): { sides: MergeSides; pins: readonly SettledPin[] } {
  const read = findPinReader(path);
  if (!read) return { sides, pins: [] };
  const readLines = (text: string): Line[] =>
    splitLines(text).map((line) => {
      const pinned = read(line);
      return { text: line, pinned, key: pinned?.rest ?? line.trim() };
    });
  const lines = { base: readLines(sides.base), ours: readLines(sides.ours), theirs: readLines(sides.theirs) };
  if (!lines.base.some(({ pinned }) => pinned)) return { sides, pins: [] };

  // Its list of steps is merged by key: what one side alone moved is taken there, with no neighbour in its way.
  const isByKey = /\.ya?ml$/.test(path);
  const told = new Map<string, SettledPin>();
  for (const place of alignLines(lines)) {
    const { base, ours, theirs } = place;
    if (!base.pinned || !ours.pinned || !theirs.pinned) continue;
    const pinned = { base: base.pinned, ours: ours.pinned, theirs: theirs.pinned };
    const mover = findMover(pinned);
    if (mover !== 'both' && isByKey) continue;
    const choice = mover === 'both' ? choosePin(mapSides((side) => pinned[side].pin)) : undefined;
    const stands = mover === 'both' ? choice?.stands : mover;
    if (stands === undefined) continue;
    const { text } = pinned[stands];
    for (const side of ['base', 'ours', 'theirs'] as const) place[side].text = pinned[side].write(text);
    if (!choice) continue;
    const pin = describe(pinned, choice);
    told.set(JSON.stringify(pin), pin);
  }
  const join = (side: Side) => lines[side].map(({ text }) => text).join('');
  return { sides: mapSides(join), pins: [...told.values()] };
}

/** Undefined where the pin is the same on all sides, or was moved alike. */
function findMover({ base, ours, theirs }: Record<Side, PinnedLine>): 'ours' | 'theirs' | 'both' | undefined {
  const isSame = (a: PinnedLine, b: PinnedLine) =>
    a.text.target === b.text.target && a.text.comment.trim() === b.text.comment.trim();
  if (isSame(ours, theirs)) return undefined;
  if (isSame(base, theirs)) return 'ours';
  return isSame(base, ours) ? 'theirs' : 'both';
}

function describe(pinned: Record<Side, PinnedLine>, { stands, because }: PinChoice): SettledPin {
  const [ours, theirs] = [pinned.ours.pin, pinned.theirs.pin];
  const isNamed = because === 'other-only-pinned';
  const say = ({ name, version = '' }: typeof ours) => (isNamed ? `${name}:${version}` : version);
  const { name } = pinned.base.pin;
  return { name, yours: say(ours), theirs: say(theirs), stands: stands === 'ours' ? 'yours' : 'theirs', because };
}

function mapSides<Value>(of: (side: Side) => Value): Record<Side, Value> {
  return { base: of('base'), ours: of('ours'), theirs: of('theirs') };
}

/** Each line of the base that stands in both sides, pins and indentation apart, with these two. */
function alignLines(lines: Record<Side, Line[]>): Record<Side, Line>[] {
  const keys = mapSides((side) => lines[side].map(({ key }) => key));
  const [base = [], ours = [], theirs = []] = numberLines(keys.base, keys.ours, keys.theirs);
  const [inOurs, inTheirs] = [findPlaces(base, ours), findPlaces(base, theirs)];
  return lines.base.flatMap((line, at) => {
    const [our, their] = [lines.ours[inOurs[at] ?? -1], lines.theirs[inTheirs[at] ?? -1]];
    return our && their ? [{ base: line, ours: our, theirs: their }] : [];
  });
}

/** Where each item of one sequence stands in the other; undefined where it is gone. */
function findPlaces(before: readonly number[], after: readonly number[]): (number | undefined)[] {
  const places = before.map((_, at): number | undefined => at);
  let drift = 0;
  let kept = 0;
  const keepUntil = (end: number): void => {
    for (let at = kept; at < end; at++) places[at] = at + drift;
  };
  for (const change of diff(before, after)) {
    keepUntil(change.beforeStart);
    for (let at = change.beforeStart; at < change.beforeEnd; at++) places[at] = undefined;
    kept = change.beforeEnd;
    drift = change.afterEnd - change.beforeEnd;
  }
  keepUntil(before.length);
  return places;
}
