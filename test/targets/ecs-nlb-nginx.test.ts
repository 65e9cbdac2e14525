import { describe, expect, it } from 'vitest';
import { sampleContract } from '../../src/contract/sample.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { ecsNlbNginx } from '../../src/targets/ecs-nlb-nginx.ts';
import { describeTopology } from '../../src/topology/diagram.ts';
import type { Proxy, Topology } from '../../src/topology/model.ts';
import { describeEdgeSpec } from '../conformance/nginx/edge-files.ts';
import { renderSamples } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

function derive(spec: Spec): Topology {
  return ecsNlbNginx.derive(spec, sampleContract(spec.workloads.map(({ name }) => name)));
}

function nginxOf({ workloads: [task] }: Topology): Proxy {
  const { runs } = task!.containers.at(-1)!;
  if (runs.kind !== 'nginx') throw new Error('the last container is not nginx');
  return runs;
}

describe('the load balancer', () => {
  it.each([
    ['tls', 443, { certificate: 'grpc.example.com', alpn: ['h2', 'http/1.1', 'http/1.0'] }],
    ['tcp', 80, undefined],
  ] as const)('with %s listens on %i, and sends all of it to nginx as it is', (listener, port, tls) => {
    const { edges } = derive(describeEdgeSpec(['orders'], { listener }));
    expect(edges).toMatchObject([
      { kind: 'nlb', listeners: [{ port, accepts: ['tcp'], idle: 350 }], backends: [{ speaks: 'tcp', tls: false }] },
    ]);
    expect(edges[0]!.listeners[0]!.tls).toEqual(tls);
    expect(edges[0]!.backends[0]!.to).toEqual({ workload: 'shop', port: 10_080 });
  });

  it('can only ask whether nginx takes connections', () => {
    const [edge] = derive(describeEdgeSpec(['orders'])).edges;
    expect(edge!.backends[0]!.health).toMatchObject({ probe: { kind: 'tcp' }, port: 10_080 });
  });
});

describe('a task', () => {
  const topology = derive(describeEdgeSpec(['orders', 'billing']));

  it('holds every workload on a port of its own, and nginx last, so that it starts last and stops first', () => {
    expect(topology.workloads).toHaveLength(1);
    const places = topology.workloads[0]!.containers.map(({ name, runs }) => [
      name,
      runs.kind === 'server' ? runs.port : runs.listeners[0]!.port,
    ]);
    expect(places).toEqual([
      ['orders', 8080],
      ['billing', 8081],
      ['edge_nginx', 10_080],
    ]);
  });

  it('is healthy as long as each server’s own probe and the one through nginx say so, none by a shell', () => {
    const checks = topology.workloads[0]!.containers.map(({ liveness }) => liveness);
    expect(checks.map((check) => check?.probe)).toEqual([
      { kind: 'exec', command: ['/nodejs/bin/node', '/app/probe.cjs'], shell: false },
      { kind: 'exec', command: ['/nodejs/bin/node', '/app/probe.cjs'], shell: false },
      {
        kind: 'exec',
        command: ['/bin/grpc-health-probe', '-addr=127.0.0.1:10080', '-connect-timeout=500ms', '-rpc-timeout=2s'],
        shell: false,
      },
    ]);
    expect(checks.at(-1)).toMatchObject({ interval: 5, timeout: 3, unhealthy: 2, startPeriod: 10 });
  });

  it('is told in words', () => {
    expect(describeTopology(topology)).toEqual([
      'Clients dial grpc.example.com, port 443 (Network Load Balancer), which leads to shop.',
      'shop runs 3 to 12 replicas and serves orders.v1.OrdersService, billing.v1.BillingService.',
      'In each replica of shop, nginx (port 10080) leads to orders, billing.',
    ]);
  });
});

describe('what has the name of a sidecar of its task is refused', () => {
  const refuse = (changes: Partial<Spec>) => {
    const spec = describeEdgeSpec(['collector', 'log-router'], changes);
    return ecsNlbNginx.check?.(spec, sampleContract(['collector', 'log-router'])).map(({ message }) => message);
  };

  it.each([
    [{ logs: 'firelens', telemetry: false }, ['log-router']],
    [{ logs: 'awslogs', telemetry: true }, ['collector']],
    [{ logs: 'awslogs', telemetry: false }, []],
  ] as const)('with %j', (changes, names) => {
    expect(refuse(changes)).toEqual(
      names.map((name) => `the workload ${name} has the name of the sidecar that stands beside it in the task`),
    );
  });
});

describe('nginx', () => {
  const health = '/grpc.health.v1.Health/';
  const reflection = ['/grpc.reflection.v1.ServerReflection/', '/grpc.reflection.v1alpha.ServerReflection/'];

  it.each([
    [true, [health, ...reflection]],
    [false, [health]],
  ])('with reflection %s has a path for each service, the first server answering for all', (given, shared) => {
    const { listeners, backends } = nginxOf(derive(describeEdgeSpec(['orders', 'billing'], { reflection: given })));
    expect(listeners[0]!.routes.map(({ path, to }) => [path, to])).toEqual([
      ['/orders.v1.OrdersService/', 'orders'],
      ...shared.map((path) => [path, 'orders']),
      ['/billing.v1.BillingService/', 'billing'],
    ]);
    expect(backends.map(({ name, to, discovery }) => [name, to.port, discovery])).toEqual([
      ['orders', 8080, 'loopback'],
      ['billing', 8081, 'loopback'],
    ]);
  });

  it('has its own times to stop in the words of the repo, which has none where nothing stands between', () => {
    const [own, other] = [describeEdgeSpec(['orders']), ecsAlbSpecs[0]![1]].map((spec) => renderSamples(spec));
    expect(own!.get('docs/architecture.md')!.text).toContain(
      '| nginx: `PRE_STOP`, finishing calls, stop | 12, 15, 40 |',
    );
    expect(own!.get('README.md')!.text).toContain('In a task nginx is stopped first');
    expect(other!.get('docs/architecture.md')!.text).not.toContain('nginx');
    expect(other!.get('README.md')!.text).not.toContain('nginx');
  });
});
