/** Which of two versions of a pin is the newer one: tags of actions and images, as Renovate reads them. */

/**
 * `v7.0.1`, `1`, `24-trixie-slim`, `release-v1.2`. As in Renovate's docker versioning, which it reads images and actions
 * with (renovatebot/renovate, lib/modules/versioning/docker), what stands behind the numbers is another build, neither
 * newer nor older; and a prefix of a tag is a part of its name (docs.renovatebot.com/modules/manager/github-actions,
 * "Digest pinning and updating").
 */
const pattern = /^((?:[A-Za-z][\w-]*[-/])?)v?(\d{1,15}(?:\.\d{1,15})*)((?:-[\w.-]+)?)$/;

/**
 * Below 0 where `a` is older than `b`, 0 where they are the same. Undefined where nobody can tell: a branch, another
 * build, or `v8` beside `v8.1.0`, for `v8` moves on.
 */
export function compareTags(a: string, b: string): number | undefined {
  if (a === b) return 0;
  const [, prefix, numbers, suffix] = pattern.exec(a) ?? [];
  const [, otherPrefix, otherNumbers, otherSuffix] = pattern.exec(b) ?? [];
  if (numbers === undefined || otherNumbers === undefined) return undefined;
  if (prefix !== otherPrefix || suffix !== otherSuffix) return undefined;
  const [own, other] = [numbers, otherNumbers].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const shared = Math.min(own.length, other.length);
  for (let at = 0; at < shared; at++) {
    if (own[at] !== other[at]) return own[at]! - other[at]!;
  }
  return own.length === other.length ? 0 : undefined;
}
