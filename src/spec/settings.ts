/** What all or only some targets are asked, one entry for each setting; everything else about it is made from that entry. */
import { awsRegions, suggestRegion } from './aws-regions.ts';
import { deviceNames } from './device-names.ts';
import { domainSettingNodes } from './domain-settings.ts';
import { ecsTargets } from './ecs-targets.ts';
import { nginxSettingNodes } from './nginx-settings.ts';
import { packageManagers } from './package-managers.ts';
import type { SchemaNode } from './schema-node.ts';
import type { Settings } from './spec.ts';

/** In the order in which they are asked, shown and written. */
export const settingNodes: Readonly<Record<keyof Settings, SchemaNode>> = {
  iac: {
    type: 'string',
    targets: ecsTargets,
    description: 'What its infrastructure is written in.',
    accepts: 'terraform or cloudformation',
    example: 'cloudformation',
    enum: ['terraform', 'cloudformation'],
    titles: {
      terraform: 'Terraform or OpenTofu, with its state in a bucket',
      cloudformation: 'stacks that AWS keeps, and change sets',
    },
    default: 'terraform',
    question: {
      flag: 'iac',
      valueName: 'LANGUAGE',
      prompt: 'In which language of infrastructure?',
      help: 'Language of its infrastructure: terraform or cloudformation',
    },
  },
  region: {
    type: 'string',
    targets: ecsTargets,
    needed: true,
    description: 'The AWS region that it runs in.',
    accepts: 'an AWS region such as eu-west-1',
    example: 'eu-west-1',
    enum: Object.keys(awsRegions),
    titles: awsRegions,
    hint: suggestRegion,
    question: {
      flag: 'region',
      valueName: 'REGION',
      prompt: 'In which AWS region?',
      help: 'AWS region',
    },
  },
  ...domainSettingNodes,
  network: {
    type: 'string',
    targets: ecsTargets,
    description: 'Where its VPC and subnets come from.',
    accepts: 'create or existing',
    example: 'create',
    enum: ['create', 'existing'],
    titles: {
      create: 'a VPC of its own for each environment',
      existing: 'a VPC that is there, found by its tags',
    },
    default: 'create',
    question: {
      flag: 'network',
      valueName: 'NETWORK',
      prompt: 'Which network?',
      help: 'create: a VPC of its own; existing: one that is found by its tags',
    },
  },
  environments: {
    type: 'array',
    targets: ecsTargets,
    description: 'Each is deployed on its own; the last is production.',
    accepts: 'a list of one or more environments',
    example: '["dev", "prod"]',
    minItems: 1,
    maxItems: 8,
    uniqueItems: true,
    default: ['dev', 'prod'],
    items: {
      type: 'string',
      description: 'Part of the names of its resources.',
      accepts: '1 to 16 characters of a to z and 0 to 9, a letter first',
      example: 'dev',
      pattern: '^[a-z][a-z0-9]{0,15}$',
      maxLength: 16,
      // Each has files of its own.
      reserved: deviceNames,
    },
    question: {
      flag: 'environment',
      valueName: 'NAME',
      repeatable: true,
      help: 'An environment to deploy; the last is production',
    },
  },
  internal: {
    type: 'boolean',
    targets: ecsTargets,
    description: 'Whether only clients inside the network reach the load balancer.',
    accepts: 'true or false',
    example: 'true',
    default: false,
    question: {
      flag: 'internal',
      option: 'Clients only inside the network',
      help: 'Reachable only from inside the network',
    },
  },
  arch: {
    type: 'string',
    targets: ecsTargets,
    description: 'The processor that images are built for and run on.',
    accepts: 'x86_64 or arm64',
    example: 'arm64',
    enum: ['x86_64', 'arm64'],
    default: 'x86_64',
    question: {
      flag: 'arch',
      valueName: 'ARCH',
      option: 'ARM processors (Graviton)',
      help: 'Processor: x86_64 or arm64',
    },
  },
  ...nginxSettingNodes,
  logs: {
    type: 'string',
    targets: ecsTargets,
    description: 'How log lines reach CloudWatch.',
    accepts: 'firelens or awslogs',
    example: 'awslogs',
    enum: ['firelens', 'awslogs'],
    titles: {
      firelens: 'a log router beside each server parses them and adds what ECS knows',
      awslogs: 'as they are, without a sidecar',
    },
    default: 'firelens',
    question: {
      flag: 'logs',
      valueName: 'DRIVER',
      option: 'Logs without a log router beside each server',
      help: 'Log driver: firelens or awslogs',
    },
  },
  reflection: {
    type: 'boolean',
    targets: ecsTargets,
    description: 'Whether clients reach server reflection, which grpcurl and the like ask for the API.',
    accepts: 'true or false',
    example: 'true',
    default: true,
    question: {
      flag: 'reflection',
      option: 'No server reflection for clients',
      help: 'Route no calls of server reflection',
    },
  },
  telemetry: {
    type: 'boolean',
    targets: ecsTargets,
    description: 'Whether traces and metrics leave through an OpenTelemetry collector beside each server.',
    accepts: 'true or false',
    example: 'true',
    default: false,
    question: {
      flag: 'telemetry',
      option: 'Traces and metrics with OpenTelemetry',
      help: 'OpenTelemetry: SDK and collector',
    },
  },
  alarms: {
    type: 'boolean',
    targets: ecsTargets,
    description: 'Whether alarms watch it, and a topic that they report to.',
    accepts: 'true or false',
    example: 'true',
    default: false,
    question: {
      flag: 'alarms',
      option: 'Alarms, and a topic that they report to',
      help: 'Alarms, and a topic that they report to',
    },
  },
  packageManager: {
    type: 'string',
    description:
      'What installs its packages and runs its scripts: on a desk, in workflows and in images. Without it: npm.',
    accepts: 'npm, pnpm or yarn',
    example: 'pnpm',
    enum: Object.keys(packageManagers),
    titles: {
      npm: 'the one that comes with Node.js',
      pnpm: 'one store for all projects of a machine',
      yarn: 'modern Yarn, with node_modules',
    },
    question: {
      flag: 'package-manager',
      valueName: 'NAME',
      option: 'Another package manager than npm',
      help: 'npm, pnpm or yarn (default: the one that runs this, or npm)',
    },
  },
};
