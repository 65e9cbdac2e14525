import { expect, it } from 'vitest';
import { specJsonSchema } from '../../src/spec/json-schema.ts';
import { specSchema } from '../../src/spec/schema.ts';

it('has only words that JSON Schema knows', () => {
  const known = [
    ...['$schema', 'title', 'type', 'description', 'default', 'enum', 'not', 'pattern', 'maxLength'],
    ...['minItems', 'maxItems', 'uniqueItems', 'items', 'properties', 'additionalProperties', 'required'],
    ...['minimum', 'maximum', 'propertyNames', 'allOf', 'if', 'then', 'const'],
  ];
  const strange: string[] = [];
  visit(specJsonSchema());
  expect(strange).toStrictEqual([]);

  function visit(node: Record<string, unknown>): void {
    strange.push(...Object.keys(node).filter((key) => !known.includes(key)));
    for (const child of Object.values((node.properties ?? {}) as Record<string, Record<string, unknown>>)) visit(child);
    for (const word of ['propertyNames', 'additionalProperties', 'if', 'then'] as const)
      if (typeof node[word] === 'object') visit(node[word] as Record<string, unknown>);
    for (const condition of (node.allOf ?? []) as Record<string, unknown>[]) visit(condition);
    if (node.items) visit(node.items as Record<string, unknown>);
  }
});

it('closes every object and describes every property', () => {
  const { properties, additionalProperties } = specJsonSchema() as Record<
    string,
    Record<string, { description: string }>
  >;
  expect(additionalProperties).toBe(false);
  expect(Object.keys(properties!)).toStrictEqual(Object.keys(specSchema.properties!));
  for (const property of Object.values(properties!)) expect(property.description).not.toBe('');
});
