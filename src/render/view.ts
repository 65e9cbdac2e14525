/** What templates see: the Spec, the Contract and the Topology in words, all casing, joining and escaping done. */
import type { Contract, Method, Service } from '../contract/contract.ts';
import { samplePath } from '../contract/sample.ts';
import { servicesOf } from '../contract/services-of.ts';
import { packageManagerOf } from '../spec/package-managers.ts';
import type { Spec } from '../spec/spec.ts';
import { describeCompose } from '../targets/compose.ts';
import type { Target } from '../targets/target.ts';
import { describeTopology } from '../topology/diagram.ts';
import type { Topology } from '../topology/model.ts';
import type { Timings } from '../topology/timings.ts';
import { versions } from '../versions.ts';
import { describeStandardServices } from './describe-standard-services.ts';
import { nameDefinition, nameGeneratedFile, nameImports, nameMethodKey } from './naming.ts';
import { quoteMarkdown } from './quote-markdown.ts';

export interface ViewInput {
  spec: Spec;
  contract: Contract;
  topology: Topology;
  target: Target;
  /** What package.json says of this package; undefined: it does not name it. */
  packageReference: string | undefined;
}

export type RepoView = ReturnType<typeof buildView>;
export type WorkloadView = RepoView['workloads'][number];
export type ServiceView = ReturnType<typeof describeService>;

/** The view of the whole repo; fields are strings, flags, lists and objects of these, as the interpreter demands. */
export function buildView({ spec, contract, topology, target, packageReference }: ViewInput) {
  const telemetry = spec.telemetry ?? false;
  const packed = packageReference?.startsWith('file:') ?? false;
  const workloads = spec.workloads.map((workload, index) => {
    const services = servicesOf(workload.protos, contract);
    const imports = nameImports(services, mainNames);
    return {
      name: workload.name,
      telemetry,
      serves: services.map((service) => `\`${service.fullName}\``).join(', '),
      devPort: String(firstDevPort + index),
      devMetricsPort: String(firstMetricsPort + index),
      serviceList: listInTypeScript(imports),
      services: services.map((service, at) => ({ ...describeService(service), import: imports[at]! })),
    };
  });
  return {
    name: spec.name,
    versions: mapValues(versions, (pin) => pin.version),
    timings: describeTimings(target.timings),
    hops: listHops(topology),
    telemetry,
    pm: describePackageManager(spec),
    projen: packageReference !== undefined,
    packageReference: packageReference ?? '',
    /** The package stands in the repo itself. */
    packed,
    /** Newer versions can be looked for. */
    upgrades: packageReference !== undefined && !packed,
    severalWorkloads: workloads.length > 1,
    firstWorkload: workloads[0]!.name,
    lastDevPort: workloads.at(-1)!.devPort,
    workloads,
    services: workloads.flatMap((workload) =>
      servicesOf(spec.workloads.find((w) => w.name === workload.name)!.protos, contract).map((service) => ({
        fullName: service.fullName,
        workload: workload.name,
        file: service.file,
      })),
    ),
    sentences: describeTopology(topology).map((text) => ({ text: quoteMarkdown(text) })),
    standardServices: describeStandardServices(topology),
    example: describeExample(spec, contract),
    unlinted: (spec.unlinted ?? []).map((path) => ({ path: JSON.stringify(`proto/${path}`) })),
    images: [
      ...spec.workloads.map(({ name }) => ({ name, context: '.', arguments: `WORKLOAD=${name}` })),
      ...(target.images ?? []).map(({ name, context }) => ({ name, context, arguments: '' })),
    ],
    compose: describeCompose(
      spec.name,
      spec.workloads.map(({ name }) => name),
      topology,
      target.images,
    ),
    target: target.describe(spec, topology),
  };
}

/** Where `npm run dev` and `npm start` begin to count: gRPC, and Prometheus' port for exporters of one's own. */
const firstDevPort = 8080;
const firstMetricsPort = 9464;

/** What the main file of a workload names itself. */
const mainNames = ['run', 'settings'];

