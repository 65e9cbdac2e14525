import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Spec } from '../../src/spec/spec.ts';
import { flowTimings } from '../../src/topology/timings.ts';
import { describeEdgeSpec } from '../conformance/nginx/edge-files.ts';
import { describeSamples, renderSamples } from '../golden/render-answers.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

interface Service {
  build: string | { context: string; args: { WORKLOAD: string } };
  ports?: string[];
  depends_on?: Record<string, object>;
  environment: Record<string, string>;
  deploy?: { replicas: number };
  healthcheck: { test: string[]; interval: string; timeout: string };
  stop_grace_period: string;
  volumes?: string[];
}

function servicesOf(spec: Spec): Record<string, Service> {
  return parse(renderSamples(spec).get('compose.yaml')!.text).services;
}

describe('where nothing of ours stands in front', () => {
  it.each([
    ['local', describeSamples('shop', ['orders', 'billing'])],
    ['ecs-alb', { ...ecsAlbSpecs[2]![1] }],
  ])('%s has a range of ports for the replicas of each workload', (_, spec) => {
    const services = servicesOf(spec);
    expect(Object.keys(services)).toEqual(['orders', 'billing']);
    expect(Object.values(services).map(({ ports, deploy }) => [ports, deploy?.replicas])).toEqual([
      [['127.0.0.1:50051-50053:8080'], 3],
      [['127.0.0.1:50061-50063:8080'], 3],
    ]);
  });
});

describe('ecs-nlb-nginx', () => {
  const spec = describeEdgeSpec(['orders', 'billing']);
  const tree = renderSamples(spec);
  const { edge_nginx: nginx, ...servers } = servicesOf(spec);

  it('has nginx on the one port that clients dial, and replicas of each workload behind it', () => {
    expect(Object.keys(servers)).toEqual(['orders', 'billing']);
    for (const [name, server] of Object.entries(servers)) {
      expect(server).toMatchObject({ build: { context: '.', args: { WORKLOAD: name } }, deploy: { replicas: 3 } });
      expect(server.ports).toBeUndefined();
    }
    expect(nginx).toMatchObject({ build: 'edge', ports: ['127.0.0.1:50051:10080'] });
    expect(tree.get('README.md')!.text).toContain('npm run call -- --address localhost:50051 ');
  });

  it('gives nginx a configuration in which each workload’s name stands for its replicas', () => {
    const [file, place] = nginx!.volumes![0]!.split(':');
    expect(place).toBe('/etc/nginx/nginx.conf');
    const text = tree.get(file!.replace('./', ''))!.text;
    expect([...text.matchAll(/server (\S+) max_fails/g)].map(([, address]) => address)).toEqual([
      'orders:8080',
      'billing:8080',
    ]);
    expect(text).not.toContain('127.0.0.1');
  });

  it('starts nginx when every server is healthy, and stops it before them', () => {
    const healthy = { condition: 'service_healthy', restart: true };
    expect(nginx!.depends_on).toEqual({ orders: healthy, billing: healthy });
  });

  it('asks each as ECS does, and leaves each the time to stop that ECS leaves it', () => {
    const check = ['-addr=127.0.0.1:10080', '-connect-timeout=500ms', '-rpc-timeout=2s'];
    expect(nginx!.healthcheck).toMatchObject({
      test: ['CMD', '/bin/grpc-health-probe', ...check],
      interval: '5s',
      timeout: '3s',
    });
    const { hop, preStop, drain, stop } = flowTimings;
    expect([nginx!.environment.PRE_STOP, nginx!.stop_grace_period]).toEqual([
      `\${PRE_STOP:-${hop.preStop}}`,
      `${hop.stop}s`,
    ]);
    for (const { environment, stop_grace_period: grace } of Object.values(servers))
      expect([environment.PRE_STOP, environment.DRAIN, grace]).toEqual([
        `\${PRE_STOP:-${preStop}}`,
        `${drain}`,
        `${stop}s`,
      ]);
  });
});
