/** One form for one value: its keys in the order of the schema, and what nobody said filled in. */
import type { SchemaNode } from './schema-node.ts';

/**
 * A value that the schema accepts, in the schema's order. A list or map that may be left out is left out when it is empty.
 * With `fill`, defaults stand where nothing was said.
 */
export function arrangeValue(schema: SchemaNode, value: unknown, how: Arrangement): unknown {
  const { items, properties, values, required = [] } = schema;
  const { fill, around = {} } = how;
  if (items) return (value as readonly unknown[]).map((item) => arrangeValue(items, item, how));
  const given = value as Readonly<Record<string, unknown>>;
  if (values)
    return Object.fromEntries(Object.entries(given).map(([key, one]) => [key, arrangeValue(values, one, how)]));
  if (!properties) return value;
  const arranged: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(properties)) {
    const isSaid = Object.hasOwn(given, key) && given[key] !== undefined;
    const inside = { fill, around: arranged };
    const preset = fill && !isSaid ? findDefault(child, arranged, around) : undefined;
    const member = isSaid ? arrangeValue(child, given[key], inside) : preset;
    if (member !== undefined && (required.includes(key) || !isEmpty(member))) arranged[key] = member;
  }
  return arranged;
}

type Said = Readonly<Record<string, unknown>>;

interface Arrangement {
  fill: boolean;
  /** The object that this value stands in, as far as it is arranged. */
  around?: Said;
}

function findDefault({ default: value, defaultFrom }: SchemaNode, said: Said, around: Said): unknown {
  return Array.isArray(value) ? [...value] : (value ?? defaultFrom?.(said, around));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
