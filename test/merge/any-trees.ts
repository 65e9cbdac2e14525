/** Random triples of data, and what a merge of them by key must say. */
import fc from 'fast-check';

/** Objects and scalars; lists have tests of their own. */
export type Data = null | boolean | number | string | { [key: string]: Data };

export interface DataSides {
  base: Data;
  ours: Data;
  theirs: Data;
}

const anyKey = fc.constantFrom('a', 'b', 'c', 'on', 'x/y', '~', '1', 'two words', '#', 'toString', '', 'é');
const anyScalar: fc.Arbitrary<Data> = fc.oneof(
  fc.constantFrom(null, true, false, 0, 1, -1.5, 1e21, '', 'yes', '1', '- a', '# no', 'a: b', 'it\'s "so"', ' padded '),
  fc.string({ maxLength: 6 }),
);

const { object: anyObject } = fc.letrec<{ object: Data; value: Data }>((tie) => ({
  object: fc.dictionary(anyKey, tie('value'), { maxKeys: 5, noNullPrototype: true, depthIdentifier: 'data' }),
  value: fc.oneof({ maxDepth: 3, depthIdentifier: 'data' }, anyScalar, tie('object')),
}));

/** Each side keeps most of the base, or is something else altogether. */
export const anyData: fc.Arbitrary<DataSides> = fc
  .record({ base: anyObject, first: anyObject, second: anyObject, keepOurs: fc.boolean(), keepTheirs: fc.boolean() })
  .map(({ base, first, second, keepOurs, keepTheirs }) => ({
    base,
    ours: keepOurs ? overlay(base, first) : first,
    theirs: keepTheirs ? overlay(base, second) : second,
  }));

export const anyIndent = fc.constantFrom<string | number>('', 1, 2, 4, '\t');

export function isObject(data: Data | undefined): data is { [key: string]: Data } {
  return typeof data === 'object' && data !== null;
}

function overlay(base: Data, change: Data): Data {
  if (!isObject(base) || !isObject(change)) return change;
  const merged = Object.entries(change).map(([key, value]) => [key, overlay(base[key] ?? value, value)] as const);
  return { ...base, ...Object.fromEntries(merged) };
}

/** Told the slow way: ours with what theirs changed, and the pointers of what both changed differently. */
export function mergeData(
  base: Data | undefined,
  ours: Data | undefined,
  theirs: Data | undefined,
  at = '',
): { data: Data | undefined; conflicts: string[] } {
  if (isSame(ours, theirs) || isSame(base, theirs)) return { data: ours, conflicts: [] };
  if (isObject(ours) && isObject(theirs)) return mergeObjects(base, ours, theirs, at);
  if (isSame(base, ours)) return { data: theirs, conflicts: [] };
  if (ours === undefined) return { data: undefined, conflicts: [] };
  return { data: ours, conflicts: [at || 'the whole file'] };
}

function mergeObjects(
  base: Data | undefined,
  ours: { [key: string]: Data },
  theirs: { [key: string]: Data },
  at: string,
) {
  const data: { [key: string]: Data } = {};
  const conflicts: string[] = [];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const before = isObject(base) && Object.hasOwn(base, key) ? base[key] : undefined;
    const own = (object: { [key: string]: Data }) => (Object.hasOwn(object, key) ? object[key] : undefined);
    const pointer = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const member = mergeData(before, own(ours), own(theirs), pointer);
    if (member.data !== undefined) data[key] = member.data;
    conflicts.push(...member.conflicts);
  }
  return { data, conflicts };
}

/** Whatever the order of keys. */
function isSame(a: Data | undefined, b: Data | undefined): boolean {
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}
