/** A load balancer of connections: what it takes, where it leads, what it asks, and what it must not cut. */
import type { Fact, Proof } from '../fact.ts';
import type { Resource } from '../plan.ts';
import { statementsOf } from './bootstrap.ts';
import { compareOne, expectReference, listenerOf } from './edge.ts';
import { readIdle } from './laws.ts';

const file = 'load-balancer.tf';

export const flowEdgeFacts: readonly Fact[] = [
  {
    id: 'flow/listener',
    fact: 'There is one listener: TLS on port 443, or TCP on port 80 where no TLS was asked for',
    check: (proof) => {
      const { port, tls } = listenerOf(proof);
      return compareOne(proof.plan.of('aws_lb_listener'), { port, protocol: tls === undefined ? 'TCP' : 'TLS' });
    },
    breaks: [
      { file, from: 'port = 443', to: 'port = 8443', says: 'port is 8443' },
      { in: 'existing', file, from: 'port = 80 protocol', to: 'port = 50051\n  protocol', says: 'port is 50051' },
    ],
  },
  {
    id: 'flow/alpn',
    fact: 'With TLS it offers HTTP/2 first, or gRPC clients go away',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html#alpn-policies',
    check: (proof) => {
      const wanted = listenerOf(proof).tls === undefined ? null : 'HTTP2Preferred';
      return compareOne(proof.plan.of('aws_lb_listener'), { alpn_policy: wanted });
    },
    breaks: [{ file, from: '"HTTP2Preferred"', to: '"HTTP1Only"', says: 'alpn_policy is "HTTP1Only"' }],
  },
  {
    id: 'flow/without-certificate',
    fact: 'Without TLS there is no certificate, and no record that would validate one',
    check: (proof) =>
      listenerOf(proof).tls !== undefined
        ? []
        : proof.plan.resources.flatMap(({ type, name, address }) =>
            type.startsWith('aws_acm_') || name === 'validation' ? [`${address} is for nothing`] : [],
          ),
    breaks: [
      {
        in: 'existing',
        file: 'dns.tf',
        from: 'resource "aws_route53_record" "hostname" {',
        to: `resource "aws_acm_certificate" "this" {
          domain_name       = var.hostname
          validation_method = "DNS"
        }
        resource "aws_route53_record" "hostname" {`,
        says: 'aws_acm_certificate.this is for nothing',
      },
    ],
  },
  {
    id: 'flow/cross-zone',
    fact: 'It is a network load balancer that spreads connections over the tasks of all zones',
    check: ({ plan }) =>
      compareOne(plan.of('aws_lb'), { load_balancer_type: 'network', enable_cross_zone_load_balancing: true }),
    breaks: [
      {
        file,
        from: 'enable_cross_zone_load_balancing = true',
        to: 'enable_cross_zone_load_balancing = false',
        says: 'enable_cross_zone_load_balancing is false',
      },
    ],
  },
  {
    id: 'flow/group-at-creation',
    fact: 'It has a security group from the beginning: one that was made without can never get one',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    check: ({ plan }) =>
      expectReference(plan.references('aws_lb.this', 'security_groups'), 'aws_security_group.nlb.id'),
    breaks: [
      {
        file,
        from: 'security_groups = [aws_security_group.nlb.id]',
        to: '',
        says: 'it comes from nothing, not aws_security_group.nlb.id',
      },
    ],
  },
  {
    id: 'flow/forwards',
    fact: 'It hands every connection on to the one target group, and has no rules',
    check: ({ plan }) => [
      ...compareOne(plan.of('aws_lb_listener'), { 'default_action.length': 1, 'default_action.0.type': 'forward' }),
      ...plan.of('aws_lb_listener_rule').map(({ address }) => `${address} is a rule`),
      ...expectReference(
        plan.references('aws_lb_listener.grpc', 'default_action.0.target_group_arn'),
        'aws_lb_target_group.workload',
      ),
    ],
    breaks: [
      {
        file,
        from: 'target_group_arn = aws_lb_target_group.workload[local.project].arn',
        to: 'target_group_arn = aws_lb.this.arn',
        says: 'not aws_lb_target_group.workload',
      },
    ],
  },
  {
    id: 'flow/idle',
    fact: 'A quiet connection is forgotten after the idle time of the Topology, which TLS fixes at 350 s',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html',
    check: (proof) => {
      const found = readIdle(proof);
      const { idle } = listenerOf(proof);
      return found === idle ? [] : [`it is ${found}, not ${idle}`];
    },
    breaks: [
      {
        in: 'existing',
        file,
        from: 'tcp_idle_timeout_seconds = local.timings.edge_idle',
        to: 'tcp_idle_timeout_seconds = 60',
        says: 'it is 60, not 350',
      },
    ],
  },
  {
    id: 'flow/target',
    fact: 'What it sends goes as it is to addresses of tasks, on the port of nginx',
    check: ({ plan, topology }) =>
      compareOne(targetGroup(plan, topology), {
        protocol: 'TCP',
        target_type: 'ip',
        port: topology.edges[0]!.backends[0]!.to.port,
      }),
    breaks: [
      { file, from: 'target_type = "ip"', to: 'target_type = "instance"', says: 'target_type is "instance"' },
      {
        file,
        from: 'protocol = "TCP" # A task that dials',
        to: 'protocol = "TLS"\n\n  # A task that dials',
        says: 'protocol is "TLS"',
      },
    ],
  },
  {
    id: 'flow/asks-for-a-connection',
    fact: 'It asks whether nginx takes connections, for it can ask nothing of gRPC',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    check: ({ plan, topology }) =>
      compareOne(targetGroup(plan, topology), {
        'health_check.0.protocol': 'TCP',
        'health_check.0.port': 'traffic-port',
        'health_check.0.enabled': true,
      }),
    breaks: [
      {
        file,
        from: 'protocol = "TCP" port = "traffic-port"',
        to: 'protocol = "HTTP"\n    port     = "traffic-port"',
        says: 'health_check.0.protocol is "HTTP"',
      },
    ],
  },
  {
    id: 'flow/cuts-nothing',
    fact: 'Neither a task that is taken out nor one that looks unhealthy has its open connections cut before it was stopped',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html',
    check: ({ plan, topology, timings }) =>
      compareOne(targetGroup(plan, topology), {
        connection_termination: false,
        'target_health_state.0.enable_unhealthy_connection_termination': false,
        'target_health_state.0.unhealthy_draining_interval': timings.deregistration,
      }),
    breaks: [
      {
        file,
        from: 'connection_termination = false #',
        to: 'connection_termination = true\n\n  #',
        says: 'connection_termination is true',
      },
      {
        file,
        from: 'enable_unhealthy_connection_termination = false unhealthy_draining_interval = local.timings.deregistration',
        to: 'enable_unhealthy_connection_termination = true',
        says: 'enable_unhealthy_connection_termination is true',
      },
    ],
  },
  {
    id: 'flow/addresses',
    fact: 'It puts its own address for a client’s, so that a task may dial itself and no two connections look like one',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    check: ({ plan, topology }) => compareOne(targetGroup(plan, topology), { preserve_client_ip: 'false' }),
    breaks: [
      {
        file,
        from: 'preserve_client_ip = false',
        to: 'preserve_client_ip = true',
        says: 'preserve_client_ip is "true"',
      },
    ],
  },
];

