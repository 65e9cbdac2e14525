/** What runs beside a server: the log router, the collector; where log lines go, and secrets come from. */
import { parse } from 'yaml';
import { versions } from '../../../src/versions.ts';
import type { Fact, Proof } from '../fact.ts';
import { findEntry, listPlaces, listServers } from '../places.ts';
import { compareSets, compareValues, type Resource, show, valueAt } from '../plan.ts';
import { secretValue } from '../secret-value.ts';
import { readContainer, readContainers, readServer, readVariables } from './tasks.ts';

const file = 'sidecars.tf';

export const sidecarFacts: readonly Fact[] = [
  {
    id: 'sidecars/only-asked-for',
    fact: 'Beside a server there is what was asked for, and nothing else',
    check: (proof) =>
      proof.topology.workloads.flatMap(({ name, containers }) =>
        compareSets(
          `containers of ${name}`,
          readContainers(proof).flatMap(({ address }) =>
            address.startsWith(`${name} `) ? [address.slice(name.length + 1)] : [],
          ),
          [
            ...containers.map((container) => container.name),
            ...(proof.spec.logs === 'firelens' ? ['log-router'] : []),
            ...(proof.spec.telemetry ? ['collector'] : []),
          ],
        ),
      ),
    breaks: [
      {
        in: 'least',
        file: 'settings.tf',
        from: 'telemetry = false',
        to: 'telemetry = true',
        says: 'containers of orders: collector is too much',
        apart: 'options',
      },
      {
        file: 'settings.tf',
        from: 'logs = "firelens"',
        to: 'logs = "awslogs"',
        says: 'containers of ledger: log-router is missing',
        apart: 'options',
      },
    ],
  },
  {
    id: 'sidecars/fixed-images',
    fact: 'No image of any container can change under its name',
    check: (proof) =>
      readContainers(proof).flatMap(({ address, values }) => {
        const tag = /:([^/:]+)$/.exec(String(valueAt(values, 'image')))?.[1];
        return tag === undefined || ['latest', 'stable'].includes(tag) ? [`${address} runs ${tag ?? 'no tag'}`] : [];
      }),
    breaks: [
      {
        file,
        from: `aws-for-fluent-bit:${versions.fluentBit.version}`,
        to: 'aws-for-fluent-bit:stable',
        says: 'log-router runs stable',
      },
    ],
  },
  {
    id: 'sidecars/order',
    fact: 'Sidecars start before the server and so stop after it',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html',
    check: (proof) =>
      listServers(proof).flatMap(({ task, image }) => {
        const own = new Set(task.containers.map(({ name }) => name));
        const sidecars = readContainers(proof)
          .map(({ address }) => address.split(' '))
          .filter(([owner, name = '']) => owner === task.name && !own.has(name));
        const server = readServer(proof, image);
        if (server === undefined) return [`${image} has no server`];
        const waits = (valueAt(server.values, 'dependsOn') ?? []) as { containerName: string; condition: string }[];
        return compareSets(
          `what ${image} waits for`,
          waits.map(({ containerName, condition }) => `${containerName} ${condition}`),
          sidecars.map(([, name]) => `${name} START`),
        );
      }),
    breaks: [
      {
        file: 'tasks.tf',
        from: 'condition = "START"',
        to: 'condition = "COMPLETE"',
        says: 'what orders waits for: log-router COMPLETE is too much',
      },
    ],
  },
  {
    id: 'logs/firelens',
    fact: 'By FireLens each container of this repo logs to its own group, which Terraform made, by the plugin of today',
    check: eachOwn('firelens', ({ group }) => ({
      'logConfiguration.logDriver': 'awsfirelens',
      'logConfiguration.options.Name': 'cloudwatch_logs',
      'logConfiguration.options.log_group_name': group,
      'logConfiguration.options.auto_create_group': 'false',
      'logConfiguration.options.log_stream_prefix': 'grpc-',
    })),
    breaks: [
      { file, from: '"cloudwatch_logs"', to: '"cloudwatch"', says: 'Name is "cloudwatch"' },
      {
        file,
        from: 'auto_create_group = "false"',
        to: 'auto_create_group = "true"',
        says: 'auto_create_group is "true"',
      },
    ],
  },
  {
    id: 'logs/router',
    fact: 'The log router has memory of its own, parses JSON, adds what ECS knows, and takes the task down with it',
    check: whereFirelens('log-router', () => ({
      essential: true,
      memoryReservation: 64,
      'firelensConfiguration.type': 'fluentbit',
      'firelensConfiguration.options.enable-ecs-log-metadata': 'true',
      'firelensConfiguration.options.config-file-type': 'file',
      'firelensConfiguration.options.config-file-value': '/fluent-bit/configs/parse-json.conf',
    })),
    breaks: [
      { file, from: 'memoryReservation = 64', to: '', says: 'memoryReservation is absent' },
      {
        file,
        from: 'enable-ecs-log-metadata = "true"',
        to: 'enable-ecs-log-metadata = "false"',
        says: 'enable-ecs-log-metadata is "false"',
      },
      { file, from: '/fluent-bit/configs/parse-json.conf', to: '/fluent-bit/etc/none.conf', says: 'none.conf' },
    ],
  },
  {
    id: 'logs/router-itself',
    fact: 'The log router logs by awslogs to the group of what calls enter by, with a prefix of its own',
    check: whereFirelens('log-router', ({ group }) => ({
      'logConfiguration.logDriver': 'awslogs',
      'logConfiguration.options.awslogs-group': group,
      'logConfiguration.options.awslogs-stream-prefix': 'logger',
    })),
    breaks: [
      {
        file,
        from: 'logConfiguration = local.awslogs[task.logs].logger',
        to: 'logConfiguration = local.awslogs[task.logs].grpc',
        says: 'awslogs-stream-prefix is "grpc", not "logger"',
      },
    ],
  },
  {
    id: 'logs/awslogs',
    fact: 'By awslogs each container of this repo logs to its own group, and a slow CloudWatch does not stop it',
    check: eachOwn('awslogs', ({ group }) => ({
      'logConfiguration.logDriver': 'awslogs',
      'logConfiguration.options.awslogs-group': group,
      'logConfiguration.options.awslogs-stream-prefix': 'grpc',
      'logConfiguration.options.mode': 'non-blocking',
    })),
    breaks: [
      { in: 'existing', file, from: 'mode = "non-blocking"', to: 'mode = "blocking"', says: 'mode is "blocking"' },
    ],
  },
  {
    id: 'telemetry/collector',
    fact: 'The collector is checked, cannot write, and its end is not that of the server',
    check: whereTelemetry('collector', () => ({
      essential: false,
      readonlyRootFilesystem: true,
      'healthCheck.command': ['CMD', '/healthcheck'],
    })),
    breaks: [{ file, from: 'essential = false', to: 'essential = true', says: 'essential is true' }],
  },
  {
    id: 'telemetry/endpoint',
    fact: 'The server sends traces to the collector in its own task, and only where there is one',
    check: (proof) =>
      proof.spec.workloads.flatMap(({ name }) => {
        const found = readVariables(proof, name).OTEL_EXPORTER_OTLP_ENDPOINT;
        const wanted = proof.spec.telemetry ? 'http://127.0.0.1:4318' : undefined;
        return found === wanted ? [] : [`${name}: it sends to ${found}, not ${wanted}`];
      }),
    breaks: [
      {
        file,
        from: 'OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:4318"',
        to: 'OTEL_EXPORTER_OTLP_ENDPOINT = "http://collector:4318"',
        says: 'it sends to http://collector:4318',
      },
    ],
  },
  {
    id: 'telemetry/inside',
    fact: 'The collector listens inside its task alone, and its configuration is one that hangs together',
    check: (proof) =>
      proof.spec.telemetry
        ? eachOf(proof, 'collector', (collector) => {
            const told = (valueAt(collector.values, 'environment') ?? []) as { name: string; value: string }[];
            return checkCollector(parse(told.find(({ name }) => name === 'AOT_CONFIG_CONTENT')?.value ?? '{}'));
          })
        : [],
    breaks: [
      { file: 'collector.yaml', from: '127.0.0.1:4317', to: '0.0.0.0:4317', says: '0.0.0.0:4317 is open to others' },
      {
        file: 'collector.yaml',
        from: 'exporters: [awsxray]',
        to: 'exporters: [otlp]',
        says: 'traces has no exporter otlp',
      },
    ],
  },
  {
    id: 'secrets/by-name',
    fact: 'A workload gets its own secrets by name from where they are kept, and no other workload gets them',
    check: (proof) =>
      proof.spec.workloads.flatMap(({ name, secrets = {} }) => {
        const found = (valueAt(readServer(proof, name)?.values, 'secrets') ?? []) as {
          name: string;
          valueFrom: string;
        }[];
        const wanted = Object.entries(secrets).map(([variable, secret]) => {
          const path = `${proof.spec.name}/${proof.environment}/${secret.name}`;
          return {
            variable,
            in: secret.from === 'ssm' ? `:ssm:${proof.spec.region}:` : `:secretsmanager:${proof.spec.region}:`,
            path,
          };
        });
        return [
          ...compareSets(
            `secrets of ${name}`,
            found.map((one) => one.name),
            wanted.map(({ variable }) => variable),
          ),
          ...wanted.flatMap((one) => {
            const from = found.find((secret) => secret.name === one.variable)?.valueFrom ?? '';
            return from.startsWith('arn:aws:') && from.includes(one.in) && from.includes(one.path)
              ? []
              : [`${one.variable} of ${name} comes from ${show(from)}`];
          }),
        ];
      }),
    breaks: [
      {
        file: 'roles.tf',
        from: 'valueFrom = local.secret_arns[key] } if secret.workload == workload',
        to: 'valueFrom = local.secret_arns[key] }',
        says: 'secrets of payments: API_KEY is too much',
      },
      {
        file: 'roles.tf',
        from: 'secret_prefix = "${local.project}/${var.environment}"',
        to: 'secret_prefix = "${local.project}/dev"',
        says: 'shop/dev/api-key',
      },
    ],
  },
  {
    id: 'secrets/unknown',
    fact: 'No value of a secret is in a plan',
    check: ({ plan }) => (plan.text.includes(secretValue) ? ['the plan holds the value of a secret'] : []),
    breaks: [
      {
        file: 'roles.tf',
        from: 'data "aws_ecr_repository" "workload" {',
        to: `data "aws_secretsmanager_secret_version" "known" {
          secret_id = "shop/\${var.environment}/db/url"
        }
        data "aws_ecr_repository" "workload" {`,
        says: 'the plan holds the value of a secret',
      },
    ],
  },
];

