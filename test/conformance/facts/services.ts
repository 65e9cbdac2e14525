/** The cluster, and the services that keep tasks running: rollouts, scaling, where tasks stand. */
import type { Fact } from '../fact.ts';
import { findEntry, kindOf } from '../places.ts';
import { compareSets, compareValues, valueAt } from '../plan.ts';
import { compareOne, expectReference } from './edge.ts';

const file = 'services.tf';
const address = 'aws_ecs_service.workload';
const fargate = { base: 1, capacity_provider: 'FARGATE', weight: 100 };

export const serviceFacts: readonly Fact[] = [
  {
    id: 'services/attached',
    fact: 'Each service puts what calls of its tasks enter by, on its port, into a target group of its own',
    check: ({ plan, topology }) => [
      ...topology.edges[0]!.backends.flatMap(({ name, to }) => {
        const service = plan.of('aws_ecs_service').find(({ index }) => index === name);
        const { container } = findEntry({ topology }, to.workload);
        const wanted = {
          'load_balancer.0.container_name': container.name,
          'load_balancer.0.container_port': to.port,
        };
        return service ? compareValues(service, wanted) : [`${name} has no service`];
      }),
      ...['aws_lb_target_group.workload', 'each.key'].flatMap((one) =>
        expectReference(plan.references(address, 'load_balancer.0.target_group_arn'), one),
      ),
    ],
    breaks: [
      {
        file,
        from: 'container_name = each.value.entry.container',
        to: 'container_name = "log-router"',
        says: 'container_name is "log-router"',
      },
      {
        file,
        from: 'target_group_arn = aws_lb_target_group.workload[each.key].arn',
        to: 'target_group_arn = aws_lb_target_group.workload["orders"].arn',
        says: 'not each.key',
      },
    ],
  },
  {
    id: 'services/circuit-breaker',
    fact: 'A rollout that fails is stopped and rolled back',
    check: eachService({ 'deployment_circuit_breaker.0.enable': true, 'deployment_circuit_breaker.0.rollback': true }),
    breaks: [
      {
        file,
        from: 'deployment_circuit_breaker { enable = true rollback = true',
        to: 'deployment_circuit_breaker {\n    enable   = true\n    rollback = false',
        says: 'rollback is false',
      },
    ],
  },
  {
    id: 'services/rollout',
    fact: 'New tasks take calls before old ones stop',
    check: eachService({ deployment_minimum_healthy_percent: 100, deployment_maximum_percent: 200 }),
    breaks: [
      {
        file,
        from: 'deployment_minimum_healthy_percent = 100',
        to: 'deployment_minimum_healthy_percent = 50',
        says: 'deployment_minimum_healthy_percent is 50',
      },
    ],
  },
  {
    id: 'services/grace',
    fact: 'Failing checks of a task that begins do not count for as long as the timings say',
    check: (proof) => eachService({ health_check_grace_period_seconds: proof.timings.healthGrace })(proof),
    breaks: [
      {
        file,
        from: 'health_check_grace_period_seconds = local.timings.health_grace',
        to: 'health_check_grace_period_seconds = 0',
        says: 'health_check_grace_period_seconds is 0',
      },
    ],
  },
  {
    id: 'services/zones',
    fact: 'Tasks spread over the zones again after one was lost',
    check: eachService({ availability_zone_rebalancing: 'ENABLED' }),
    breaks: [{ file, from: '= "ENABLED"', to: '= "DISABLED"', says: 'availability_zone_rebalancing is "DISABLED"' }],
  },
  {
    id: 'services/capacity',
    fact: 'Tasks run by the capacity provider FARGATE, which no launch type bypasses',
    check: (proof) => [
      ...eachService({ capacity_provider_strategy: [fargate], launch_type: undefined })(proof),
      ...compareOne(proof.plan.of('aws_ecs_cluster_capacity_providers'), {
        capacity_providers: ['FARGATE'],
        default_capacity_provider_strategy: [fargate],
      }),
    ],
    breaks: [
      {
        file,
        from: 'desired_count = local.scale[each.key].min capacity_provider_strategy { capacity_provider = "FARGATE" base = 1 weight = 100 }',
        to: 'desired_count = local.scale[each.key].min\n  launch_type = "FARGATE"',
        says: 'launch_type is "FARGATE"',
      },
      {
        file,
        from: 'default_capacity_provider_strategy { capacity_provider = "FARGATE" base = 1',
        to: 'default_capacity_provider_strategy {\n    capacity_provider = "FARGATE"\n    base              = 0',
        says: 'default_capacity_provider_strategy is [{"base":0',
      },
    ],
  },
  {
    id: 'services/insights',
    fact: 'Container Insights counts the tasks that run',
    check: ({ plan }) =>
      compareOne(plan.of('aws_ecs_cluster'), { setting: [{ name: 'containerInsights', value: 'enabled' }] }),
    breaks: [{ file, from: 'value = "enabled"', to: 'value = "disabled"', says: '"value":"disabled"' }],
  },
  {
    id: 'services/private',
    fact: 'Tasks stand in private subnets, without a public address',
    check: (proof) => [
      ...eachService({ 'network_configuration.0.assign_public_ip': false })(proof),
      ...compareSets('what their subnets hang on', proof.plan.references(address, 'network_configuration.0.subnets'), [
        'local.private_subnets',
      ]),
      // Those of a network that is made are not known yet.
      ...(proof.subnets.private === undefined
        ? []
        : proof.plan
            .of('aws_ecs_service')
            .flatMap(({ values }) =>
              compareSets(
                'their subnets',
                valueAt(values, 'network_configuration.0.subnets') as string[],
                proof.subnets.private ?? [],
              ),
            )),
    ],
    breaks: [
      { file, from: 'assign_public_ip = false', to: 'assign_public_ip = true', says: 'assign_public_ip is true' },
      {
        in: 'existing',
        file,
        from: 'subnets = local.private_subnets',
        to: 'subnets = local.public_subnets',
        says: 'their subnets: subnet-',
      },
    ],
  },
  {
    id: 'services/steady',
    fact: 'An apply is over when the rollout is',
    check: eachService({ wait_for_steady_state: true }),
    breaks: [
      {
        file,
        from: 'wait_for_steady_state = true',
        to: 'wait_for_steady_state = false',
        says: 'wait_for_steady_state is false',
      },
    ],
  },
  {
    id: 'services/after-rules',
    fact: 'A service begins when what leads to it and its permissions are there, and ends before they go',
    check: ({ plan, topology }) =>
      compareSets('what it waits for', plan.dependencies(address), [
        'aws_ecs_cluster_capacity_providers.this',
        'aws_iam_role_policy.execution',
        'aws_iam_role_policy.task',
        kindOf({ topology }) === 'alb' ? 'aws_lb_listener_rule.services' : 'aws_lb_listener.grpc',
      ]),
    breaks: [
      {
        file,
        from: 'depends_on = [ aws_lb_listener_rule.services,',
        to: 'depends_on = [',
        says: 'aws_lb_listener_rule.services is missing',
      },
    ],
  },
  {
    id: 'services/no-exec',
    fact: 'Nobody enters a container: there is no shell in it',
    check: eachService({ enable_execute_command: false }),
    breaks: [
      {
        file,
        from: 'enable_execute_command = false',
        to: 'enable_execute_command = true',
        says: 'enable_execute_command is true',
      },
    ],
  },
  {
    id: 'scaling/range',
    fact: 'There are at least and at most as many tasks as their environment says, and the least to begin with',
    check: ({ plan, topology, production }) =>
      topology.workloads.flatMap(({ name, replicas: { min, max } }) => {
        const wanted = production ? { min, max } : { min: 1, max: 2 };
        const service = plan.of('aws_ecs_service').filter(({ index }) => index === name);
        return [
          ...compareOne(
            plan.of('aws_appautoscaling_target').filter(({ index }) => index === name),
            { min_capacity: wanted.min, max_capacity: wanted.max, scalable_dimension: 'ecs:service:DesiredCount' },
          ),
          ...compareOne(service, { desired_count: wanted.min }),
        ];
      }),
    breaks: [
      {
        file: 'autoscaling.tf',
        from: 'max_capacity = local.scale[each.key].max',
        to: 'max_capacity = local.scale[each.key].min',
        says: 'max_capacity is 3, not 12',
      },
    ],
  },
  {
    id: 'scaling/by-processor',
    fact: 'Tasks are added by processor time: the load balancer counts a stream once, however long it is',
    check: ({ plan, topology }) => [
      ...topology.workloads.flatMap(({ name }) =>
        compareOne(
          plan.of('aws_appautoscaling_policy', 'cpu').filter(({ index }) => index === name),
          {
            policy_type: 'TargetTrackingScaling',
            'target_tracking_scaling_policy_configuration.0.predefined_metric_specification.0.predefined_metric_type':
              'ECSServiceAverageCPUUtilization',
          },
        ),
      ),
      ...plan.of('aws_appautoscaling_policy', 'requests').map(({ index }) => `${index} scales by requests, unasked`),
    ],
    breaks: [
      {
        file: 'autoscaling.tf',
        from: '"ECSServiceAverageCPUUtilization"',
        to: '"ECSServiceAverageMemoryUtilization"',
        says: 'ECSServiceAverageMemoryUtilization',
      },
      {
        file: 'environments/prod.tfvars',
        from: 'scale = { min = 3, max = 12 }',
        to: 'scale    = { min = 3, max = 12 }\nscale_of = { ledger = { min = 3, max = 12, requests_per_target = 100 } }',
        says: 'ledger scales by requests, unasked',
      },
    ],
  },
];

function eachService(wanted: Record<string, unknown>): Fact['check'] {
  return ({ plan }) => plan.of('aws_ecs_service').flatMap((one) => compareValues(one, wanted));
}
