/** Every fact that is asserted on the plans of ecs-nlb-nginx: those of ecs-alb but for what is about calls at the edge, and its own. */
import { alarmFacts } from './facts/alarms.ts';
import { bootstrapFacts } from './facts/bootstrap.ts';
import { edgeFacts } from './facts/edge.ts';
import { flowAlarmFacts } from './facts/flow-alarms.ts';
import { flowBootstrapFacts, flowEdgeFacts } from './facts/flow-edge.ts';
import { hopFacts, hopLawFacts } from './facts/hop.ts';
import { lawFacts } from './facts/laws.ts';
import { networkFacts } from './facts/network.ts';
import { reachFacts } from './facts/reach.ts';
import { createdFirst, describeState } from './facts/replacement.ts';
import { roleFacts } from './facts/roles.ts';
import { serviceFacts } from './facts/services.ts';
import { sidecarFacts } from './facts/sidecars.ts';
import { targetFacts } from './facts/targets.ts';
import { taskFacts } from './facts/tasks.ts';
import { wholeFacts } from './facts/whole.ts';
import type { FactsOf } from './proven-target.ts';
import { reuseFacts } from './reuse-facts.ts';

const ofCalls = 'a load balancer of connections knows no calls';
const tasks = 'tasks.tf';
const edge = 'load-balancer.tf';
const group = 'edge-group.tf';
/** What stands before the timings of a server's check, and not of nginx's. */
const probe = 'command = ["CMD", "/nodejs/bin/node", "/app/probe.cjs"]';

const reusedEdge = reuseFacts(edgeFacts, {
  without: {
    'edge/https-only': 'flow/listener',
    'edge/unrouted': ofCalls,
    'edge/http2': 'flow/cross-zone, flow/alpn',
    'edge/idle': 'flow/idle',
    'edge/client-keep-alive': ofCalls,
    'edge/header-fields': ofCalls,
    'edge/access-logs': 'nginx logs each call; what it would log is TLS connections alone',
    'edge/log-bucket': 'there is none',
  },
  breaks: {
    'edge/scheme': [
      {
        file: edge,
        from: 'load_balancer_type = "network" internal = local.internal',
        to: 'load_balancer_type = "network"\n  internal = !local.internal',
        says: 'internal is false',
      },
    ],
  },
});

const reusedTargets = reuseFacts(targetFacts, {
  without: {
    'targets/grpc': 'flow/target',
    'targets/health-asks-the-server': 'flow/asks-for-a-connection',
    'targets/balancing': ofCalls,
    'targets/names': 'there is one target group, and the provider refuses a name that is too long',
  },
  breaks: {},
});

const reusedTasks = reuseFacts(taskFacts, {
  without: {},
  breaks: {
    'tasks/fargate': [
      {
        file: tasks,
        from: 'cpu_architecture = local.architecture',
        to: 'cpu_architecture = "X86_64"',
        says: 'cpu_architecture is "X86_64"',
      },
    ],
    'tasks/probe-timings': [
      {
        file: tasks,
        from: `${probe} interval = local.timings.health_interval`,
        to: `${probe}\n        interval = 30`,
        says: 'interval is 30',
      },
      {
        file: tasks,
        from: 'timeout = local.timings.health_timeout retries = local.timings.unhealthy startPeriod = local.timings.health_start } stopTimeout = local.timings.stop',
        to: 'timeout = 2\n        retries = 3\n        startPeriod = 0\n      }\n      stopTimeout = local.timings.stop',
        says: 'retries is 3',
      },
    ],
    'tasks/port': [
      { file: tasks, from: 'PORT = server.port', to: 'PORT = 9090', says: 'orders: PORT is "9090"' },
      {
        file: edge,
        from: 'port = each.value.entry.port protocol',
        to: 'port = 9090\n  protocol',
        says: 'port is 9090',
      },
    ],
    'tasks/reflection': [
      {
        file: tasks,
        from: 'server.name == local.reflection ? "on" : "off"',
        to: '"on"',
        says: 'REFLECTION is "on", not "off"',
      },
    ],
    'tasks/hardened': [
      { file: tasks, from: 'user = "65532:65532"', to: 'user = "0"', says: 'user is "0"' },
      {
        file: tasks,
        from: 'readonlyRootFilesystem = true linuxParameters = { capabilities = { add = [], drop = ["ALL"] } } # Exec form',
        to: 'readonlyRootFilesystem = false\n      linuxParameters = { capabilities = { add = [], drop = [] } }\n      # Exec form',
        says: 'readonlyRootFilesystem is false',
      },
    ],
    'tasks/image': [
      {
        file: tasks,
        from: 'workload[server.name].repository_url}:${var.image_tag}',
        to: 'workload[server.name].repository_url}:latest',
        says: ':latest"',
      },
      {
        file: tasks,
        from: 'workload["edge_nginx"].repository_url}:${var.image_tag}',
        to: 'workload["orders"].repository_url}:${var.image_tag}',
        says: '/shop/orders:1',
      },
    ],
  },
});

