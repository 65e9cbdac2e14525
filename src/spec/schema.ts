/**
 * The one description of every answer: the schema of `grpc-aws.json`, and with its annotations the source of the flags,
 * the prompts, `--help` and the reference page. A question that is neither here nor in `settings.ts` is not asked anywhere.
 */
import { deviceNames } from './device-names.ts';
import { narrowSchema } from './narrow-schema.ts';
import { isOffered, listOfferedTargets } from './offered-targets.ts';
import type { Question, SchemaNode } from './schema-node.ts';
import { settingNodes } from './settings.ts';
import type { Settings, TargetId } from './spec.ts';
import { workloadSettingNodes } from './workload-settings.ts';

export type { Question, SchemaNode } from './schema-node.ts';

/** RFC 1035, section 2.3.1, in lower case. */
const dnsLabel = {
  type: 'string',
  accepts: 'a DNS label: a to z first, then a to z, 0 to 9 or -, not ending with -, at most 63 characters',
  example: 'orders',
  pattern: '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$',
  maxLength: 63,
  reserved: deviceNames,
} as const satisfies Partial<SchemaNode>;

const name: SchemaNode = {
  ...dnsLabel,
  description: 'The name of the project, and of its workload where there is only one.',
  question: {
    valueName: 'DIRECTORY',
    prompt: 'Where should the project go? Its last folder names it.',
    help: 'Folder to create; its last segment names the project (. is the current folder)',
    example: 'orders',
  },
};

const offered = listOfferedTargets();
const targetTitles = Object.fromEntries(offered.map(({ id, summary }) => [id, summary]));

/** Where nothing is said of the target. */
export const defaultTarget: TargetId = 'local';

const target: SchemaNode = {
  type: 'string',
  description: 'Where it runs.',
  accepts: `one of ${Object.keys(targetTitles).join(', ')}`,
  example: 'local',
  enum: Object.keys(targetTitles),
  titles: targetTitles,
  default: defaultTarget,
  question: {
    flag: 'target',
    valueName: 'TARGET',
    prompt: 'Where will it run?',
    help: 'Where it runs',
    example: 'local',
  },
};

const protoPath: SchemaNode = {
  type: 'string',
  description: 'A file or folder, relative to proto/, with / between its parts.',
  accepts:
    'a path below proto/ with / between its parts, each of letters, digits, and _ . + @ - inside, without . or .. parts',
  pattern: '^[A-Za-z0-9_]([A-Za-z0-9_.+@-]*[A-Za-z0-9_+@-])?(/[A-Za-z0-9_]([A-Za-z0-9_.+@-]*[A-Za-z0-9_+@-])?)*$',
  example: 'orders/v1/orders.proto',
  maxLength: 255,
};

const protos: SchemaNode = {
  type: 'array',
  description:
    'Files and folders below proto/ whose services this workload serves. A service that is added to such a folder later belongs to this workload.',
  accepts: 'a list of one or more paths below proto/',
  example: '["orders/v1"]',
  minItems: 1,
  maxItems: 1000,
  uniqueItems: true,
  items: protoPath,
  question: {
    flag: 'proto',
    valueName: 'PATH',
    repeatable: true,
    prompt: 'Which .proto files or folders? Several are separated by commas.',
    help: 'Your own .proto file or folder, for the one workload; without it you get a sample',
    example: 'protos/orders.proto',
  },
};

const workloads: SchemaNode = {
  type: 'array',
  description: 'The servers of this repo: each is built, deployed and scaled on its own.',
  accepts: 'a list of one or more workloads',
  example: '[{ "name": "orders", "protos": ["orders/v1"] }]',
  minItems: 1,
  maxItems: 100,
  items: {
    type: 'object',
    description: 'One server with its own image.',
    accepts: 'an object with a name and its protos',
    example: '{ "name": "orders", "protos": ["orders/v1"] }',
    required: ['name', 'protos'],
    requiredInAnswers: ['name'],
    properties: {
      name: { ...dnsLabel, description: 'The name of the workload, unique in the project.' },
      protos,
      ...workloadSettingNodes,
    },
  },
  question: {
    flag: 'workload',
    valueName: 'NAME[=PROTO]',
    repeatable: true,
    prompt: 'Which workloads?',
    help: 'A server of its own, and its .proto file or folder; without it there is one, named as the project',
    example: 'orders=protos/orders.proto',
  },
};

/** Where an emitted repo keeps the schema of its own `grpc-aws.json`; what its `$schema` says, so editors work offline. */
export const schemaPath = '.grpc-aws/schema.json';

const everything: SchemaNode = {
  type: 'object',
  description: 'What this repo is: the answers that create-grpc-aws renders it from.',
  accepts: 'an object with a name, a target and workloads',
  example: '{ "name": "orders", "target": "local", "workloads": [{ "name": "orders", "protos": ["orders/v1"] }] }',
  required: ['name', 'workloads'],
  properties: {
    $schema: {
      type: 'string',
      description: 'Where editors find the schema of this file.',
      accepts: 'a path or URL',
      example: `./${schemaPath}`,
      pattern: '^[!-~]+$',
      maxLength: 1000,
    },
    name,
    target,
    ...settingNodes,
    workloads,
    unlinted: {
      type: 'array',
      description:
        'Files and folders below proto/ that buf lint leaves alone: protos that came from elsewhere. Take one out when it is mended.',
      accepts: 'a list of paths below proto/',
      example: '["google"]',
      maxItems: 10_000,
      uniqueItems: true,
      items: protoPath,
    },
  },
};

/** With the settings of every target that is offered. */
export const specSchema: SchemaNode = narrowSchema(
  everything,
  offered.map(({ id }) => id),
);

/** The schema as it is with one target: its own settings, those it needs required, those of others refused. */
export function schemaOf(target: TargetId): SchemaNode {
  return narrowSchema(specSchema, [target]);
}

type AskedQuestion = Question & Required<Pick<Question, 'valueName' | 'prompt' | 'example'>>;

/** Those of every target. */
export const questions = {
  name: name.question,
  target: target.question,
  protos: protos.question,
  workloads: workloads.question,
} as Readonly<Record<'name' | 'target' | 'protos' | 'workloads', AskedQuestion>>;

/** Something that all or only some targets are asked. */
export interface Setting {
  name: keyof Settings;
  node: SchemaNode;
  question: Question;
  /** The offered targets that take it. */
  targets: readonly TargetId[];
}

/** Those of all targets that are offered, in the order of the schema. */
export const settings: readonly Setting[] = Object.entries(settingNodes).flatMap(([key, node]) => {
  const targets = node.targets?.filter(isOffered) ?? offered.map(({ id }) => id);
  return node.question && targets.length > 0
    ? [{ name: key as keyof Settings, node, question: node.question, targets }]
    : [];
});

export function settingsOf(target: TargetId): readonly Setting[] {
  return settings.filter(({ targets }) => targets.includes(target));
}
