/** Three-way merge by line that never conflicts: where both sides changed the same lines, theirs hold. */
import { diff3 } from './diff3.ts';
import type { MergeSides } from './merge.ts';
import { numberLines, splitLines } from './split-lines.ts';

export function overlayText(sides: MergeSides): string {
  const ours = splitLines(sides.ours);
  const theirs = splitLines(sides.theirs);
  const [base = [], oursNumbers = [], theirsNumbers = []] = numberLines(splitLines(sides.base), ours, theirs);
  return diff3({ base, ours: oursNumbers, theirs: theirsNumbers }, 'apart')
    .flatMap((region) => {
      const isOurs = region.changed === 'ours' || region.changed === 'same';
      return isOurs
        ? ours.slice(region.ours.start, region.ours.end)
        : theirs.slice(region.theirs.start, region.theirs.end);
    })
    .join('');
}
