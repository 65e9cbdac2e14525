/** A plan of Terraform's, read from `terraform show -json`: what it will make, and which expression gave each value. */

export interface Resource {
  address: string;
  type: string;
  name: string;
  /** Of `for_each` or `count`. */
  index: string;
  values: unknown;
}

export interface Plan {
  /** Everything that will be there. */
  resources: readonly Resource[];
  /** Those of a type, and of a name if one is given. */
  of(type: string, name?: string): readonly Resource[];
  /** What an attribute is made from, such as `aws_lb.this.arn`: unknown values are known by it. */
  references(address: string, path: string): readonly string[];
  dependencies(address: string): readonly string[];
  /** What `path` of a resource's expressions says in so many words. */
  constant(address: string, path: string): unknown;
  /** Whether the files say anything of it. */
  isConfigured(address: string, path: string): boolean;
  /** What Terraform will do to each address that is there or will be: `["delete", "create"]`. */
  actions: ReadonlyMap<string, readonly string[]>;
  /** Which attributes differ from what is there, of each address that Terraform would touch. */
  changes: ReadonlyMap<string, readonly string[]>;
  /** Each provider's full name, and the versions it may have. */
  providers: readonly { full_name: string; version_constraint?: string }[];
  /** The whole of it. */
  text: string;
}

interface Shown {
  planned_values: { root_module: { resources?: (Resource & { mode: string; index?: string | number })[] } };
  resource_changes?: { address: string; change: Change }[];
  configuration: {
    provider_config: Record<string, { full_name: string; version_constraint?: string }>;
    root_module: { resources?: { address: string; expressions?: unknown; depends_on?: string[] }[] };
  };
}

interface Change {
  actions: string[];
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  after_unknown: Record<string, unknown>;
}

export function readPlan(text: string): Plan {
  const shown = JSON.parse(text) as Shown;
  const resources = (shown.planned_values.root_module.resources ?? [])
    .filter(({ mode }) => mode === 'managed')
    .map((resource) => ({ ...resource, index: String(resource.index ?? '') }));
  const configured = new Map((shown.configuration.root_module.resources ?? []).map((one) => [one.address, one]));
  const expression = (address: string, path: string) => valueAt(configured.get(address)?.expressions, path);
  return {
    resources,
    of: (type, name) => resources.filter((one) => one.type === type && (name === undefined || one.name === name)),
    references: (address, path) => (valueAt(expression(address, path), 'references') ?? []) as string[],
    dependencies: (address) => configured.get(address)?.depends_on ?? [],
    constant: (address, path) => valueAt(expression(address, path), 'constant_value'),
    isConfigured: (address, path) => expression(address, path) !== undefined,
    actions: new Map((shown.resource_changes ?? []).map(({ address, change }) => [address, change.actions])),
    changes: new Map(
      (shown.resource_changes ?? []).flatMap(({ address, change }) =>
        ['no-op', 'read'].includes(change.actions.join()) ? [] : [[address, findChanged(change)]],
      ),
    ),
    providers: Object.values(shown.configuration.provider_config),
    text,
  };
}

/** But for what is not known before it is made. */
function findChanged({ before, after, after_unknown: unknown }: Change): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return sorted(names).filter((name) => unknown[name] !== true && !sameValue(before?.[name], after?.[name]));
}

/** The value at a path of keys and indexes: `health_check.0.path`. Undefined where it leads nowhere. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
      value,
    );
}

/** What differs from what is wanted, by path: a sentence each. */
export function compareValues({ address, values }: Resource, wanted: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(wanted).flatMap(([path, value]) => {
    const found = valueAt(values, path);
    return sameValue(found, value) ? [] : [`${address}: ${path} is ${show(found)}, not ${show(value)}`];
  });
}

/** Equal as JSON; the order of keys does not count. */
export function sameValue(one: unknown, other: unknown): boolean {
  return show(one) === show(other);
}

export function show(value: unknown): string {
  return JSON.stringify(value, sortKeys) ?? 'absent';
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function sorted(texts: Iterable<string>): string[] {
  return [...texts].sort();
}

/** What is in one and not in the other: a sentence each. */
export function compareSets(what: string, found: Iterable<string>, wanted: Iterable<string>): string[] {
  const [has, wants] = [new Set(found), new Set(wanted)];
  return [
    ...sorted(wants).flatMap((one) => (has.has(one) ? [] : [`${what}: ${one} is missing`])),
    ...sorted(has).flatMap((one) => (wants.has(one) ? [] : [`${what}: ${one} is too much`])),
  ];
}

/** A policy's statements, with actions and resources as lists. */
export interface Statement {
  Sid?: string;
  Effect: string;
  Action: string[];
  Resource: string[];
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** Of a document in a plan; none where it is not known yet. */
export function readPolicy(document: unknown): Statement[] {
  if (typeof document !== 'string') return [];
  const { Statement } = JSON.parse(document) as { Statement: Record<string, unknown>[] };
  const list = (value: unknown) => (value === undefined ? [] : [value].flat().map(String).sort());
  return Statement.map(
    (one) => ({ Effect: 'Allow', ...one, Action: list(one.Action), Resource: list(one.Resource) }) as Statement,
  );
}
