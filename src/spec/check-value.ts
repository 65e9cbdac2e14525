/** Holds a value against the schema and says everything that is wrong with it at once. */
import type { Fault } from '../errors.ts';
import { findNearest } from './find-nearest.ts';
import type { ValuePath } from './parse-json.ts';
import type { SchemaNode } from './schema-node.ts';
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
  return gatherForeign(findFaultsAt(schema, value, [], check));
}

/** A setting that is right, but for other targets than this one. */
interface ForeignFault extends Fault {
  foreign: { name: string; targets: readonly string[] };
}

/** One or two are mended one by one; more come of another target for the same answers, and are told in one sentence. */
function gatherForeign(faults: readonly Fault[]): Fault[] {
  const isForeign = (fault: Fault): fault is ForeignFault => Object.hasOwn(fault, 'foreign');
  const [first, ...others] = faults.filter(isForeign);
  const all = first
    ? [first, ...others.filter(({ foreign }) => foreign.targets.join() === first.foreign.targets.join())]
    : [];
  if (first === undefined || all.length < 3) {
    return faults.map((fault) => (isForeign(fault) ? pickFault(fault) : fault));
  }
  const names = all.map(({ foreign }) => foreign.name).join(', ');
  const { targets } = first.foreign;
  const told: Fault = {
    ...pickFault(first),
    message: `${all.length} settings are none of this target, but of ${targets.join(' and ')}: ${names}`,
    hint: `Leave all of them out, or choose the target ${targets.join(' or ')}`,
  };
  const rest = faults.filter((fault) => !(all as readonly Fault[]).includes(fault));
  return [told, ...rest.map((fault) => (isForeign(fault) ? pickFault(fault) : fault))];
}

function pickFault({ foreign: _, ...fault }: ForeignFault): Fault {
  return fault;
}

function findFaultsAt(schema: SchemaNode, value: unknown, path: ValuePath, check: ValueCheck): Fault[] {
  if (schema.type === 'object') return findObjectFaults(schema, value, path, check);
  if (schema.type === 'array') return findArrayFaults(schema, value, path, check);
  const fault = explainScalar(schema, value, path);
  return fault ? [{ hint: suggestExample(schema), ...fault, ...where(path, check) }] : [];
}

function explainScalar(schema: SchemaNode, value: unknown, path: ValuePath): Fault | undefined {
  if (schema.type === 'string' && typeof value === 'string') return explainText(schema, value, path);
  if (schema.type === 'boolean' && typeof value === 'boolean') return undefined;
  if (schema.type === 'integer' && isInteger(schema, value)) return undefined;
  return explainKind(schema, value, path);
}

function isInteger({ enum: values, minimum, maximum }: SchemaNode, value: unknown): boolean {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return false;
  if (values) return values.includes(value);
  return value >= (minimum ?? Number.NEGATIVE_INFINITY) && value <= (maximum ?? Number.POSITIVE_INFINITY);
}

function findObjectFaults(schema: SchemaNode, value: unknown, path: ValuePath, check: ValueCheck): Fault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ hint: suggestExample(schema), ...explainKind(schema, value, path), ...where(path, check) }];
  const properties = schema.properties ?? {};
  const faults = Object.entries(value).flatMap(([key, member]) => {
    const at = [...path, key];
    const node = schema.values ?? (Object.hasOwn(properties, key) ? properties[key] : undefined);
    const fault = node ? explainKey(schema, key, at) : explainUnknown(schema, key, at);
    return [
      ...(fault ? [{ ...fault, ...where(at, check, 'key') }] : []),
      ...(node ? findFaultsAt(node, member, at, check) : []),
    ];
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

function explainKey({ keys }: SchemaNode, key: string, path: ValuePath): Fault | undefined {
  const fault = keys && explainText(keys, key, path);
  return fault && { hint: suggestExample(keys), ...fault };
}

function explainUnknown(
  { properties = {}, foreign = {} }: SchemaNode,
  key: string,
  path: ValuePath,
): Fault | ForeignFault {
  const others = Object.hasOwn(foreign, key) ? foreign[key] : undefined;
  if (others)
    return {
      message: `${namePath(path)} is no setting of this target, but of ${others.join(' and ')}`,
      hint: `Leave it out, or choose the target ${others.join(' or ')}`,
      foreign: { name: namePath(path), targets: others },
    };
  const known = Object.keys(properties);
  const nearest = findNearest(key, known);
  return {
    message: `${namePath(path)} is no setting of this version`,
    hint: nearest ? `Did you mean ${nearest}?` : `Remove it; known here are ${known.join(', ')}`,
  };
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
    return addHint(`${name} is ${showValue(value)}, but ${must}`, schema.hint?.(value) ?? suggestAmong(schema, value));
  }
  const odd = describeUnprintable(value);
  if (odd) return { message: `${name} ${showValue(value)} holds ${odd}, but ${must}` };
  if (schema.reserved?.values.includes(value)) {
    const longer = `${value}-service`;
    const hint = fits(schema, longer) ? `Use ${longer}` : 'Give it another name';
    return { message: `${name} cannot be ${showValue(value)}: ${schema.reserved.because}`, hint };
  }
  if (schema.maxLength !== undefined && value.length > schema.maxLength)
    return { message: `${name} is ${showValue(value)}, ${value.length} characters long, but ${must}` };
  if (fits(schema, value)) return undefined;
  const message = value === '' ? `${name} is empty, but ${must}` : `${name} is ${showValue(value)}, but ${must}`;
  return addHint(message, schema.hint?.(value) ?? suggestLike(schema, value));
}

function fits({ pattern }: SchemaNode, value: string): boolean {
  return pattern === undefined || new RegExp(pattern).test(value);
}

function addHint(message: string, hint: string | undefined): Fault {
  return hint ? { message, hint } : { message };
}

function suggestAmong({ enum: values = [] }: SchemaNode, value: string): string | undefined {
  const nearest = findNearest(value, values.map(String));
  return nearest && `Did you mean ${nearest}?`;
}

/** What to write instead, where nothing nearer is known. */
function suggestExample({ type, enum: values = [], example }: SchemaNode): string {
  if (type === 'boolean') return 'Use true or false';
  if (values.length > 0 && values.length <= mostShown) return `Use ${values.join(' or ')}`;
  return `Write for example ${example}`;
}

/** As many values as one takes in at a glance. */
const mostShown = 4;

/** The value in the accepted form, where lower case and hyphens are all that it takes. */
function suggestLike(schema: SchemaNode, value: string): string | undefined {
  const label = value
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  const accepted = label !== '' && fits(schema, label);
  return accepted && !schema.reserved?.values.includes(label) && !value.includes('/') ? `Use ${label}` : undefined;
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
