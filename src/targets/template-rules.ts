/** What a CloudFormation template takes of a repo: its quotas, said before AWS says them late. */
import type { Fault } from '../errors.ts';
import type { FullSpec } from '../spec/fill-settings.ts';

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

/** As many as `infra/service.yaml` declares, whatever its parameters choose of them. */
export function countResources({ workloads, alarms, telemetry, network }: FullSpec, rules: number): number {
  const [shared, ofMetrics, ofAlarms, ofNetwork] = [13, 1, 3, 33];
  const [ofWorkload, ofWorkloadAlarms] = [10, 6];
  return (
    shared +
    (telemetry ? ofMetrics : 0) +
    (alarms ? ofAlarms : 0) +
    (network === 'create' ? ofNetwork : 0) +
    workloads.length * (ofWorkload + (alarms ? ofWorkloadAlarms : 0)) +
    rules
  );
}

function countParameters({ workloads }: FullSpec): number {
  const others = 20;
  const secrets = workloads.flatMap(({ secrets: named = {} }) => Object.values(named));
  return others + new Set(secrets.filter(({ from }) => from === 'secretsmanager').map(({ name }) => name)).size;
}
