/** What stands on both sides of a conflict in a file that takes no markers: there is nowhere else to read it. */
import type { Choice } from './upgrade-plan.ts';

/** Of `choices`, those in which this text still says what it said; all of them where it is no JSON. */
export function listOpenChoices(choices: readonly Choice[], text: string): readonly Choice[] {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return choices.filter(({ where, yours }) => show('yours', find(value, where)).yours === yours);
  } catch {
    return choices;
  }
}

/** Of the places that are JSON pointers (RFC 6901); none where a side is no JSON. */
export function listChoices(places: readonly string[], ours: string, theirs: string): Choice[] {
  const pointers = places.filter((place) => place.startsWith('/'));
  if (pointers.length === 0) return [];
  try {
    const [mine, others]: unknown[] = [ours, theirs].map((text) => JSON.parse(text.replace(/^\uFEFF/, '')) as unknown);
    return pointers.map((where) => ({
      where,
      ...show('yours', find(mine, where)),
      ...show('theirs', find(others, where)),
    }));
  } catch {
    return [];
  }
}

function find(value: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1);
  return names
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((found: unknown, name) => {
      const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, name);
      return isThere ? (found as Record<string, unknown>)[name] : undefined;
    }, value);
}

function show(side: 'yours' | 'theirs', value: unknown): Partial<Choice> {
  return value === undefined ? {} : { [side]: JSON.stringify(value) };
}
