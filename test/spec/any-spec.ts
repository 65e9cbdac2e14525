/** Any Spec that is accepted, and any text that somebody may give. */
import fc from 'fast-check';
import { awsRegions } from '../../src/spec/aws-regions.ts';
import { fargateSizes } from '../../src/spec/fargate-sizes.ts';
import type { FullSpec, FullWorkload } from '../../src/spec/fill-settings.ts';
import type { SecretReference, WorkloadSettings } from '../../src/spec/spec.ts';
import { givenVariables } from '../../src/spec/workload-settings.ts';

const device = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/;

export const aLabel = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/).filter((name) => !device.test(name));

const part = fc.stringMatching(/^[A-Za-z0-9_]([A-Za-z0-9_.+@-]{0,20}[A-Za-z0-9_+@-])?$/);
export const aProtoPath = fc
  .array(part, { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join('/'))
  .filter((path) => path.length <= 255);

/** A project whose names AWS takes. */
const aProject = aLabel.filter((name) => !/^(internal|sg|sthree|amzn-s3-demo)(-|$)|^(xn--|aws|ssm)/.test(name));

const aDomain = fc
  .tuple(
    fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/) }, fc.constant('www')),
      { minLength: 1, maxLength: 3 },
    ),
    fc.constantFrom('com', 'co.uk', 'io', 'xn--p1ai'),
  )
  .map(([labels, last]) => [...labels, last].join('.'));

const anEnvironment = fc.stringMatching(/^[a-z][a-z0-9]{0,15}$/).filter((name) => !device.test(name));

const aSecret: fc.Arbitrary<SecretReference> = fc.record(
  {
    from: fc.constantFrom('secretsmanager' as const, 'ssm' as const),
    name: fc.stringMatching(/^[A-Za-z0-9_.-]{1,30}(\/[A-Za-z0-9_.-]{1,10}){0,5}$/),
  },
  { noNullPrototype: true },
);
const aVariable = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,40}$/).filter((name) => !givenVariables.includes(name));

const sizes = Object.entries(fargateSizes).flatMap(([cpu, memories]) =>
  memories.map((memory) => ({ cpu: Number(cpu) as WorkloadSettings['cpu'], memory })),
);

const aWorkload: fc.Arbitrary<FullWorkload> = fc
  .record({
    name: aLabel,
    protos: fc.uniqueArray(aProtoPath, { minLength: 1, maxLength: 3 }),
    size: fc.constantFrom(...sizes),
    secrets: fc.dictionary(aVariable, aSecret, { maxKeys: 4, noNullPrototype: true }),
  })
  .map(({ name, protos, size, secrets }) => ({
    name,
    protos,
    ...size,
    ...(Object.keys(secrets).length > 0 && { secrets }),
  }));

/** For `ecs-alb`, with every setting that it takes, each in any of its values. */
export const anEcsSpec: fc.Arbitrary<FullSpec> = fc
  .record({
    name: aProject,
    iac: fc.constantFrom('terraform' as const, 'cloudformation' as const),
    region: fc.constantFrom(...Object.keys(awsRegions)),
    domain: aDomain,
    zoneLabels: fc.nat(1),
    dns: fc.constantFrom('existing' as const, 'create' as const),
    network: fc.constantFrom('create' as const, 'existing' as const),
    environments: fc.uniqueArray(anEnvironment, { minLength: 1, maxLength: 8 }),
    internal: fc.boolean(),
    arch: fc.constantFrom('x86_64' as const, 'arm64' as const),
    logs: fc.constantFrom('firelens' as const, 'awslogs' as const),
    reflection: fc.boolean(),
    telemetry: fc.boolean(),
    alarms: fc.boolean(),
    manager: fc.constantFrom(undefined, 'npm' as const, 'pnpm' as const, 'yarn' as const),
    workloads: fc.uniqueArray(aWorkload, { minLength: 1, maxLength: 4, selector: ({ name }) => name }),
  })
  .map(({ name, region, domain, zoneLabels, manager, workloads: drawn, ...rest }) => {
    const zone = domain.split('.').length > 2 ? domain.split('.').slice(zoneLabels).join('.') : domain;
    const least = rest.telemetry ? 1024 : 512;
    const workloads = drawn.map((workload) => ({ ...workload, memory: Math.max(workload.memory, least) }));
    const packageManager = manager && { packageManager: manager };
    return { name, target: 'ecs-alb' as const, region, domain, zone, ...rest, ...packageManager, workloads };
  });

/** The same with what is asked of nginx besides, and with workloads that fit into one task. */
export const aNginxSpec: fc.Arbitrary<FullSpec> = fc
  .record({
    spec: anEcsSpec,
    listener: fc.constantFrom('tls' as const, 'tcp' as const),
    nginxVersion: fc.option(fc.stringMatching(/^1\.(2[2-9]|[3-9][0-9])(\.[0-9]{1,3})?$/), { nil: undefined }),
  })
  .map(({ spec, listener, nginxVersion }) => ({
    ...spec,
    target: 'ecs-nlb-nginx' as const,
    listener,
    ...(nginxVersion && { nginxVersion }),
    workloads: spec.workloads.map((workload) => ({ ...workload, cpu: 256 as const, memory: 1024 })),
  }));

/** Texts that break out of somewhere, that hide, or that are nearly right. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(
    ...['${path.module}', '%{if true}', '"', '\\"', '`id`', '$(id)', '${{ secrets.TOKEN }}', "'; rm -rf . #", 'a\nb'],
    ...['\u001b[2J', 'a\u202eb', '\ud800', '\0', '\u2028', '__proto__', 'constructor', '{{name}}', '<svg>', '\ufeff'],
  ),
  fc
    .tuple(
      fc.constantFrom('eu-west-1', 'grpc.example.com', 'https://grpc.example.com', 'create', 'dev', 'orders/key'),
      fc.nat(20),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    .map(([text, at, junk]) => text.slice(0, at) + junk + text.slice(at)),
);