interface Collector {
  extensions?: Record<string, unknown>;
  receivers?: Record<string, unknown>;
  processors?: Record<string, unknown>;
  exporters?: Record<string, unknown>;
  service?: {
    extensions?: string[];
    pipelines?: Record<string, Record<'receivers' | 'processors' | 'exporters', string[]>>;
  };
}

/** Everything that listens does so on 127.0.0.1, and a pipeline is made of parts that are there. */
function checkCollector(config: Collector): string[] {
  const endpoints = [...JSON.stringify([config.receivers, config.extensions]).matchAll(/"endpoint":"([^"]+)"/g)];
  const pipelines = Object.entries(config.service?.pipelines ?? {});
  return [
    ...endpoints.flatMap(([, endpoint = '']) =>
      endpoint.startsWith('127.0.0.1:') ? [] : [`${endpoint} is open to others`],
    ),
    ...(endpoints.length > 0 && pipelines.length > 0 ? [] : ['the collector takes nothing']),
    ...(config.service?.extensions ?? []).flatMap((name) =>
      config.extensions?.[name] === undefined ? [`no extension ${name}`] : [],
    ),
    ...pipelines.flatMap(([pipeline, parts]) =>
      (['receivers', 'processors', 'exporters'] as const).flatMap((kind) =>
        parts[kind].flatMap((name) =>
          config[kind] && name in config[kind] ? [] : [`${pipeline} has no ${kind.slice(0, -1)} ${name}`],
        ),
      ),
    ),
  ];
}

