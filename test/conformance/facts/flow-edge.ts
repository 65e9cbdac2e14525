/** What a Network Load Balancer is told, which knows of connections alone. */
import type { Fact } from '../fact.ts';
import { matchesPattern } from '../metric-pattern.ts';
import { compareSets, compareValues, valueAt } from '../plan.ts';
import { compareOne, expectReference, listenerOf } from './edge.ts';

/** A fact that both tools are asked; how somebody breaks Terraform's files is said where Terraform is. */
export type PlainFact = Omit<Fact, 'breaks'>;

export const flowEdgeFacts: readonly PlainFact[] = [
  {
    id: 'flow/balancer',
    fact: 'It is a Network Load Balancer over all zones, in a security group from the start: it can never get one later',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    check: ({ plan, production }) => [
      ...compareOne(plan.of('aws_lb'), {
        load_balancer_type: 'network',
        enable_cross_zone_load_balancing: true,
        enable_deletion_protection: production,
      }),
      ...expectReference(plan.references('aws_lb.this', 'security_groups'), 'aws_security_group.nlb.id'),
    ],
  },
  {
    id: 'flow/listener',
    fact: 'It takes TLS on 443 and offers HTTP/2, or TCP on 80 where that was asked for; it waits as long as it was said',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html',
    check: (proof) => {
      const { port, tls, idle } = listenerOf(proof);
      const spoken =
        tls === undefined
          ? { protocol: 'TCP', tcp_idle_timeout_seconds: idle, alpn_policy: null }
          : { protocol: 'TLS', alpn_policy: 'HTTP2Preferred' };
      return [
        // AWS knows no other for TLS.
        ...(tls === undefined || idle === 350 ? [] : [`TLS is idle for ${idle} s, which no listener is`]),
        ...compareOne(proof.plan.of('aws_lb_listener'), { port, ...spoken }),
      ];
    },
  },
  {
    id: 'flow/leads-to-tasks',
    fact: 'All that comes goes on to the one target group',
    check: ({ plan }) => [
      ...plan
        .of('aws_lb_listener', 'grpc')
        .flatMap((one) => compareValues(one, { 'default_action.length': 1, 'default_action.0.type': 'forward' })),
      ...expectReference(
        plan.references('aws_lb_listener.grpc', 'default_action.0.target_group_arn'),
        'aws_lb_target_group.workload',
      ),
      ...(plan.of('aws_lb_listener_rule').length === 0 ? [] : ['it has rules']),
    ],
  },
  {
    id: 'flow/target-group',
    fact: 'It asks whether nginx takes connections, and cuts none: neither when a task goes nor when nginx finishes its calls',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html',
    check: ({ plan, topology }) => {
      const { to, health, deregistration } = topology.edges[0]!.backends[0]!;
      return compareOne(plan.of('aws_lb_target_group'), {
        protocol: 'TCP',
        target_type: 'ip',
        port: to.port,
        deregistration_delay: String(deregistration),
        connection_termination: false,
        'target_health_state.0.enable_unhealthy_connection_termination': false,
        'target_health_state.0.unhealthy_draining_interval': deregistration,
        'health_check.0.protocol': 'TCP',
        'health_check.0.port': 'traffic-port',
        'health_check.0.interval': health!.interval,
        'health_check.0.timeout': health!.timeout,
        'health_check.0.unhealthy_threshold': health!.unhealthy,
        'health_check.0.healthy_threshold': health!.healthy,
      });
    },
  },
  {
    id: 'flow/addresses',
    fact: 'Addresses of clients are not preserved: a task that dials its own load balancer and comes back to itself would wait',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    check: ({ plan }) => compareOne(plan.of('aws_lb_target_group'), { preserve_client_ip: 'false' }),
  },
  {
    id: 'flow/no-more',
    fact: 'Nothing is there that only another load balancer takes: no web ACL, no bucket for a log of calls',
    check: ({ plan, bootstrap }) => [
      ...plan.resources.flatMap(({ type, address }) =>
        /^aws_(?:wafv2|s3)_/.test(type) ? [`${address} is there`] : [],
      ),
      ...bootstrap
        .of('aws_iam_policy', 'github')
        .flatMap(({ address, values }) =>
          /loadbalancer\/app\/|listener\/app\/|wafv2:/.test(String(valueAt(values, 'policy')))
            ? [`${address} reaches an Application Load Balancer`]
            : [],
        ),
    ],
  },
  {
    id: 'flow/unavailable',
    fact: 'Calls that end as UNAVAILABLE are counted from nginx’s log, whose status no metric of the load balancer knows',
    check: ({ plan, spec, name }) => {
      const filters = plan.of('aws_cloudwatch_log_metric_filter', 'unavailable');
      if (!spec.alarms) return filters.map(({ address }) => `${address} was not asked for`);
      const metric = { namespace: name, name: 'unavailable' };
      const pattern = String(valueAt(filters[0]?.values, 'pattern'));
      return [
        ...compareOne(filters, {
          'metric_transformation.0.namespace': metric.namespace,
          'metric_transformation.0.name': metric.name,
          log_group_name: `/${spec.name}/${name.slice(spec.name.length + 1)}/edge_nginx`,
        }),
        ...compareOne(plan.of('aws_cloudwatch_metric_alarm', 'unavailable'), {
          namespace: metric.namespace,
          metric_name: metric.name,
          comparison_operator: 'GreaterThanThreshold',
          treat_missing_data: 'notBreaching',
        }),
        ...(matchesPattern(pattern, { grpcStatus: '14' }) ? [] : [`${pattern} counts no call`]),
        ...(matchesPattern(pattern, { grpcStatus: '0' }) ? [`${pattern} counts calls that went well`] : []),
      ];
    },
  },
  {
    id: 'flow/log-format',
    fact: 'nginx logs the status under the name by which it is counted, and to where its container’s log is taken from',
    check: ({ case: { files } }) => {
      const text = files.get('edge/nginx.conf') ?? '';
      return [
        ...(/"grpcStatus":"\$grpc_status"/.test(text) ? [] : ['no line has a grpcStatus']),
        ...(/access_log \/dev\/stdout calls/.test(text) ? [] : ['calls are not logged to the standard output']),
      ];
    },
  },
  {
    id: 'flow/alarms',
    fact: 'Alarms of the load balancer are of its own kind, and of its own target group',
    check: ({ plan }) =>
      plan.of('aws_cloudwatch_metric_alarm').flatMap((one) => {
        const metrics: Record<string, string> = {
          unhealthy_targets: 'UnHealthyHostCount',
          target_resets: 'TCP_Target_Reset_Count',
        };
        return metrics[one.name] === undefined
          ? []
          : compareValues(one, { namespace: 'AWS/NetworkELB', metric_name: metrics[one.name] });
      }),
  },
  {
    id: 'flow/watched',
    fact: 'A rollout watches the faults of every server of its task',
    check: ({ plan, spec, name }) =>
      plan
        .of('aws_ecs_service')
        .flatMap(({ values }) =>
          compareSets(
            'what a rollout watches',
            (valueAt(values, 'alarms.0.alarm_names') ?? []) as string[],
            spec.alarms ? spec.workloads.map((workload) => `${name}-${workload.name}-faults`) : [],
          ),
        ),
  },
];
