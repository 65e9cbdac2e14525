/** In which order the names of ours stand together with those that theirs added. */
import { diff3 } from './diff3.ts';
import { numberLines } from './split-lines.ts';

/** None of them has a name twice. */
export interface Names {
  base: readonly string[];
  ours: readonly string[];
  theirs: readonly string[];
}

/** The names of ours in their order; each that only theirs has stands behind the neighbour it follows in theirs. */
export function mergeOrder(names: Names): string[] {
  if (isReordered(names)) return placeAdded(names.ours, names.theirs);
  // The neighbour may be gone: what stood beside it in the base shows the place.
  const [base = [], ours = [], theirs = []] = numberLines(names.base, names.ours, names.theirs);
  const known = new Set(names.ours);
  return diff3({ base, ours, theirs }, 'apart').flatMap((region) => {
    const inOurs = names.ours.slice(region.ours.start, region.ours.end);
    const inTheirs = names.theirs.slice(region.theirs.start, region.theirs.end);
    const here = new Set(inOurs);
    return placeAdded(
      inOurs,
      inTheirs.filter((name) => here.has(name) || !known.has(name)),
    );
  });
}

/** Whether any two sides disagree about the order of what they have in common. */
export function isReordered({ base, ours, theirs }: Names): boolean {
  return !keepOrder(base, ours) || !keepOrder(base, theirs) || !keepOrder(ours, theirs);
}

function keepOrder(a: readonly string[], b: readonly string[]): boolean {
  const inA = new Set(a);
  const inB = new Set(b);
  const common = b.filter((name) => inA.has(name));
  return a.filter((name) => inB.has(name)).every((name, index) => name === common[index]);
}

/** What follows no name of ours goes first. */
function placeAdded(ours: readonly string[], theirs: readonly string[]): string[] {
  const known = new Set(ours);
  const first: string[] = [];
  const followers = new Map<string, string[]>();
  let current = first;
  for (const name of theirs) {
    if (known.has(name)) {
      current = [];
      followers.set(name, current);
    } else current.push(name);
  }
  return [...first, ...ours.flatMap((name) => [name, ...(followers.get(name) ?? [])])];
}
