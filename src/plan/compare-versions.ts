/** Which of two versions is the later one: https://semver.org/#spec-item-11 */

/** Below zero where `a` is earlier, above zero where it is later. What is no number counts as text. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [splitVersion(a), splitVersion(b)];
  const released = compareLists(left.numbers, right.numbers);
  if (released !== 0 || left.suffix === right.suffix) return released;
  // `1.0.0-rc.1` comes before `1.0.0`.
  if (left.suffix === undefined || right.suffix === undefined) return left.suffix === undefined ? 1 : -1;
  return compareLists(left.suffix.split('.'), right.suffix.split('.'));
}

function splitVersion(version: string): { numbers: readonly string[]; suffix: string | undefined } {
  const [bare = ''] = version.split('+');
  const dash = bare.indexOf('-');
  return {
    numbers: (dash < 0 ? bare : bare.slice(0, dash)).split('.'),
    suffix: dash < 0 ? undefined : bare.slice(dash + 1),
  };
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [left, right] = [a[index], b[index]];
    if (left === right) continue;
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const areNumbers = [left, right].map((part) => /^\d+$/.test(part));
    if (areNumbers[0] && areNumbers[1]) {
      if (Number(left) !== Number(right)) return Number(left) - Number(right);
    } else if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
    else return left < right ? -1 : 1;
  }
  return 0;
}