const reusedLaws = reuseFacts(lawFacts, {
  without: {},
  breaks: {
    'laws/noticed-while-serving': [
      {
        file: edge,
        from: 'interval = local.timings.health_interval',
        to: 'interval = 30',
        says: 'unhealthy threshold, 60, is not below PRE_STOP, 30',
        apart: 'laws',
      },
    ],
    'laws/drained-before-killed': [
      {
        file: tasks,
        from: 'DRAIN = local.timings.drain',
        to: 'DRAIN = 60',
        says: 'flush, 91, is not below stopTimeout, 60',
        apart: 'laws',
      },
    ],
    'laws/calls-kept': [
      {
        file: edge,
        from: 'deregistration_delay = local.timings.deregistration',
        to: 'deregistration_delay = 20',
        says: 'PRE_STOP + DRAIN, 90, is not below deregistration delay and a second, 21',
        apart: 'laws',
      },
    ],
    'laws/closed-by-the-server': [
      {
        in: 'existing',
        file: edge,
        from: 'tcp_idle_timeout_seconds = local.timings.edge_idle',
        to: 'tcp_idle_timeout_seconds = 60',
        says: 'CONNECTION_IDLE, 240, is not below idle_timeout, 60',
        apart: 'laws',
      },
    ],
    'laws/checked-in-time': [
      {
        file: tasks,
        from: 'startPeriod = local.timings.health_start } stopTimeout = local.timings.stop',
        to: 'startPeriod = 25\n      }\n      stopTimeout = local.timings.stop',
        says: 'start and checks, 85, is not below',
        apart: 'laws',
      },
    ],
  },
});

const reusedSidecars = reuseFacts(sidecarFacts, {
  without: {},
  breaks: {
    'sidecars/only-asked-for': [
      {
        in: 'least',
        file: 'settings.tf',
        from: 'telemetry = false',
        to: 'telemetry = true',
        says: 'containers of shop: collector is too much',
        apart: 'options',
      },
      {
        file: 'settings.tf',
        from: 'logs = "firelens"',
        to: 'logs = "awslogs"',
        says: 'containers of shop: log-router is missing',
        apart: 'options',
      },
    ],
  },
});

const reusedServices = reuseFacts(serviceFacts, {
  without: {},
  breaks: {
    'services/attached': [
      {
        file: 'services.tf',
        from: 'container_name = each.value.entry.container',
        to: 'container_name = "orders"',
        says: 'container_name is "orders"',
      },
      {
        file: 'services.tf',
        from: 'target_group_arn = aws_lb_target_group.workload[each.key].arn',
        to: 'target_group_arn = aws_lb_target_group.workload["shop"].arn',
        says: 'not each.key',
      },
    ],
    'services/after-rules': [
      {
        file: 'services.tf',
        from: 'depends_on = [ aws_lb_listener.grpc,',
        to: 'depends_on = [',
        says: 'aws_lb_listener.grpc is missing',
      },
    ],
    'scaling/by-processor': [
      {
        file: 'autoscaling.tf',
        from: '"ECSServiceAverageCPUUtilization"',
        to: '"ECSServiceAverageMemoryUtilization"',
        says: 'ECSServiceAverageMemoryUtilization',
      },
    ],
  },
});

const reusedNetwork = reuseFacts(networkFacts, {
  without: {},
  breaks: {
    'network/clients': [
      {
        file: group,
        from: 'from_port = aws_lb_listener.grpc.port',
        to: 'from_port = 80',
        says: 'from_port is 80',
      },
      {
        file: 'security-groups.tf',
        from: 'local.internal ? local.vpc_cidrs : ["0.0.0.0/0"]',
        to: '["0.0.0.0/0"]',
        says: 'cidr_ipv4 is "0.0.0.0/0"',
      },
    ],
    'network/servers': [
      {
        file: group,
        from: 'referenced_security_group_id = aws_security_group.nlb.id',
        to: 'cidr_ipv4 = "10.0.0.0/8"',
        says: 'cidr_ipv4 is "10.0.0.0/8"',
      },
    ],
    'network/no-other-rules': [
      {
        file: group,
        from: 'resource "aws_vpc_security_group_ingress_rule" "tasks_from_nlb" {',
        to: `resource "aws_vpc_security_group_ingress_rule" "shell" {
          security_group_id = aws_security_group.nlb.id
          ip_protocol       = "tcp"
          from_port         = 22
          to_port           = 22
          cidr_ipv4         = "0.0.0.0/0"
        }
        resource "aws_vpc_security_group_ingress_rule" "tasks_from_nlb" {`,
        says: 'rules: shell is too much',
      },
    ],
  },
});

