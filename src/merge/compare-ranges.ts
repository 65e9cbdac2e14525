/** Which of two npm ranges asks for the newer version, for the simple ranges that scaffolds and Renovate write. */

/** A version of Semantic Versioning 2.0.0: three numbers, and the parts of its prerelease. */
interface Version {
  numbers: readonly number[];
  prerelease: readonly string[];
}

const numeric = '(0|[1-9]\\d{0,14})';
const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const whole = new RegExp(`^[\\^~]?${numeric}\\.${numeric}\\.${numeric}(?:-(${identifiers}))?(?:\\+${identifiers})?$`);
/** `^1` and `~1.2` begin at 1.0.0 and 1.2.0; without an operator they are x-ranges. */
const partial = new RegExp(`^[\\^~]${numeric}(?:\\.${numeric})?$`);

/**
 * Below 0 where `a` begins at an older version than `b`, 0 where both begin at the same one. Undefined unless both are
 * exact versions or ranges with `^` or `~`: of a git URL, a path, a tag or `workspace:*` nobody can tell.
 */
export function compareRanges(a: string, b: string): number | undefined {
  const first = readVersion(a);
  const second = readVersion(b);
  return first && second && compareVersions(first, second);
}

function readVersion(range: string): Version | undefined {
  const match = whole.exec(range) ?? partial.exec(range);
  if (!match) return undefined;
  const [, major = '0', minor = '0', patch = '0', prerelease] = match;
  return { numbers: [major, minor, patch].map(Number), prerelease: prerelease?.split('.') ?? [] };
}

/** Semantic Versioning 2.0.0, section 11. */
function compareVersions(a: Version, b: Version): number {
  for (const [index, number] of a.numbers.entries()) {
    if (number !== b.numbers[index]) return number - b.numbers[index]!;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
  for (const [index, part] of a.prerelease.entries()) {
    const other = b.prerelease[index];
    if (other === undefined) return 1;
    if (part !== other) return comparePrereleaseParts(part, other);
  }
  return a.prerelease.length - b.prerelease.length;
}

function comparePrereleaseParts(a: string, b: string): number {
  const isNumber = [a, b].map((part) => /^\d+$/.test(part));
  if (isNumber[0] && isNumber[1]) return Number(a) - Number(b);
  if (isNumber[0] || isNumber[1]) return isNumber[0] ? -1 : 1;
  return a < b ? -1 : 1;
}