/** Of the one task. */
function targetGroup(plan: Proof['plan'], topology: Proof['topology']): Resource[] {
  return plan.of('aws_lb_target_group').filter(({ index }) => index === topology.workloads[0]!.name);
}

const ofBalancers = /^arn:aws:elasticloadbalancing:[\w-]+:\d+:(?:(?:loadbalancer|listener)\/net|targetgroup)\//;

export const flowBootstrapFacts: readonly Fact[] = [
  {
    id: 'bootstrap/load-balancer',
    fact: 'A deploy makes and changes the network load balancer of its environment, its listener and its targets, and no rule',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html',
    check: ({ plan, spec }) =>
      spec.environments.flatMap((environment) => {
        const name = `${spec.name}-${environment}`;
        const statements = statementsOf(plan, `deploy-${environment}`).filter(({ Action }) =>
          Action.some((action) => /^elasticloadbalancing:(?!Describe|Get)/.test(action)),
        );
        return [
          ...(statements.length > 0 ? [] : [`${environment} makes no load balancer`]),
          ...statements.flatMap(({ Action, Resource }) => [
            ...Action.filter((action) => /Rule|WebA/i.test(action)).map((action) => `${environment} may ${action}`),
            ...Resource.filter(
              (arn) => !ofBalancers.test(arn) || !new RegExp(`/${name}(?:/\\*|-\\*/\\*)$`).test(arn),
            ).map((arn) => `${environment} reaches ${arn}`),
          ]),
        ];
      }),
    breaks: [
      {
        file: 'bootstrap/edge.tf',
        from: ':loadbalancer/net/${each.value}/*"',
        to: ':loadbalancer/app/${each.value}/*"',
        says: 'prod reaches arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop-prod/*',
      },
      {
        file: 'bootstrap/edge.tf',
        from: ':listener/net/${each.value}/*"',
        to: ':listener/net/*"',
        says: 'prod reaches arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/net/*',
      },
    ],
  },
];
