/** What a merge by key knows about `package.json`. */
import { compareRanges } from './compare-ranges.ts';
import type { TreePath, TreeRules } from './merge-trees.ts';
import type { TreeSides } from './tree.ts';

/** The maps of names and ranges that npm sorts when it writes them. */
const dependencyMaps = new Set(['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']);

export const packageRules: Pick<TreeRules, 'settle' | 'isMissed' | 'orderOf'> = {
  settle: (path, sides) => {
    if (path.length === 2 && isDependencies(path)) return chooseNewer(sides, (range) => range);
    if (path.length === 1 && path[0] === 'packageManager') return chooseNewer(sides, nameVersion);
    return undefined;
  },
  // Whoever deletes all scripts or packages of a kind has not seen the ones that come.
  isMissed: (path, { base, theirs }) => {
    if (path.length !== 1 || theirs?.kind !== 'map') return false;
    const known = base?.kind === 'map' ? base.members : new Map<string, unknown>();
    return [...theirs.members.keys()].some((name) => !known.has(name));
  },
  orderOf: (path) => (path.length === 1 && isDependencies(path) ? compareAsNpm : undefined),
};

function isDependencies([map]: TreePath): boolean {
  return map !== undefined && dependencyMaps.has(map);
}

/**
 * Where both moved a range on, Renovate or the user was there first: the newer one holds, and ours where they are equal.
 * A range that a side moved back, or that ours pinned below theirs, is meant so: nobody but the user can decide.
 */
function chooseNewer(
  { base, ours, theirs }: TreeSides<unknown>,
  rangeOf: (text: string, other: string) => string | undefined,
): 'ours' | 'theirs' | undefined {
  if (ours?.kind !== 'leaf' || theirs?.kind !== 'leaf') return undefined;
  if (ours.text === undefined || theirs.text === undefined) return undefined;
  const [our, their] = [rangeOf(ours.text, theirs.text), rangeOf(theirs.text, ours.text)];
  if (our === undefined || their === undefined) return undefined;
  const order = compareRanges(our, their);
  if (order === undefined) return undefined;
  const newer = order < 0 ? 'theirs' : 'ours';
  if (!base) return newer;
  if (base.kind !== 'leaf' || base.text === undefined) return undefined;
  const before = rangeOf(base.text, ours.text);
  // Both sides took another package manager.
  if (before === undefined) return newer;
  const isMovedOn = [our, their].every((range) => (compareRanges(before, range) ?? 1) <= 0);
  if (!isMovedOn) return undefined;
  return newer === 'theirs' && operatorOf(before) !== operatorOf(our) ? undefined : newer;
}

function operatorOf(range: string): string {
  return /^[\^~]?/.exec(range)![0];
}

/** Of `pnpm@12.21.0+sha512.…`, where the other is pnpm too. */
function nameVersion(text: string, other: string): string | undefined {
  const [name, version] = text.split(/[@+]/);
  return other.split('@')[0] === name ? version : undefined;
}

/** As @npmcli/package-json does in lib/update-dependencies.js (read in npm 11). */
function compareAsNpm(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}
