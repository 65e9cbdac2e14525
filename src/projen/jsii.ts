/** What `projen new` reads of this package: the `.jsii` file, made from the schema of answers in the build. */
import { defaultTarget, questions, specSchema } from '../spec/schema.ts';
import type { SchemaNode } from '../spec/schema-node.ts';

const assembly = 'create-grpc-aws';
const optionsName = 'GrpcServiceProjectOptions';

/** Types by full name. A value of more than one setting is a type of its own. */
type Types = Record<string, unknown>;

/**
 * The least that projen's `inventory` asks for: one class whose base is projen's own, and the interface of its options.
 * `projen` is the range of versions that the class works with.
 */
export function describeJsii(version: string, projen: string): Record<string, unknown> {
  const types: Types = {};
  types[`${assembly}.GrpcServiceProject`] = {
    assembly,
    fqn: `${assembly}.GrpcServiceProject`,
    kind: 'class',
    name: 'GrpcServiceProject',
    base: 'projen.Project',
    docs: {
      summary: 'A TypeScript gRPC service behind the right load balancer.',
      custom: { pjid: 'grpc-service' },
    },
    initializer: { parameters: [{ name: 'options', type: { fqn: `${assembly}.${optionsName}` } }] },
  };
  addInterface(types, optionsName, specSchema, [
    describeQuestion(questions.workloads),
    describeQuestion(questions.protos),
  ]);
  return {
    schema: 'jsii/0.10.0',
    name: assembly,
    version,
    // projen reads an assembly once for each of these.
    fingerprint: `${assembly}@${version}`,
    dependencies: { projen },
    types,
  };
}

/** What nobody answers: where editors find the schema, and which protos a creation brought along. */
const unasked: readonly string[] = ['$schema', 'unlinted'];
/** A folder names its project; a target is local; and without workloads there is one. */
const optional: readonly string[] = ['workloads', 'protos'];

function addInterface(types: Types, name: string, schema: SchemaNode, more: readonly object[] = []): { fqn: string } {
  const fqn = `${assembly}.${name}`;
  const asked = Object.entries(schema.properties ?? {}).filter(([key]) => !unasked.includes(key));
  const properties = asked.map(([key, node]) => {
    const isNeeded = (schema.required?.includes(key) ?? false) && !optional.includes(key);
    return describeProperty(types, `${name.replace(/Options$/, '')}${capitalise(key)}`, key, node, isNeeded);
  });
  types[fqn] = { assembly, fqn, kind: 'interface', datatype: true, name, properties: [...properties, ...more] };
  return { fqn };
}

function describeProperty(types: Types, typeName: string, name: string, node: SchemaNode, isNeeded: boolean): object {
  const isProjectName = typeName === 'GrpcServiceProjectName';
  const preset = name === 'target' ? defaultTarget : node.default;
  return {
    name,
    immutable: true,
    ...(!isNeeded && { optional: true }),
    type: describeType(types, typeName, node),
    docs: {
      summary: summarise(node),
      // projen puts the folder's name in its place.
      ...(isProjectName ? { default: '$BASEDIR' } : preset !== undefined && { default: JSON.stringify(preset) }),
    },
  };
}

function describeType(types: Types, typeName: string, node: SchemaNode): object {
  const { type, items, values } = node;
  if (items) return { collection: { kind: 'array', elementtype: describeType(types, singular(typeName), items) } };
  if (values) return { collection: { kind: 'map', elementtype: describeType(types, singular(typeName), values) } };
  if (type === 'object') return addInterface(types, typeName, node);
  return { primitive: type === 'integer' ? 'number' : type };
}

/** Said at a creation alone, in the words of the command line: files and folders on disk are copied into `proto/`. */
function describeQuestion({ flag = '', help, valueName }: { flag?: string; help: string; valueName: string }): object {
  return {
    name: flag,
    immutable: true,
    optional: true,
    type: { collection: { kind: 'array', elementtype: { primitive: 'string' } } },
    docs: { summary: `${help} (${valueName}).` },
  };
}

function summarise({ description, enum: values, accepts, targets = [] }: SchemaNode): string {
  // A list of forty regions is nothing to read in a terminal.
  const choice = values ? ` Must be ${accepts}.` : '';
  const limit = targets.length > 0 ? ` For ${targets.join(', ')}.` : '';
  return `${description}${choice}${limit}`;
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function singular(name: string): string {
  return name.replace(/s$/, '');
}
