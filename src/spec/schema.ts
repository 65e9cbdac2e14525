/**
 * The one description of every answer: the schema of `grpc-aws.json`, and with its annotations the source of the flags,
 * the prompts, `--help` and the reference page. A question that is not here is not asked anywhere.
 */
import type { TargetId } from './spec.ts';

/** JSON Schema (the words of it that are needed here) and what the doors need to ask for a value. */
export interface SchemaNode {
  type: 'object' | 'array' | 'string';
  /** A sentence or two for editors, `--help` and the reference page. */
  description: string;
  /** The accepted form in words, to follow "must be". */
  accepts: string;
  /** A value of that form, as one writes it. */
  example: string;
  default?: string;
  enum?: readonly string[];
  /** A line for each value of `enum`. */
  titles?: Readonly<Record<string, string>>;
  pattern?: string;
  maxLength?: number;
  /** Values that match the pattern and still cannot be had, and why. */
  reserved?: { values: readonly string[]; because: string };
  properties?: Readonly<Record<string, SchemaNode>>;
  required?: readonly string[];
  /** What even incomplete answers must have. */
  requiredInAnswers?: readonly string[];
  items?: SchemaNode;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: true;
  question?: Question;
}

/** How a door asks for one value. */
export interface Question {
  /** Absent: the value is the command's argument. */
  flag?: string;
  /** The name that stands for the value in `--help`. */
  valueName: string;
  repeatable?: true;
  /** What a person is asked. */
  prompt: string;
  /** One line for `--help`. */
  help: string;
  example: string;
}

/** RFC 1035, section 2.3.1, in lower case. */
const dnsLabel = {
  type: 'string',
  accepts: 'a DNS label: a to z first, then a to z, 0 to 9 or -, not ending with -, at most 63 characters',
  example: 'orders',
  pattern: '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$',
  maxLength: 63,
  // Windows opens a device for these names, whatever the folder.
  // Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file (Naming Conventions).
  reserved: {
    values: ['con', 'prn', 'aux', 'nul', ...numbered('com'), ...numbered('lpt')],
    because: 'Windows keeps that name for a device, so no folder can have it there',
  },
} as const satisfies Partial<SchemaNode>;

function numbered(name: string): string[] {
  return Array.from({ length: 9 }, (_, index) => `${name}${index + 1}`);
}

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

const targetTitles: Record<TargetId, string> = {
  local: 'server, image and Docker Compose with three replicas; no cloud',
};

const target: SchemaNode = {
  type: 'string',
  description: 'Where it runs.',
  accepts: `one of ${Object.keys(targetTitles).join(', ')}`,
  example: 'local',
  enum: Object.keys(targetTitles),
  titles: targetTitles,
  default: 'local' satisfies TargetId,
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

export const specSchema: SchemaNode = {
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

export const questions = {
  name: name.question!,
  target: target.question!,
  protos: protos.question!,
  workloads: workloads.question!,
} as const satisfies Record<string, Question>;
