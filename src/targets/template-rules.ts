/** What a CloudFormation template takes of a repo: its quotas, said before AWS says them late. */
import type { Contract } from '../contract/contract.ts';
import type { Fault } from '../errors.ts';
import type { FullSpec } from '../spec/fill-settings.ts';
import type { EcsEdge, EcsTask } from './ecs-edge.ts';

/**
 * Of one template; none can be raised.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (read 2026-11-20)
 */
export const templateQuotas = { resources: 500, parameters: 200 } as const;

/** Everything that CloudFormation would refuse about `infra/service.yaml`; `resources` are those that it declares. */
export function findTemplateFaults(spec: FullSpec, resources: number): Fault[] {
  const parameters = countParameters(spec);
  const count = spec.workloads.length;
  return [
    ...(resources <= templateQuotas.resources
      ? []
      : [
          {
            message: `its ${count} workloads need ${resources} resources of a CloudFormation template, which has ${templateQuotas.resources}`,
            hint: 'Serve related workloads as one, split the API into two repos, or print Terraform.',
          },
        ]),
    ...(parameters <= templateQuotas.parameters
      ? []
      : [
          {
            message: `its secrets need ${parameters} parameters of a CloudFormation template, which has ${templateQuotas.parameters}`,
            hint: 'Keep secrets in parameters of Systems Manager ("from": "ssm"), which are found by name.',
          },
        ]),
  ];
}

/** As many as `infra/service.yaml` declares. */
export function countResources(spec: FullSpec, contract: Contract, edge: EcsEdge): number {
  return countShared(spec, edge.listTasks(spec)) + edge.countResources(spec, contract);
}

/**
 * What every target on ECS has in `infra/service.yaml`, whatever its parameters choose of it: its edge counts its own. The
 * certificate is the edge's, for there may be none.
 */
function countShared({ alarms, telemetry, network }: FullSpec, tasks: readonly EcsTask[]): number {
  const [edge, cluster, ofMetrics, ofAlarms, ofNetwork] = [7, 2, 1, 2, 33];
  const [ofTask, ofContainer, ofTaskAlarms, ofServerAlarms] = [9, 1, 1, 2];
  const parts = tasks.map(
    ({ servers, companions }) =>
      ofTask +
      (servers.length + companions.length) * ofContainer +
      (alarms ? ofTaskAlarms + servers.length * ofServerAlarms : 0),
  );
  return (
    edge +
    cluster +
    (telemetry ? ofMetrics : 0) +
    (alarms ? ofAlarms : 0) +
    (network === 'create' ? ofNetwork : 0) +
    parts.reduce((sum, part) => sum + part, 0)
  );
}

function countParameters({ workloads }: FullSpec): number {
  const others = 20;
  const secrets = workloads.flatMap(({ secrets: named = {} }) => Object.values(named));
  return others + new Set(secrets.filter(({ from }) => from === 'secretsmanager').map(({ name }) => name)).size;
}
