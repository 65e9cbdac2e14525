/** Where what theirs added goes among what ours has. */

/**
 * Keeps ours in their order and puts each of theirs that ours lacks behind the neighbour it follows in theirs; what
 * follows none goes first. Neither list has a name twice.
 */
export function placeAdded(ours: readonly string[], theirs: readonly string[]): string[] {
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
