/** Alarms where a load balancer of connections and nginx are what sees calls fail. */
import type { Fact } from '../fact.ts';
import { matchesPattern } from '../metric-pattern.ts';
import { compareValues, valueAt } from '../plan.ts';
import { compareOne, expectReference } from './edge.ts';

const file = 'edge-alarms.tf';
const address = (name: string) => `aws_cloudwatch_metric_alarm.${name}`;

export const flowAlarmFacts: readonly Fact[] = [
  {
    id: 'alarms/flow',
    fact: 'Targets that take no connections, and connections that tasks cut, are counted by the metrics of network load balancers',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html',
    check: ({ plan, spec }) =>
      spec.alarms
        ? [
            ...compareOne(plan.of('aws_cloudwatch_metric_alarm', 'unhealthy_targets'), {
              namespace: 'AWS/NetworkELB',
              metric_name: 'UnHealthyHostCount',
              statistic: 'Maximum',
            }),
            ...compareOne(plan.of('aws_cloudwatch_metric_alarm', 'target_resets'), {
              namespace: 'AWS/NetworkELB',
              metric_name: 'TCP_Target_Reset_Count',
              statistic: 'Sum',
            }),
            ...['aws_lb.this.arn_suffix', 'aws_lb_target_group.workload'].flatMap((one) =>
              expectReference(plan.references(address('unhealthy_targets'), 'dimensions'), one),
            ),
            ...expectReference(plan.references(address('target_resets'), 'dimensions'), 'aws_lb.this.arn_suffix'),
          ]
        : [],
    breaks: [
      {
        file,
        from: 'namespace = "AWS/NetworkELB" metric_name = "UnHealthyHostCount"',
        to: 'namespace = "AWS/ApplicationELB"\n  metric_name = "UnHealthyHostCount"',
        says: 'namespace is "AWS/ApplicationELB"',
      },
      { file, from: '"TCP_Target_Reset_Count"', to: '"TCP_Client_Reset_Count"', says: '"TCP_Client_Reset_Count"' },
    ],
  },
  {
    id: 'alarms/unavailable',
    fact: 'Calls that end with UNAVAILABLE are counted from nginx’s log, by the field that its configuration writes',
    check: ({ plan, spec, case: { files }, environment, name }) =>
      plan.of('aws_cloudwatch_log_metric_filter', 'unavailable').flatMap((filter) => {
        const pattern = String(valueAt(filter.values, 'pattern'));
        const configuration = files.get('edge/nginx.conf') ?? '';
        const [, field = ''] = /"(\w+)":"\$grpc_status"/.exec(configuration) ?? [];
        return [
          ...compareValues(filter, {
            log_group_name: `/${spec.name}/${environment}/edge_nginx`,
            'metric_transformation.0.namespace': name,
            'metric_transformation.0.name': 'unavailable',
          }),
          ...compareOne(plan.of('aws_cloudwatch_metric_alarm', 'unavailable'), {
            namespace: name,
            metric_name: 'unavailable',
          }),
          ...(matchesPattern(pattern, { [field]: '14' }) ? [] : [`${pattern} counts nothing`]),
          ...(matchesPattern(pattern, { [field]: '0' }) ? [`${pattern} counts calls that went well`] : []),
        ];
      }),
    breaks: [
      { file, from: '$.grpcStatus = \\"14\\"', to: '$.httpStatus = \\"502\\"', says: 'counts nothing' },
      {
        file,
        from: 'namespace = local.name metric_name = "unavailable"',
        to: 'namespace   = local.name\n  metric_name = "errors"',
        says: 'metric_name is "errors"',
      },
    ],
  },
];
