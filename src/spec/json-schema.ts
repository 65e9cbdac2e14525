/** The schema of `grpc-aws.json` as editors read it: plain JSON Schema, without what only our own doors need. */
import { listOfferedTargets } from './offered-targets.ts';
import { defaultTarget, schemaOf, settings, specSchema } from './schema.ts';
import type { SchemaNode } from './schema-node.ts';
import type { TargetId } from './spec.ts';

/** Draft 7, which is what VS Code and JetBrains complete from. A fresh object at every call. */
export function specJsonSchema(): Record<string, unknown> {
  const conditions = settings.length > 0 ? { allOf: listOfferedTargets().map(({ id }) => describeTarget(id)) } : {};
  const head = { $schema: 'http://json-schema.org/draft-07/schema#', title: 'grpc-aws.json' };
  return { ...head, ...toJsonSchema(specSchema), ...conditions };
}

/** What is needed and what is refused with one target. */
function describeTarget(target: TargetId): Record<string, unknown> {
  const isIt = { properties: { target: { const: target } } };
  const { required, foreign, properties } = schemaOf(target);
  const refused = Object.keys(foreign ?? {}).map((key) => [key, false] as const);
  const inWorkloads = Object.keys(properties?.workloads?.items?.foreign ?? {}).map((key) => [key, false] as const);
  // Nothing said means the default.
  const condition = target === defaultTarget ? isIt : { ...isIt, required: ['target'] };
  const consequence = {
    required: [...(required ?? [])],
    properties: {
      ...Object.fromEntries(refused),
      ...(inWorkloads.length > 0 && { workloads: { items: { properties: Object.fromEntries(inWorkloads) } } }),
    },
  };
  // Not as a literal: an object with a `then` of its own looks like a promise to linters.
  return Object.fromEntries([
    ['if', condition],
    ['then', consequence],
  ]);
}

function toJsonSchema(node: SchemaNode): Record<string, unknown> {
  const { type, description, accepts, enum: values, titles, reserved, properties, required, items, keys } = node;
  const lines = values?.map((value) => `${value}: ${titles?.[value] ?? ''}`) ?? [];
  const about = type === 'string' && !values ? `${description} Must be ${accepts}.` : description;
  return {
    type,
    description: [about, ...lines].join('\n'),
    ...(values && { enum: [...values] }),
    ...(reserved && { not: { enum: [...reserved.values] } }),
    ...pick(node, ['default', 'pattern', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'uniqueItems']),
    ...(keys && { propertyNames: toJsonSchema(keys) }),
    ...(node.values && { additionalProperties: toJsonSchema(node.values) }),
    ...(items && { items: toJsonSchema(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, toJsonSchema(child)])),
      additionalProperties: false,
    }),
    ...(required && { required: [...required] }),
  };
}

function pick(node: SchemaNode, keys: readonly (keyof SchemaNode)[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => node[key] !== undefined).map((key) => [key, node[key]]));
}
