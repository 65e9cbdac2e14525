/** One form for one value: its keys in the order of the schema, and what nobody said filled in. */
import type { SchemaNode } from './schema-node.ts';

/**
 * A value that the schema accepts, in the schema's order. A list or map that may be left out is left out when it is empty.
 * With `fill`, defaults stand where nothing was said.
 */
export function arrangeValue(schema: SchemaNode, value: unknown, { fill }: { fill: boolean }): unknown {
  const { items, properties, values, required = [] } = schema;
  if (items) return (value as readonly unknown[]).map((item) => arrangeValue(items, item, { fill }));
  const given = value as Readonly<Record<string, unknown>>;
  if (values)
    return Object.fromEntries(Object.entries(given).map(([key, one]) => [key, arrangeValue(values, one, { fill })]));
  if (!properties) return value;
  const arranged: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(properties)) {
    const isSaid = Object.hasOwn(given, key) && given[key] !== undefined;
    const member = isSaid ? arrangeValue(child, given[key], { fill }) : fill ? findDefault(child, arranged) : undefined;
    if (member !== undefined && (required.includes(key) || !isEmpty(member))) arranged[key] = member;
  }
  return arranged;
}

function findDefault(node: SchemaNode, said: Readonly<Record<string, unknown>>): unknown {
  const { default: value } = node;
  return Array.isArray(value) ? [...value] : (value ?? node.defaultFrom?.(said));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
