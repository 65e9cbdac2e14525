import { describe, expect, it } from 'vitest';
import { fargateSizes, fitTask, largestTask } from '../../src/spec/fargate-sizes.ts';
import type { Spec, WorkloadSettings } from '../../src/spec/spec.ts';
import { ecsNlbNginx } from '../../src/targets/ecs-nlb-nginx.ts';
import { findTaskFaults, sizeTask } from '../../src/targets/ecs-task-size.ts';
import { describeEdgeSpec } from '../conformance/nginx/edge-files.ts';

const nginx = { cpu: 256, memory: 512 };
const small = { name: 'orders', protos: ['orders/v1'], cpu: 256 as const, memory: 512 };
const bare = { workloads: [small], logs: 'awslogs' as const, telemetry: false };

describe('a size of Fargate', () => {
  it.each([
    [[small], [256, 512]],
    [
      [small, nginx],
      [512, 1024],
    ],
    [
      [small, nginx, { cpu: 0, memory: 64 }],
      [512, 2048],
    ],
    [
      [small, { cpu: 512, memory: 7000 }],
      [1024, 7168],
    ],
    [
      [{ cpu: 4096, memory: 8192 }, nginx],
      [8192, 16_384],
    ],
    [
      [{ cpu: 8192, memory: 61_440 }, nginx],
      [16_384, 65_536],
    ],
    [[{ cpu: 16_384, memory: 122_880 }], [16_384, 122_880]],
  ])('holds %j', (shares, [cpu, memory]) => {
    expect(fitTask(shares)).toStrictEqual({ cpu, memory });
  });

  it('is no larger than it has to be: one of its own is its own size', () => {
    for (const [cpu, memories] of Object.entries(fargateSizes))
      for (const memory of memories)
        expect(fitTask([{ cpu: Number(cpu), memory }])).toEqual({ cpu: Number(cpu), memory });
  });

  it('is not to be had beyond the largest', () => {
    expect(fitTask([largestTask, { cpu: 1, memory: 0 }])).toBeUndefined();
    expect(fitTask([largestTask, { cpu: 0, memory: 1 }])).toBeUndefined();
  });
});

describe('a task of several servers', () => {
  it.each([
    [{}, { cpu: 512, memory: 1024 }],
    [{ logs: 'firelens' as const }, { cpu: 512, memory: 2048 }],
    [{ workloads: [{ ...small, cpu: 512 as const, memory: 1024 }, small] }, { cpu: 1024, memory: 2048 }],
    [
      { workloads: [{ ...small, memory: 1024 }], telemetry: true },
      { cpu: 512, memory: 2048 },
    ],
  ])('with %j has %j', (changes, size) => {
    expect(sizeTask({ ...bare, ...changes }, [nginx])).toStrictEqual(size);
  });

  it('has as many containers as ECS takes, each beside the servers counted', () => {
    const count = (workloads: number, changes: object = {}) =>
      findTaskFaults({ ...bare, workloads: Array.from({ length: workloads }, () => small), ...changes }, [nginx]);
    expect(count(9)).toEqual([]);
    expect(count(8, { logs: 'firelens' })).toEqual([]);
    expect(count(7, { logs: 'firelens', telemetry: true })).toEqual([]);
    expect(count(10)).toStrictEqual([
      {
        message: 'its 10 workloads need a task of 11 containers, 1 of them beside the servers, and ECS takes 10',
        hint: 'Serve related workloads as one, or choose the target ecs-alb, where each has a task of its own.',
      },
    ]);
    expect(count(8, { logs: 'firelens', telemetry: true })[0]?.message).toBe(
      'its 8 workloads need a task of 11 containers, 3 of them beside the servers, and ECS takes 10',
    );
  });

  it('needs no more than Fargate has', () => {
    const large = { ...small, cpu: 4096 as WorkloadSettings['cpu'], memory: 30_720 };
    expect(findTaskFaults({ ...bare, workloads: [large, large, large] }, [nginx])).toEqual([]);
    const faults = findTaskFaults({ ...bare, workloads: [large, large, large, large] }, [nginx]);
    expect(faults).toStrictEqual([
      {
        message:
          'its containers need 16640 CPU units and 123392 MiB in one task, and the largest of Fargate has 16384 and 122880',
        hint: 'Give workloads less cpu or memory, or choose the target ecs-alb, where each has a task of its own.',
      },
    ]);
    // What is asked before it is refused has an answer all the same.
    expect(sizeTask({ ...bare, workloads: [large, large, large, large] }, [nginx])).toEqual(largestTask);
  });
});

describe('ecs-nlb-nginx', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `w${index}`);
  const check = (spec: Spec) => ecsNlbNginx.check?.(spec, { services: [] });

  it('refuses what its task cannot hold, and takes the rest', () => {
    expect(check(describeEdgeSpec(names(8)))).toEqual([]);
    expect(check(describeEdgeSpec(names(9)))).toMatchObject([{ message: expect.stringContaining('11 containers') }]);
    expect(check(describeEdgeSpec(names(9), { logs: 'awslogs' }))).toEqual([]);
  });

  it('gives no two listeners of the fullest task one port', () => {
    const { workloads } = ecsNlbNginx.derive(describeEdgeSpec(names(9), { logs: 'awslogs' }), { services: [] });
    const ports = workloads[0]!.containers.map(({ runs }) => (runs.kind === 'server' ? runs : runs.listeners[0]!).port);
    const metrics = names(9).map((_, index) => 9464 + index);
    // Of the collector and the log router.
    const others = [4317, 4318, 13_133, 24_224];
    const all = [...ports, ...metrics, ...others];
    expect(new Set(all).size).toBe(all.length);
  });
});
