import { describe, expect, it } from 'vitest';
import { countElasticIps, countVcpus, countVpcs } from '../../src/targets/ecs-quotas.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

const least = ecsAlbSpecs[0]![1];

describe('processors', () => {
  it('are those of all environments, and of the largest one twice', () => {
    // dev 1 to 2 tasks, prod 3 to 12.
    expect(countVcpus(least, [{ cpu: 1024 }])).toStrictEqual({ least: 1 + 3 + 3, most: 2 + 12 + 12 });
    expect(countVcpus({ ...least, environments: ['prod'] }, [{ cpu: 1024 }])).toStrictEqual({ least: 6, most: 24 });
  });

  it('are those of all tasks, whatever workloads are in them', () => {
    const tasks = [256, 512, 2048].map((cpu) => ({ cpu }));
    expect(countVcpus({ ...least, environments: ['prod'] }, tasks).least).toBe(2.75 * 6);
  });
});

it('counts an address for each NAT gateway: one, and in production one in each zone', () => {
  expect(countElasticIps({ ...least, environments: ['dev', 'staging', 'prod'] })).toBe(5);
  expect(countElasticIps({ ...least, network: 'existing' })).toBe(0);
});

it('counts a network for each environment that gets one', () => {
  expect(countVpcs(least)).toBe(2);
  expect(countVpcs({ ...least, network: 'existing' })).toBe(0);
});
