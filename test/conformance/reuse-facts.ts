/** Facts of one target for another: the same check, and other edits where its files say it in other words. */
import type { Fact, Mutation } from './fact.ts';

export interface Differences {
  /** Which facts are not about it, and why. */
  without: Readonly<Record<string, string>>;
  /** The edits that break the others there. */
  breaks: Readonly<Record<string, readonly [Mutation, ...Mutation[]]>>;
}

/** @throws Error where there is no fact of such a name */
export function reuseFacts(facts: readonly Fact[], { without, breaks }: Differences): Fact[] {
  const known = new Set(facts.map(({ id }) => id));
  for (const id of [...Object.keys(without), ...Object.keys(breaks)]) {
    if (!known.has(id)) throw new Error(`there is no fact ${id}`);
  }
  return facts
    .filter(({ id }) => !Object.hasOwn(without, id))
    .map((fact) => ({ ...fact, breaks: breaks[fact.id] ?? fact.breaks }));
}
