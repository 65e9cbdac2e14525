/** What somebody hears of: alarms where they were asked for, each of them told to somebody. */
import type { Fact } from '../fact.ts';
import { faultLine, matchesPattern, quietLine } from '../metric-pattern.ts';
import { kindOf, listServers } from '../places.ts';
import { compareSets, compareValues, valueAt } from '../plan.ts';
import { compareOne, expectReference } from './edge.ts';
import { logsKey } from './roles.ts';

const file = 'alarms.tf';
const edgeFile = 'edge-alarms.tf';
/** Of each task, and of the edge as a whole. */
const watched: Readonly<Record<string, readonly [tasks: readonly string[], edge: readonly string[]]>> = {
  alb: [['latency', 'running_tasks', 'target_errors', 'unhealthy_targets'], ['edge_errors']],
  nlb: [['running_tasks', 'unavailable', 'unhealthy_targets'], ['target_resets']],
};

export const alarmFacts: readonly Fact[] = [
  {
    id: 'alarms/which',
    fact: 'Where alarms were asked for they watch the edge, faults of each workload, and of tasks what the edge knows and how many there are',
    check: ({ plan, spec, topology }) => {
      const [ofTasks, ofEdge] = watched[kindOf({ topology })] ?? [[], []];
      return compareSets(
        'alarms',
        plan.of('aws_cloudwatch_metric_alarm').map(({ name, index }) => `${name} ${index}`),
        spec.alarms
          ? [
              ...ofEdge.map((name) => `${name} 0`),
              ...listServers({ topology }).map(({ image }) => `faults ${image}`),
              ...ofTasks.flatMap((name) => topology.workloads.map((task) => `${name} ${task.name}`)),
            ]
          : [],
      );
    },
    breaks: [
      {
        file,
        from: 'resource "aws_cloudwatch_metric_alarm" "running_tasks" { for_each = local.alarmed_tasks',
        to: 'resource "aws_cloudwatch_metric_alarm" "running_tasks" {\n  for_each = { for name, one in local.alarmed_tasks : name => one if name != "ledger" }',
        says: 'alarms: running_tasks ledger is missing',
      },
      {
        in: 'least',
        file: 'settings.tf',
        from: 'alarms = false',
        to: 'alarms = true',
        says: 'alarms: edge_errors 0 is too much',
        apart: 'options',
      },
    ],
  },
  {
    id: 'alarms/heard',
    fact: 'Every alarm reports to the topic, when it begins and when it ends, and the topic is encrypted',
    check: ({ plan }) =>
      [...new Set(plan.of('aws_cloudwatch_metric_alarm').map(({ name }) => `aws_cloudwatch_metric_alarm.${name}`))]
        .flatMap((address) =>
          ['alarm_actions', 'ok_actions'].flatMap((way) =>
            expectReference(plan.references(address, way), 'local.alarm_actions').map(
              (problem) => `${address}: ${way}: ${problem}`,
            ),
          ),
        )
        .concat(
          plan
            .of('aws_sns_topic')
            .flatMap(() => expectReference(plan.references('aws_sns_topic.alarms', 'kms_master_key_id'), logsKey)),
        ),
    breaks: [
      {
        file,
        from: 'treat_missing_data = "breaching" alarm_actions = local.alarm_actions',
        to: 'treat_missing_data = "breaching"\n  alarm_actions = []',
        says: 'aws_cloudwatch_metric_alarm.running_tasks: alarm_actions: it comes from nothing',
      },
      { file, from: 'kms_master_key_id = data.aws_kms_alias.logs.target_key_arn', to: '', says: `not ${logsKey}` },
    ],
  },
  {
    id: 'alarms/faults',
    fact: 'Faults are counted from the lines that the emitted server writes, which no metric of the load balancer sees',
    check: ({ plan, spec, name }) =>
      plan.of('aws_cloudwatch_log_metric_filter', 'faults').flatMap((filter) => {
        const pattern = String(valueAt(filter.values, 'pattern'));
        const alarm = plan.of('aws_cloudwatch_metric_alarm', 'faults').filter(({ index }) => index === filter.index);
        const metric = { namespace: name, metric_name: `${filter.index}-faults` };
        return [
          ...compareValues(filter, {
            log_group_name: `/${spec.name}/${name.slice(spec.name.length + 1)}/${filter.index}`,
            'metric_transformation.0.namespace': metric.namespace,
            'metric_transformation.0.name': metric.metric_name,
          }),
          ...compareOne(alarm, metric),
          ...(matchesPattern(pattern, faultLine) ? [] : [`${pattern} counts no fault`]),
          ...(matchesPattern(pattern, quietLine) ? [`${pattern} counts calls that went well`] : []),
        ];
      }),
    breaks: [
      { file, from: '($.level = \\"error\\")', to: '($.severity = \\"error\\")', says: 'counts no fault' },
      {
        file,
        from: 'metric_name = "${each.key}-faults"',
        to: 'metric_name = "${each.key}-failures"',
        says: 'metric_name is "ledger-failures"',
      },
    ],
  },
  {
    id: 'alarms/latency',
    fact: 'Latency is that of the slowest in a hundred calls, until their answer begins',
    check: ({ plan }) =>
      plan
        .of('aws_cloudwatch_metric_alarm', 'latency')
        .flatMap((one) => compareValues(one, { extended_statistic: 'p99', metric_name: 'TargetResponseTime' })),
    breaks: [
      {
        file: edgeFile,
        from: 'extended_statistic = "p99"',
        to: 'extended_statistic = "p50"',
        says: 'extended_statistic is "p50"',
      },
    ],
  },
  {
    id: 'alarms/tasks',
    fact: 'Fewer tasks than the least is an alarm, and so is not knowing',
    check: ({ plan }) =>
      plan.of('aws_cloudwatch_metric_alarm', 'running_tasks').flatMap((one) => {
        const target = plan.of('aws_appautoscaling_target').find(({ index }) => index === one.index);
        return compareValues(one, {
          comparison_operator: 'LessThanThreshold',
          threshold: valueAt(target?.values, 'min_capacity'),
          treat_missing_data: 'breaching',
          'dimensions.ServiceName': one.index,
        });
      }),
    breaks: [
      { file, from: 'threshold = local.scale[each.key].min', to: 'threshold = 0', says: 'threshold is 0, not 3' },
    ],
  },
  {
    id: 'alarms/rollback',
    fact: 'A rollout whose calls fail is rolled back by an alarm that is there',
    check: ({ plan, spec }) => {
      const names = new Set(plan.of('aws_cloudwatch_metric_alarm').map(({ values }) => valueAt(values, 'alarm_name')));
      return plan.of('aws_ecs_service').flatMap(({ address, values }) => {
        const asked = (valueAt(values, 'alarms.0.alarm_names') ?? []) as string[];
        const rolls = valueAt(values, 'alarms.0.rollback') === true && valueAt(values, 'alarms.0.enable') === true;
        return [
          ...(rolls === spec.alarms ? [] : [`${address}: alarms roll ${spec.alarms ? 'nothing' : 'it'} back`]),
          ...asked.flatMap((name) => (names.has(name) ? [] : [`${address} watches ${name}, which is not there`])),
        ];
      });
    },
    breaks: [
      {
        file: 'services.tf',
        from: 'alarm_names = local.rollout_alarms[alarms.value]',
        to: 'alarm_names = ["some"]',
        says: 'watches some, which is not there',
      },
      {
        file: 'services.tf',
        from: 'content { enable = true rollback = true',
        to: 'content {\n      enable      = true\n      rollback    = false',
        says: 'alarms roll nothing back',
      },
    ],
  },
];