function whereFirelens(container: string, want: (place: { group: string }) => Record<string, unknown>): Fact['check'] {
  return (proof) => (proof.spec.logs === 'firelens' ? compareEach(proof, container, want) : []);
}

function whereTelemetry(container: string, want: (place: { group: string }) => Record<string, unknown>): Fact['check'] {
  return (proof) => (proof.spec.telemetry ? compareEach(proof, container, want) : []);
}

/** A sidecar of each task; `group` is where it logs. */
function compareEach(
  proof: Proof,
  container: string,
  want: (place: { group: string }) => Record<string, unknown>,
): string[] {
  return eachOf(proof, container, (one, task) =>
    compareValues(one, want({ group: groupOf(proof, findEntry(proof, task).image) })),
  );
}

function eachOf(proof: Proof, container: string, check: (one: Resource, task: string) => string[]): string[] {
  return proof.topology.workloads.flatMap(({ name }) => {
    const found = readContainer(proof, name, container);
    return found ? check(found, name) : [`${name} has no ${container}`];
  });
}

/** The containers of this repo, where logs go this way; `group` is their own. */
function eachOwn(
  logs: 'firelens' | 'awslogs',
  want: (place: { group: string }) => Record<string, unknown>,
): Fact['check'] {
  return (proof) =>
    proof.spec.logs === logs
      ? listPlaces(proof).flatMap(({ task, container, image }) => {
          const one = readContainer(proof, task.name, container.name);
          return one
            ? compareValues(one, want({ group: groupOf(proof, image) }))
            : [`${task.name} has no ${container.name}`];
        })
      : [];
}

/** By what the plan calls it, which `logs/groups` holds to what it should be called. */
function groupOf({ plan }: Proof, image: string): string {
  const group = plan.of('aws_cloudwatch_log_group', 'workload').find(({ index }) => index === image);
  return String(valueAt(group?.values, 'name'));
}
