/** Holds a value against the schema and says everything that is wrong with it at once. */
import type { Fault } from '../errors.ts';
import { findNearest } from './find-nearest.ts';
import type { ValuePath } from './parse-json.ts';
import type { SchemaNode } from './schema.ts';
import { describeUnprintable, showValue } from './show-value.ts';

/** Where a part of the value was written: a flag, `file:line:column`; undefined: the message's own words are enough. */
export type Locate = (path: ValuePath, side?: 'key' | 'value') => string | undefined;

export interface ValueCheck {
  locate?: Locate;
  /** Answers that are still missing are none of its business. */
  partial?: boolean;
}

/** Every fault of a value, in the order of the value. None: it is what the schema says. */
export function findFaults(schema: SchemaNode, value: unknown, check: ValueCheck = {}): Fault[] {
  return findFaultsAt(schema, value, [], check);
}

function findFaultsAt(schema: SchemaNode, value: unknown, path: ValuePath, check: ValueCheck): Fault[] {
  if (schema.type === 'object') return findObjectFaults(schema, value, path, check);
  if (schema.type === 'array') return findArrayFaults(schema, value, path, check);
  const fault = typeof value === 'string' ? explainText(schema, value, path) : explainKind(schema, value, path);
  return fault ? [{ hint: suggestExample(schema), ...fault, ...where(path, check) }] : [];
}

function findObjectFaults(schema: SchemaNode, value: unknown, path: ValuePath, check: ValueCheck): Fault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ hint: suggestExample(schema), ...explainKind(schema, value, path), ...where(path, check) }];
  const properties = schema.properties ?? {};
  const known = Object.keys(properties);
  const faults = Object.entries(value).flatMap(([key, member]) => {
    const node = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (node) return findFaultsAt(node, member, [...path, key], check);
    const nearest = findNearest(key, known);
    const fault: Fault = {
      message: `${namePath([...path, key])} is no setting of this version`,
      hint: nearest ? `Did you mean ${nearest}?` : `Remove it; known here are ${known.join(', ')}`,
    };
    return [{ ...fault, ...where([...path, key], check, 'key') }];
  });
  const required = (check.partial ? schema.requiredInAnswers : schema.required) ?? [];
  const missing = required.filter((key) => !Object.hasOwn(value, key));
  return [
    ...faults,
    ...missing.map((key) => ({
      message: `${namePath([...path, key])} is missing; it must be ${properties[key]!.accepts}`,
      hint: suggestExample(properties[key]!),
      ...where(path, check),
    })),
  ];
}

function findArrayFaults(schema: SchemaNode, value: unknown, path: ValuePath, check: ValueCheck): Fault[] {
  const items = schema.items;
  if (!Array.isArray(value) || !items)
    return [{ hint: suggestExample(schema), ...explainKind(schema, value, path), ...where(path, check) }];
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  if ((value.length < minItems && !check.partial) || value.length > maxItems) {
    const limit = value.length > maxItems ? `, at most ${maxItems}` : '';
    return [
      {
        message: `${namePath(path)} has ${value.length} entries, but must be ${schema.accepts}${limit}`,
        hint: suggestExample(schema),
        ...where(path, check),
      },
    ];
  }
  return value.flatMap((item: unknown, index) => {
    const repeated = schema.uniqueItems && value.indexOf(item) < index;
    if (!repeated) return findFaultsAt(items, item, [...path, index], check);
    const message = `${namePath([...path, index])} repeats ${showValue(item)}`;
    return [{ message, hint: 'Name it once', ...where([...path, index], check) }];
  });
}

function explainKind(schema: SchemaNode, value: unknown, path: ValuePath): Fault {
  return { message: `${namePath(path)} is ${showValue(value)}, but must be ${schema.accepts}` };
}

function explainText(schema: SchemaNode, value: string, path: ValuePath): Fault | undefined {
  const must = `must be ${schema.accepts}`;
  const name = namePath(path);
  if (schema.enum) {
    if (schema.enum.includes(value)) return undefined;
    const nearest = findNearest(value, schema.enum);
    const fault = { message: `${name} is ${showValue(value)}, but ${must}` };
    return nearest ? { ...fault, hint: `Did you mean ${nearest}?` } : fault;
  }
  const odd = describeUnprintable(value);
  if (odd) return { message: `${name} ${showValue(value)} holds ${odd}, but ${must}` };
  if (schema.reserved?.values.includes(value))
    return {
      message: `${name} cannot be ${showValue(value)}: ${schema.reserved.because}`,
      hint: `Use ${value}-service`,
    };
  if (schema.maxLength !== undefined && value.length > schema.maxLength)
    return { message: `${name} is ${showValue(value)}, ${value.length} characters long, but ${must}` };
  if (schema.pattern === undefined || new RegExp(schema.pattern).test(value)) return undefined;
  const message = value === '' ? `${name} is empty, but ${must}` : `${name} is ${showValue(value)}, but ${must}`;
  const accepted = suggestLike(schema, value);
  return accepted ? { message, hint: `Use ${accepted}` } : { message };
}

/** What to write instead, where nothing nearer is known. */
function suggestExample(schema: SchemaNode): string {
  if (schema.enum) return `Use ${schema.enum.join(' or ')}`;
  return `Write for example ${schema.example}`;
}

/** The value in the accepted form, where lower case and hyphens are all that it takes. */
function suggestLike(schema: SchemaNode, value: string): string | undefined {
  const label = value
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  const accepted = label !== '' && new RegExp(schema.pattern ?? '').test(label);
  return accepted && !schema.reserved?.values.includes(label) && !value.includes('/') ? label : undefined;
}

function where(path: ValuePath, check: ValueCheck, side?: 'key' | 'value'): Pick<Fault, 'at'> {
  const at = check.locate?.(path, side);
  return at ? { at } : {};
}

/** `workloads[1].name`, as one would write it in code. */
function namePath(path: ValuePath): string {
  if (path.length === 0) return 'the whole';
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w$]{1,40}$/.test(part)) return `[${showValue(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}
