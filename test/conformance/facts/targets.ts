/** The target groups: gRPC to the end, and a health check that asks the server what it says of itself. */
import type { Backend } from '../../../src/topology/model.ts';
import type { Fact, Proof } from '../fact.ts';
import { compareSets, compareValues, valueAt } from '../plan.ts';

const file = 'load-balancer.tf';

export const targetFacts: readonly Fact[] = [
  {
    id: 'targets/one-for-each',
    fact: 'There is a target group for each kind of task',
    check: ({ plan, topology }) =>
      compareSets(
        'target groups',
        plan.of('aws_lb_target_group').map(({ index }) => index),
        topology.edges[0]!.backends.map(({ name }) => name),
      ),
    breaks: [
      {
        file,
        from: 'for_each = local.tasks # AWS allows 32 characters.',
        to: 'for_each = merge(local.tasks, { more = { entry = { port = 1 } } })\n\n  # AWS allows 32 characters.',
        says: 'target groups: more is too much',
      },
    ],
  },
  {
    id: 'targets/grpc',
    fact: 'It speaks gRPC to tasks by their addresses',
    source: 'https://github.com/grpc/grpc-node/issues/2093',
    check: eachGroup(() => ({ protocol: 'HTTP', protocol_version: 'GRPC', target_type: 'ip' })),
    breaks: [
      {
        file,
        from: 'protocol_version = "GRPC"',
        to: 'protocol_version = "HTTP2"',
        says: 'protocol_version is "HTTP2"',
      },
    ],
  },
  {
    id: 'targets/health-asks-the-server',
    fact: 'Its health check calls grpc.health.v1.Health and takes OK alone; by default any server that is alive would do',
    source: 'https://github.com/aws/copilot-cli/issues/5958',
    check: eachGroup(({ health }) => ({
      'health_check.0.path': health?.probe.kind === 'grpc' ? health.probe.path : '',
      'health_check.0.matcher': health?.probe.kind === 'grpc' ? health.probe.codes : '',
      'health_check.0.port': 'traffic-port',
      'health_check.0.enabled': true,
    })),
    breaks: [
      { file, from: 'matcher = "0"', to: 'matcher = "12"', says: 'matcher is "12"' },
      {
        file,
        from: 'path = "/grpc.health.v1.Health/Check"',
        to: 'path = "/AWS.ALB/healthcheck"',
        says: 'path is "/AWS.ALB/healthcheck"',
      },
    ],
  },
  {
    id: 'targets/health-timings',
    fact: 'It checks as often, and is convinced as fast, as the Topology says',
    check: eachGroup(({ health }) => ({
      'health_check.0.interval': health?.interval,
      'health_check.0.timeout': health?.timeout,
      'health_check.0.healthy_threshold': health?.healthy,
      'health_check.0.unhealthy_threshold': health?.unhealthy,
    })),
    breaks: [
      { file, from: 'interval = local.timings.health_interval', to: 'interval = 30', says: 'interval is 30' },
      { file, from: 'timeout = local.timings.health_timeout', to: 'timeout = 4', says: 'timeout is 4' },
      {
        file,
        from: 'healthy_threshold = local.timings.healthy',
        to: 'healthy_threshold = 5',
        says: '.healthy_threshold is 5',
      },
      {
        file,
        from: 'unhealthy_threshold = local.timings.unhealthy',
        to: 'unhealthy_threshold = 3',
        says: 'unhealthy_threshold is 3',
      },
    ],
  },
  {
    id: 'targets/deregistration',
    fact: 'A task that is taken out keeps its open calls for as long as the Topology says, not for the default of 300 s',
    check: eachGroup(({ deregistration }) => ({ deregistration_delay: String(deregistration) })),
    breaks: [
      {
        file,
        from: 'deregistration_delay = local.timings.deregistration',
        to: 'deregistration_delay = 300',
        says: 'deregistration_delay is "300"',
      },
    ],
  },
  {
    id: 'targets/balancing',
    fact: 'A new call goes to the task with the fewest open ones: streams are long',
    check: eachGroup(({ balancing }) => ({
      load_balancing_algorithm_type: balancing === 'least-request' ? 'least_outstanding_requests' : balancing,
    })),
    breaks: [
      {
        file,
        from: '"least_outstanding_requests"',
        to: '"round_robin"',
        says: 'load_balancing_algorithm_type is "round_robin"',
      },
    ],
  },
  {
    id: 'targets/names',
    fact: 'No two target groups have one name, and no name is longer than the 32 characters that AWS takes',
    check: ({ plan }) => {
      const names = plan.of('aws_lb_target_group').map(({ values }) => String(valueAt(values, 'name')));
      const balancers = plan.of('aws_lb').map(({ values }) => String(valueAt(values, 'name')));
      return [
        ...names.flatMap((name, index) => (names.indexOf(name) === index ? [] : [`${name} is there twice`])),
        ...[...names, ...balancers].flatMap((name) => (name.length <= 32 ? [] : [`${name} is too long`])),
      ];
    },
    breaks: [
      {
        file,
        from: '"${trimsuffix(substr("${local.short}-${each.key}", 0, 25), "-")}-${substr(sha1("${local.name} ${each.key} ${local.grpc_port}"), 0, 6)}"',
        to: 'local.short',
        says: 'shop-prod is there twice',
      },
    ],
  },
];

/** Holds each workload's target group to its backend in the Topology. */
function eachGroup(want: (backend: Backend) => Record<string, unknown>): Fact['check'] {
  return ({ plan, topology }: Proof) =>
    topology.edges[0]!.backends.flatMap((backend) => {
      const group = plan.of('aws_lb_target_group').find(({ index }) => index === backend.name);
      return group ? compareValues(group, want(backend)) : [`${backend.name} has no target group`];
    });
}