const reusedRoles = reuseFacts(roleFacts, {
  without: {},
  breaks: {
    'roles/task': [
      {
        file: 'roles.tf',
        from: '["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"] resources = local.log_streams[each.key]',
        to: '["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]\n      resources = ["*"]',
        says: 'task of shop: logs:PutLogEvents on * is too much',
      },
    ],
    'roles/no-managed-policy': [
      {
        file: 'roles.tf',
        from: 'data "aws_iam_policy_document" "assume_task" {',
        to: `resource "aws_iam_role_policy_attachment" "managed" {
          for_each   = local.tasks
          role       = aws_iam_role.execution[each.key].name
          policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
        }
        data "aws_iam_policy_document" "assume_task" {`,
        says: 'aws_iam_role_policy_attachment.managed["shop"] attaches one',
      },
    ],
  },
});

const reusedAlarms = reuseFacts(alarmFacts, {
  without: { 'alarms/latency': ofCalls },
  breaks: {
    'alarms/which': [
      {
        file: 'alarms.tf',
        from: 'resource "aws_cloudwatch_metric_alarm" "faults" { for_each = local.alarmed',
        to: 'resource "aws_cloudwatch_metric_alarm" "faults" {\n  for_each = { for name, one in local.alarmed : name => one if name != "orders" }',
        says: 'alarms: faults orders is missing',
        apart: 'options',
      },
      {
        in: 'least',
        file: 'settings.tf',
        from: 'alarms = false',
        to: 'alarms = true',
        says: 'alarms: target_resets 0 is too much',
        apart: 'options',
      },
    ],
  },
});

const reusedWhole = reuseFacts(wholeFacts, {
  without: {},
  breaks: {
    'whole/edge': [
      { file: edge, from: '"HTTP2Preferred"', to: '"HTTP1Only"', says: 'edge.listeners.0.tls.alpn.' },
      {
        in: 'existing',
        file: edge,
        from: 'tcp_idle_timeout_seconds = local.timings.edge_idle',
        to: 'tcp_idle_timeout_seconds = 60',
        says: 'edge.listeners.0.idle is 60, not 350',
      },
      {
        file: edge,
        from: 'timeout = local.timings.health_timeout',
        to: 'timeout = 4',
        says: 'backends.0.health.timeout is 4, not 3',
      },
    ],
    'whole/workloads': [
      {
        file: tasks,
        from: 'PRE_STOP = local.timings.pre_stop',
        to: 'PRE_STOP = 5',
        says: 'workloads.0.shutdown.preStop is 5, not 30',
      },
      {
        file: tasks,
        from: 'value = tostring(local.timings.hop_pre_stop)',
        to: 'value = "5"',
        says: 'workloads.0.containers.3.shutdown.preStop is 5, not 12',
      },
      {
        file: tasks,
        from: 'PORT = server.port',
        to: 'PORT = 9090',
        says: 'workloads.0.containers.1.runs.port is 9090',
      },
    ],
  },
});

export const factsOfNlb: FactsOf = {
  environment: [
    ...flowEdgeFacts,
    ...reusedEdge,
    ...reusedTargets,
    ...reusedTasks,
    ...hopFacts,
    ...reusedLaws,
    ...hopLawFacts,
    ...reusedSidecars,
    ...reusedServices,
    ...reusedNetwork,
    ...reusedRoles,
    ...reusedAlarms,
    ...flowAlarmFacts,
    ...reusedWhole,
  ],
  bootstrap: [...bootstrapFacts, ...flowBootstrapFacts, ...reachFacts],
  replacement: [
    createdFirst(
      'aws_lb_target_group.workload["shop"]',
      'The target group is there before the one it replaces goes',
      {
        file: edge,
        from: 'tags = { Workload = each.key } lifecycle { create_before_destroy = true',
        to: 'tags = { Workload = each.key }\n\n  lifecycle {\n    create_before_destroy = false',
      },
      'least',
    ),
    createdFirst(
      'aws_acm_certificate.this',
      'A certificate is there before the one it replaces goes',
      {
        file: 'certificate.tf',
        from: 'create_before_destroy = true',
        to: 'create_before_destroy = false',
      },
      'least',
    ),
    createdFirst(
      'aws_security_group.nlb',
      'The security group of the load balancer is there before the one it replaces goes',
      {
        file: group,
        from: 'create_before_destroy = true',
        to: 'create_before_destroy = false',
      },
      'least',
    ),
    createdFirst(
      'aws_security_group.tasks["shop"]',
      'The security group of tasks is there before the one it replaces goes',
      {
        file: 'security-groups.tf',
        from: 'create_before_destroy = true',
        to: 'create_before_destroy = false',
      },
      'least',
    ),
  ],
};

const oldGroup = { id: 'old', name: 'old', description: 'old', vpc_id: 'vpc-old' };

/** A state in which what the facts of replacement are about is there, in other words. */
export function describePredecessorsOfNlb(registry: string): string {
  return describeState(registry, [
    ['aws_acm_certificate', 'this', { id: 'old', domain_name: 'old.example.com', validation_method: 'DNS' }],
    ['aws_lb_target_group', 'workload', { id: 'old', name: 'old', port: 80, target_type: 'ip' }, 'shop'],
    ['aws_security_group', 'nlb', oldGroup],
    ['aws_security_group', 'tasks', oldGroup, 'shop'],
  ]);
}
