/** The schema of `grpc-aws.json` as editors read it: plain JSON Schema, without what only our own doors need. */
import { type SchemaNode, specSchema } from './schema.ts';

/** Draft 7, which is what VS Code and JetBrains complete from. A fresh object at every call. */
export function specJsonSchema(): Record<string, unknown> {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'grpc-aws.json', ...toJsonSchema(specSchema) };
}

function toJsonSchema(node: SchemaNode): Record<string, unknown> {
  const { type, description, accepts, enum: values, titles, reserved, properties, required, items } = node;
  const lines = values?.map((value) => `${value}: ${titles?.[value] ?? ''}`) ?? [];
  const about = type === 'string' && !values ? `${description} Must be ${accepts}.` : description;
  return {
    type,
    description: [about, ...lines].join('\n'),
    ...(values && { enum: [...values] }),
    ...(reserved && { not: { enum: [...reserved.values] } }),
    ...pick(node, ['default', 'pattern', 'maxLength', 'minItems', 'maxItems', 'uniqueItems']),
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
