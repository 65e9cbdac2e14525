/** The Topology that a repo for this machine amounts to, read back from what was emitted and from nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Edge, HealthCheck, Server, Topology, Workload } from '../../src/topology/model.ts';
import { steadyTimings } from '../../src/topology/timings.ts';

interface ComposeService {
  build: { args: { WORKLOAD: string } };
  image: string;
  ports: [string];
  deploy: { replicas: number };
  environment: { PRE_STOP: string; DRAIN: string };
  stop_grace_period: string;
  healthcheck: { test: string[]; interval: string; timeout: string; retries: number; start_period: string };
}

/** @throws where a part of it is not written as this reader knows it */
export function readComposed(folder: string): Topology {
  const { services } = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8')) as {
    services: Record<string, ComposeService>;
  };
  const all = Object.values(services);
  return { edges: all.map(readEdge), workloads: all.map((service) => readWorkload(folder, service)) };
}

function readEdge(service: ComposeService): Edge {
  const name = service.build.args.WORKLOAD;
  const [, first, last, target] = /^127\.0\.0\.1:(\d+)-(\d+):(\d+)$/.exec(service.ports[0])!.map(Number);
  const forever = Number.POSITIVE_INFINITY;
  return {
    name,
    kind: 'passthrough',
    scheme: 'internal',
    hosts: ['localhost'],
    listeners: Array.from({ length: last! - first! + 1 }, (_, replica) => ({
      port: first! + replica,
      accepts: ['tcp'],
      routes: [{ match: 'prefix', path: '/', to: name, timeout: forever }],
      idle: forever,
      connection: { maxIdle: forever, maxAge: forever },
    })),
    backends: [
      {
        name,
        to: { workload: name, port: target! },
        speaks: 'tcp',
        tls: false,
        discovery: 'service',
        balancing: 'flow',
      },
    ],
    settings: [],
  };
}

function readWorkload(folder: string, service: ComposeService): Workload {
  const { build, image, deploy, environment, stop_grace_period } = service;
  const name = build.args.WORKLOAD;
  const runs = readServer(folder, name);
  return {
    name,
    platform: 'compose',
    replicas: { min: deploy.replicas, max: deploy.replicas },
    gated: false,
    shutdown: {
      preStop: Number(/^\$\{PRE_STOP:-(\d+)\}$/.exec(environment.PRE_STOP)![1]),
      drain: Number(environment.DRAIN),
      stop: readSeconds(stop_grace_period),
    },
    containers: [{ name: 'server', image, runs, liveness: readCheck(service, runs.port) }],
  };
}

function readCheck({ healthcheck }: ComposeService, port: number): HealthCheck {
  const [form, ...command] = healthcheck.test;
  return {
    probe: { kind: 'exec', command, shell: form !== 'CMD' },
    port,
    interval: readSeconds(healthcheck.interval),
    timeout: readSeconds(healthcheck.timeout),
    unhealthy: healthcheck.retries,
    healthy: 1,
    startPeriod: readSeconds(healthcheck.start_period),
  };
}

/** What compose.yaml leaves unsaid holds as config.ts has it; a handler's file bears the name of its service. */
function readServer(folder: string, workload: string): Server {
  const config = readFileSync(join(folder, 'src/server/config.ts'), 'utf8');
  const number = (variable: string) => Number(new RegExp(`^ {2}${variable}: .*, (\\d+)\\),$`, 'm').exec(config)![1]);
  const main = readFileSync(join(folder, 'src/workloads', workload, 'main.ts'), 'utf8');
  const handlers = [...main.matchAll(/^import \w+ from '\.\/(.+)\.ts';$/gm)].map(([, service]) => service!);
  return {
    kind: 'server',
    port: number('PORT'),
    accepts: ['h2'],
    services: [...handlers, ...readStandardServices(folder)],
    connection: { maxIdle: number('CONNECTION_IDLE'), maxAge: number('CONNECTION_AGE') },
    maxAgeGrace: number('CONNECTION_AGE_GRACE'),
    // grpc-js answers every ping and limits none: what is derived stands in no file.
    minPing: steadyTimings.minPing,
  };
}

function readStandardServices(folder: string): string[] {
  const protos = readdirSync(join(folder, 'src/server/proto'), { recursive: true, encoding: 'utf8' });
  return protos
    .filter((path) => path.endsWith('.proto'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(folder, 'src/server/proto', path), 'utf8');
      return `${/^package (.+);$/m.exec(text)![1]}.${/^service (\w+)/m.exec(text)![1]}`;
    });
}

function readSeconds(text: string): number {
  return Number(/^(\d+)s$/.exec(text)![1]);
}
