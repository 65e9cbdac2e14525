/** The size of a task that holds several servers, and what neither ECS nor Fargate would start. */
import type { Fault } from '../errors.ts';
import { fitTask, largestTask, sidecarShares, sumShares, type TaskSize } from '../spec/fargate-sizes.ts';
import type { FullSpec } from '../spec/fill-settings.ts';

/** Source: containerDefinitions of https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/batch/, EcsProperties (read 2026-11-20). */
const mostContainers = 10;

type Sizing = Pick<FullSpec, 'workloads' | 'logs' | 'telemetry'>;

/**
 * One task for all workloads, their sidecars and these companions. Where no size holds them, which `findTaskFaults`
 * tells, it is the largest.
 */
export function sizeTask(spec: Sizing, companions: readonly TaskSize[]): TaskSize {
  return fitTask(listShares(spec, companions)) ?? largestTask;
}

/** Everything that AWS would refuse about that task. */
export function findTaskFaults(spec: Sizing, companions: readonly TaskSize[]): Fault[] {
  const shares = listShares(spec, companions);
  const { cpu, memory } = sumShares(shares);
  return [
    ...(shares.length <= mostContainers
      ? []
      : [
          {
            message: `its ${spec.workloads.length} workloads need a task of ${shares.length} containers, ${shares.length - spec.workloads.length} of them beside the servers, and ECS takes ${mostContainers}`,
            hint: 'Serve related workloads as one, or choose the target ecs-alb, where each has a task of its own.',
          },
        ]),
    ...(fitTask(shares) !== undefined
      ? []
      : [
          {
            message: `its containers need ${cpu} CPU units and ${memory} MiB in one task, and the largest of Fargate has ${largestTask.cpu} and ${largestTask.memory}`,
            hint: 'Give workloads less cpu or memory, or choose the target ecs-alb, where each has a task of its own.',
          },
        ]),
  ];
}

/** Of each container. */
function listShares({ workloads, logs, telemetry }: Sizing, companions: readonly TaskSize[]): TaskSize[] {
  return [
    ...workloads,
    ...companions,
    ...(logs === 'firelens' ? [sidecarShares.logRouter] : []),
    ...(telemetry ? [sidecarShares.collector] : []),
  ];
}
