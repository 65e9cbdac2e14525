/** A CloudFormation template as CloudFormation understands it for given parameters: functions worked out, resources chosen. */
import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { account } from '../fact.ts';
import { valueAt } from '../plan.ts';

export interface Template {
  resources: readonly TemplateResource[];
  /** By what they are exported as. */
  exports: ReadonlyMap<string, unknown>;
}

export interface TemplateResource {
  id: string;
  type: string;
  /** Worked out; what AWS alone knows is `<Id>` or `<Id.Attribute>`. */
  properties: unknown;
  /** As written, functions and all. */
  written: unknown;
  dependsOn: readonly string[];
  policies: { deletion?: unknown; replacement?: unknown };
}

export interface Surroundings {
  region: string;
  parameters: Readonly<Record<string, string>>;
  /** Exports of other stacks. */
  imports: ReadonlyMap<string, unknown>;
}

type Values = Record<string, unknown>;

/** What `parseTemplate` gives. */
export type Whole = Record<string, Values>;

/** @throws Error for a name, a parameter or an export that is not there */
export function readTemplate(whole: Whole, around: Surroundings): Template {
  const evaluate = evaluator(whole, around);
  const chosen = Object.entries(whole.Resources ?? {}).filter(([, given]) => {
    const condition = (given as Values).Condition;
    return condition === undefined || evaluate({ Condition: condition }) === true;
  });
  const resources = chosen.map(([id, given]): TemplateResource => {
    const { Type, Properties, DependsOn, DeletionPolicy, UpdateReplacePolicy } = given as Values;
    return {
      id,
      type: String(Type),
      properties: evaluate(Properties ?? {}),
      written: Properties ?? {},
      dependsOn: [DependsOn ?? []].flat().map(String),
      policies: { deletion: DeletionPolicy, replacement: UpdateReplacePolicy },
    };
  });
  const outputs = Object.values(whole.Outputs ?? {}).flatMap((output) => {
    const { Value, Export } = output as { Value: unknown; Export?: { Name: unknown } };
    return Export ? [[String(evaluate(Export.Name)), evaluate(Value)] as const] : [];
  });
  return { resources, exports: new Map(outputs) };
}

/** With every short function in its long form. @throws Error for a text that is no YAML */
export function parseTemplate(text: string): Whole {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) throw document.errors[0];
  return toValue(document.contents) as Whole;
}

function toValue(node: Node | null): unknown {
  const value = isMap(node)
    ? Object.fromEntries(node.items.map(({ key, value: inner }) => [String(key), toValue(inner as Node)]))
    : isSeq(node)
      ? node.items.map((item) => toValue(item as Node))
      : isScalar(node)
        ? node.value
        : null;
  const tag = /^!(\w+)$/.exec(node?.tag ?? '')?.[1];
  if (tag === undefined) return value;
  if (tag === 'Ref' || tag === 'Condition') return { [tag]: value };
  return { [`Fn::${tag}`]: tag === 'GetAtt' ? String(value).split(/\.(.*)/s, 2) : value };
}

const nothing = Symbol('AWS::NoValue');

function evaluator(whole: Whole, around: Surroundings) {
  const pseudo: Values = {
    'AWS::Region': around.region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NoValue': nothing,
  };
  const refer = (name: string): unknown => {
    if (name in pseudo) return pseudo[name];
    if (whole.Parameters?.[name]) return readParameter(name, whole.Parameters[name] as Values, around.parameters);
    return nameResource(name, undefined);
  };
  const nameResource = (id: string, attribute: string | undefined): unknown => {
    const given = whole.Resources?.[id] as Values | undefined;
    if (!given) throw new Error(`there is no ${id}`);
    const properties = (given.Properties ?? {}) as Values;
    const known = namesOf[String(given.Type)]?.[attribute ?? 'Ref'];
    const own = known?.((property) => evaluate(properties[property] ?? ''), { ...around, id });
    return own ?? (attribute === undefined ? `<${id}>` : `<${id}.${attribute}>`);
  };
  const functions: Record<string, (value: never) => unknown> = {
    Ref: refer,
    Condition: (name: string) => evaluate(whole.Conditions?.[name]),
    'Fn::GetAtt': ([id, attribute]: [string, string]) => nameResource(id, attribute),
    'Fn::Equals': (pair: [unknown, unknown]) => evaluate(pair[0]) === evaluate(pair[1]),
    'Fn::Not': ([one]: [unknown]) => evaluate(one) !== true,
    'Fn::And': (all: unknown[]) => all.every((one) => evaluate(one) === true),
    'Fn::If': ([condition, then, otherwise]: [string, unknown, unknown]) =>
      evaluate(evaluate({ Condition: condition }) === true ? then : otherwise),
    'Fn::Join': ([between, list]: [string, unknown]) => (evaluate(list) as unknown[]).join(between),
    'Fn::Select': ([index, list]: [number, unknown]) => (evaluate(list) as unknown[])[Number(index)],
    'Fn::FindInMap': (keys: unknown[]) => {
      const [map, first, second] = keys.map((key) => String(evaluate(key))) as [string, string, string];
      const found = valueAt(whole.Mappings, `${map}.${first}.${second}`);
      if (found === undefined) throw new Error(`the map ${map} has no ${second} of ${first}`);
      return found;
    },
    'Fn::GetAZs': () => ['a', 'b', 'c'].map((letter) => `${around.region}${letter}`),
    'Fn::Cidr': ([block, count, bits]: [unknown, number, number]) => divide(String(evaluate(block)), count, bits),
    'Fn::ImportValue': (name: unknown) => {
      const wanted = String(evaluate(name));
      if (!around.imports.has(wanted)) throw new Error(`nobody exports ${wanted}`);
      return around.imports.get(wanted);
    },
    'Fn::Sub': (given: string | [string, Values]) => {
      const [text, own] = typeof given === 'string' ? [given, {}] : given;
      return substitute(text, (name) => {
        if (Object.hasOwn(own, name)) return evaluate(own[name]);
        const [id = '', attribute] = name.split(/\.(.*)/s, 2);
        return attribute === undefined ? refer(name) : nameResource(id, attribute);
      });
    },
  };
  const evaluate = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(evaluate).filter((one) => one !== nothing);
    if (typeof value !== 'object' || value === null) return value;
    const [[name = '', inner] = []] = Object.entries(value);
    const call = functions[name];
    // A key of a policy may be called Condition too; the function names one.
    if (call && Object.keys(value).length === 1 && !(name === 'Condition' && typeof inner === 'object'))
      return call(inner as never);
    const entries = Object.entries(value).map(([key, one]) => [key, evaluate(one)] as const);
    return Object.fromEntries(entries.filter(([, one]) => one !== nothing));
  };
  return evaluate;
}

/** Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html */
export function substitute(text: string, resolve: (name: string) => unknown): string {
  return text.replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) =>
    literal ? `\${${name}}` : String(resolve(name.trim())),
  );
}

/** Refused as CloudFormation does it. */
function readParameter(name: string, declared: Values, given: Surroundings['parameters']): unknown {
  const { Type, Default, AllowedPattern, AllowedValues, MinValue, MaxValue, ConstraintDescription } = declared;
  const value = given[name] ?? Default;
  if (value === undefined) throw new Error(`the parameter ${name} has no value`);
  const isAllowed =
    (AllowedPattern === undefined || new RegExp(String(AllowedPattern)).test(String(value))) &&
    (AllowedValues === undefined || (AllowedValues as unknown[]).map(String).includes(String(value))) &&
    (MinValue === undefined || (Number(value) >= Number(MinValue) && Number(value) <= Number(MaxValue)));
  if (!isAllowed) throw new Error(`${name} is ${value}: ${ConstraintDescription}`);
  if (Type === 'Number') return Number(value);
  return /List/.test(String(Type)) ? String(value).split(',') : String(value);
}

type NameOf = (property: (name: string) => unknown, around: Surroundings & { id: string }) => unknown;
const own =
  (property: string): NameOf =>
  (read) =>
    read(property) || undefined;

/** What `Ref` and `GetAtt` of those types give that AWS does not make up. */
const namesOf: Readonly<Record<string, Readonly<Record<string, NameOf>>>> = {
  'AWS::S3::Bucket': { Ref: own('BucketName'), Arn: (read) => `arn:aws:s3:::${read('BucketName')}` },
  'AWS::Logs::LogGroup': { Ref: own('LogGroupName') },
  'AWS::ECS::Cluster': { Ref: own('ClusterName') },
  'AWS::ECS::Service': { Name: own('ServiceName') },
  'AWS::CloudWatch::Alarm': { Ref: own('AlarmName') },
  'AWS::KMS::Key': {
    Arn: (_, { region, id, parameters }) => `arn:aws:kms:${region}:${account}:key/${id}${parameters.Environment ?? ''}`,
  },
  'AWS::IAM::Role': { Arn: (read) => `arn:aws:iam::${account}:role${read('Path') || '/'}${read('RoleName')}` },
  'AWS::IAM::ManagedPolicy': {
    Ref: (read) => `arn:aws:iam::${account}:policy${read('Path') || '/'}${read('ManagedPolicyName')}`,
  },
  'AWS::IAM::OIDCProvider': {
    Ref: (read) => `arn:aws:iam::${account}:oidc-provider/${String(read('Url')).replace('https://', '')}`,
  },
  // One that AWS might give.
  'AWS::Route53::HostedZone': { Ref: () => 'Z0MADEBYBOOTSTRAP' },
  'AWS::ECR::Repository': {
    Arn: (read, { region }) => `arn:aws:ecr:${region}:${account}:repository/${read('RepositoryName')}`,
  },
};

/** The first of those that follow each other in a block, each with so many bits for hosts. */
function divide(block: string, count: number, bits: number): string[] {
  const start = block
    .split('/')[0]!
    .split('.')
    .reduce((sum, part) => sum * 256 + Number(part), 0);
  return Array.from({ length: count }, (_, index) => {
    const address = start + index * 2 ** bits;
    return `${[24, 16, 8, 0].map((by) => Math.floor(address / 2 ** by) % 256).join('.')}/${32 - bits}`;
  });
}

/** The names of resources that a written value hangs on. */
export function listReferences(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(listReferences);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [(inner as string[]).join('.')];
    if (key === 'Fn::ImportValue') return [`import ${JSON.stringify(inner)}`];
    if (key === 'Fn::Sub') {
      const [text, own] = typeof inner === 'string' ? [inner, {}] : (inner as [string, Values]);
      const named = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name);
      return [...named.filter((name) => !Object.hasOwn(own, name)), ...listReferences(own)];
    }
    return listReferences(inner);
  });
}
