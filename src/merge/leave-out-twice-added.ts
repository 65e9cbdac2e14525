/** A line that both sides added, at two places: one of a list or an import, which must not be there twice. */
import type { MergeSides } from './merge.ts';
import { splitLines } from './split-lines.ts';

/** A service in settings.tf, with or without its comma; an import in TypeScript. */
const unique: readonly (readonly [file: RegExp, line: RegExp])[] = [
  [/^settings\.tf$/, /^\s*("[^"]+"),?\s*$/],
  [/\.ts$/, /^(import .* from '[^']+';?)\s*$/],
];

/**
 * A service that its owner wrote into `infra/settings.tf` stands at another place than where it is emitted, in the order
 * of names; a merge by line would have both. Ours goes, for theirs stands where the next version will look for it.
 * @param name of the file, without folders
 */
export function leaveOutTwiceAdded(name: string, sides: MergeSides): MergeSides {
  const [, line] = unique.find(([file]) => file.test(name)) ?? [];
  if (line === undefined) return sides;
  const findItem = (text: string) => line.exec(text)?.[1];
  const [base, theirs] = [sides.base, sides.theirs].map((text) => new Set(splitLines(text).map(findItem)));
  const isTwice = (text: string) => {
    const item = findItem(text);
    return item !== undefined && theirs!.has(item) && !base!.has(item);
  };
  const lines = splitLines(sides.theirs);
  const ours = splitLines(sides.ours)
    .filter((text) => !isTwice(text))
    .map((text) => lines.find((other) => isSameList(text, other)) ?? text)
    .join('');
  return { ...sides, ours };
}

/** What main.ts serves: the order means nothing. */
function isSameList(text: string, other: string): boolean {
  const [a, b] = [text, other].map((one) => /^\s*services: \[(.*)\],\s*$/.exec(one)?.[1]?.split(/,\s*/).sort().join());
  return a !== undefined && a === b;
}
