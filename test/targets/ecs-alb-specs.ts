/** Three repos behind an Application Load Balancer, which together have every setting, both networks and both origins of the zone. */
import { samplePath } from '../../src/contract/sample.ts';
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import type { SecretReference } from '../../src/spec/spec.ts';

function describeSpec(changes: Partial<FullSpec>, ...workloads: string[]): FullSpec {
  return {
    name: 'shop',
    target: 'ecs-alb',
    iac: 'terraform',
    region: 'eu-west-1',
    domain: 'grpc.example.com',
    zone: 'example.com',
    dns: 'existing',
    network: 'create',
    environments: ['dev', 'prod'],
    internal: false,
    arch: 'x86_64',
    logs: 'firelens',
    reflection: true,
    telemetry: false,
    alarms: false,
    workloads: workloads.map((name) => ({ name, protos: [samplePath(name)], cpu: 256, memory: 512 })),
    ...changes,
  };
}

const secrets: Record<string, SecretReference> = {
  API_KEY: { from: 'ssm', name: 'api-key' },
  DATABASE_URL: { from: 'secretsmanager', name: 'db/url' },
};
export const ecsAlbSpecs: readonly (readonly [string, FullSpec])[] = [
  ['the least', describeSpec({}, 'orders')],
  [
    'three workloads with everything on',
    describeSpec({
      dns: 'create',
      internal: true,
      arch: 'arm64',
      telemetry: true,
      alarms: true,
      environments: ['dev', 'staging', 'prod'],
      workloads: ['orders', 'payments', 'ledger'].map((name) => {
        const own = { name, protos: [samplePath(name)], cpu: 256 as const, memory: 1024 };
        return name === 'orders' ? { ...own, secrets } : own;
      }),
    }),
  ],
  [
    'an existing network',
    describeSpec({ network: 'existing', logs: 'awslogs', reflection: false }, 'orders', 'billing'),
  ],
];
