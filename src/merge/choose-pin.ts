/** Which of two moved pins stands: the rule for actions, images and tools, whatever kind of file they are in. */
import { compareTags } from './compare-tags.ts';
import type { Pin } from './read-pin.ts';

export interface PinSides {
  base: Pin;
  ours: Pin;
  theirs: Pin;
}

export interface PinChoice {
  stands: 'ours' | 'theirs';
  /**
   * `newer`: it has the newer version. `digest`: both have the same, and it alone has a digest. `other-only-pinned`: the
   * other side chose nothing else than the base did, and added the digest of that.
   */
  because: 'newer' | 'digest' | 'other-only-pinned';
}

/**
 * Of a pin that both sides moved, and not alike. Undefined where nobody but its owner can decide: another image or
 * branch, a version that is not told, two digests of one version, or one that a side moved back.
 */
export function choosePin(sides: PinSides): PinChoice | undefined {
  const newer = chooseNewer(sides);
  if (newer) return newer;
  const { base, ours, theirs } = sides;
  const [isOnlyOurs, isOnlyTheirs] = [onlyPins(base, ours), onlyPins(base, theirs)];
  if (isOnlyOurs === isOnlyTheirs) return undefined;
  return { stands: isOnlyOurs ? 'theirs' : 'ours', because: 'other-only-pinned' };
}

function chooseNewer({ base, ours, theirs }: PinSides): PinChoice | undefined {
  if (ours.name !== base.name || theirs.name !== base.name) return undefined;
  const order = compare(ours, theirs);
  const isMovedOn = [ours, theirs].every((side) => (compare(base, side) ?? 1) <= 0);
  if (order === undefined || !isMovedOn) return undefined;
  if (order !== 0) return { stands: order < 0 ? 'theirs' : 'ours', because: 'newer' };
  if ((ours.digest === undefined) === (theirs.digest === undefined)) return undefined;
  return { stands: ours.digest === undefined ? 'theirs' : 'ours', because: 'digest' };
}

function compare(a: Pin, b: Pin): number | undefined {
  return a.version === undefined || b.version === undefined ? undefined : compareTags(a.version, b.version);
}

function onlyPins(base: Pin, side: Pin): boolean {
  const isSame = side.name === base.name && side.version === base.version && side.version !== undefined;
  return isSame && base.digest === undefined && side.digest !== undefined;
}
