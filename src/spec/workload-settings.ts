/** What only some targets are asked for each workload; it is said in `grpc-aws.json` alone. */
import { ecsTargets } from './ecs-targets.ts';
import { fargateCpus, listMemories } from './fargate-sizes.ts';
import type { SchemaNode } from './schema-node.ts';
import type { WorkloadSettings } from './spec.ts';

/** Variables that a container on ECS is given by us: AWS refuses a secret of the same name. */
export const givenVariables: readonly string[] = [
  ...['PORT', 'METRICS_PORT', 'LOG_LEVEL', 'REFLECTION', 'PRE_STOP', 'DRAIN'],
  ...['CONNECTION_IDLE', 'CONNECTION_AGE', 'CONNECTION_AGE_GRACE'],
  ...['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_SERVICE_NAME', 'OTEL_RESOURCE_ATTRIBUTES'],
];

export const workloadSettingNodes: Readonly<Record<keyof WorkloadSettings, SchemaNode>> = {
  cpu: {
    type: 'integer',
    targets: ecsTargets,
    description: 'CPU of each task, in units of 1/1024 vCPU.',
    accepts: `one of ${fargateCpus.join(', ')}`,
    example: '256',
    enum: fargateCpus,
    default: 256,
  },
  memory: {
    type: 'integer',
    targets: ecsTargets,
    description:
      'Memory of each task in MiB; Fargate takes certain pairs. Without it: the least that its cpu can have, with telemetry 1024 at least.',
    accepts: 'a number of MiB that Fargate takes with its cpu',
    example: '512',
    minimum: 512,
    maximum: 30_720,
    defaultFrom: ({ cpu }, { telemetry }) => listMemories(Number(cpu), telemetry === true)[0],
  },
  secrets: {
    type: 'object',
    targets: ecsTargets,
    description: 'Secrets that are given to the server, by the environment variable that holds each.',
    accepts: 'an object from environment variables to secrets',
    example: '{ "API_KEY": { "from": "ssm", "name": "orders/api-key" } }',
    keys: {
      type: 'string',
      description: 'An environment variable.',
      accepts: 'the name of an environment variable: letters, digits and _, a letter first, at most 128 characters',
      example: 'API_KEY',
      pattern: '^[A-Za-z][A-Za-z0-9_]{0,127}$',
      maxLength: 128,
      reserved: { values: givenVariables, because: 'the server is told something else by that variable' },
    },
    values: {
      type: 'object',
      description: 'Where a secret is kept.',
      accepts: 'an object with from (secretsmanager or ssm) and name',
      example: '{ "from": "ssm", "name": "orders/api-key" }',
      required: ['from', 'name'],
      requiredInAnswers: ['from', 'name'],
      properties: {
        from: {
          type: 'string',
          description: 'The service that keeps it.',
          accepts: 'secretsmanager or ssm',
          example: 'ssm',
          enum: ['secretsmanager', 'ssm'],
          titles: { secretsmanager: 'Secrets Manager', ssm: 'a parameter of Systems Manager' },
        },
        name: {
          type: 'string',
          description: 'Its name after PROJECT/ENVIRONMENT/, so that each environment has a value of its own.',
          // What both services take: SSM counts at most fifteen levels, two of which are the project and the environment.
          // Source: PutParameter and CreateSecret in the service models of botocore 1.44.5 (read 2026-11-20).
          accepts: 'one to thirteen parts of letters, digits and _ . - with / between, such as orders/database-url',
          example: 'orders/database-url',
          pattern: '^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+){0,12}$',
          maxLength: 400,
          hint: () => 'Give the name alone, without project and environment: they are put in front',
        },
      },
    },
  },
};