function describePackageManager(spec: Spec) {
  const { installArguments: _, separator, ...words } = packageManagerOf(spec);
  const { id, run, start } = words;
  return {
    ...words,
    isNpm: id === 'npm',
    isPnpm: id === 'pnpm',
    isYarn: id === 'yarn',
    call: `${run} call ${separator}`.trimEnd(),
    startOne: `${start} ${separator}`.trimEnd(),
  };
}

function describeService(service: Service) {
  return {
    name: service.name,
    fullName: service.fullName,
    package: service.package,
    definition: nameDefinition(service),
    handlerModule: quote(`./${service.fullName}.ts`),
    /** The generated module as seen from `src/workloads/<name>/`, quoted. */
    module: quote(`../../gen/${nameGeneratedFile(service)}`),
    methods: service.methods.map(describeMethod),
    testImports: [
      'Status',
      'startForTest',
      'type TestServer',
      ...(service.methods.some(streamsOut) ? ['toArray'] : []),
    ].join(', '),
  };
}

function describeMethod(method: Method) {
  const key = nameMethodKey(method);
  const request = `methods.${key}.requestType.create()`;
  const call = `server.client.${key}(${streamsIn(method) ? `[${request}]` : request})`;
  return {
    name: method.name,
    signature: `async ${streamsOut(method) ? '*' : ''}${key}(${streamsIn(method) ? 'requests' : 'request'}, call)`,
    // A generator that never yields is what linters take for a mistake.
    answer: streamsOut(method) ? 'yield' : 'return',
    testCall: streamsOut(method) ? `toArray(${call})` : call,
  };
}

function streamsIn({ kind }: Method): boolean {
  return kind === 'client-streaming' || kind === 'bidi-streaming';
}

function streamsOut({ kind }: Method): boolean {
  return kind === 'server-streaming' || kind === 'bidi-streaming';
}

/** Those of the server and of what asks it; what a proxy keeps is its target's to print. */
function describeTimings(timings: Timings) {
  const { connectionIdle, connectionAge, connectionAgeGrace, preStop, drain, stop, minPing, keepalive } = timings;
  const { healthInterval, healthTimeout, unhealthy } = timings;
  const connections = { connectionIdle, connectionAge, connectionAgeGrace, minPing, keepalive };
  const health = { healthInterval, healthTimeout, unhealthy, detection: healthInterval * unhealthy };
  return mapValues({ ...connections, ...health, preStop, drain, stop }, String);
}

/** Proxies that stand in front of servers in the same replica, and how they stop. */
function listHops({ workloads }: Topology) {
  return workloads.flatMap(({ containers }) =>
    containers.flatMap(({ runs, shutdown }) =>
      shutdown === undefined ? [] : [{ kind: runs.kind, ...mapValues({ ...shutdown }, String) }],
    ),
  );
}

/** The call that next steps and the README show: the first method that one request answers, if there is any. */
export function describeExample(spec: Spec, contract: Contract) {
  const services = spec.workloads.flatMap((workload) => servicesOf(workload.protos, contract));
  const calls = services.flatMap((service) => service.methods.map((method) => ({ service, method })));
  const call = calls.find(({ method }) => method.kind === 'unary') ?? calls[0];
  // Services may have no methods yet; every server has this one.
  if (call === undefined) return { method: 'grpc.health.v1.Health/Check', request: '{}' };
  const isSample = spec.workloads.some((workload) => call.service.file.startsWith(`${samplePath(workload.name)}/`));
  return {
    method: `${call.service.fullName}/${call.method.name}`,
    request: isSample && call.method.name === 'Get' ? '{"id": "1"}' : '{}',
  };
}

/** On one line where a line of 120 characters holds it. */
function listInTypeScript(names: readonly string[]): string {
  const line = `[${names.join(', ')}]`;
  return line.length <= 100 ? line : `[\n${names.map((name) => `    ${name},\n`).join('')}  ]`;
}

/** A TypeScript string literal in single quotes: a path of the user's may hold anything. */
function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function mapValues<K extends string, V, R>(record: Record<K, V>, map: (value: V) => R): Record<K, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value as V)])) as Record<K, R>;
}
