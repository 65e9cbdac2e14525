/** Who may talk to whom, and the network: made with a plan of its own, or there already and left alone. */
import type { Fact, Proof } from '../fact.ts';
import { kindOf } from '../places.ts';
import { compareSets, compareValues, valueAt } from '../plan.ts';
import { compareOne, expectReference } from './edge.ts';

const groups = 'security-groups.tf';
const edgeGroup = 'edge-group.tf';
const file = 'network.tf';

export const networkFacts: readonly Fact[] = [
  {
    id: 'network/clients',
    fact: 'Clients reach the load balancer on the port of its listener alone: from everywhere, or from the network if it is internal',
    check: ({ plan, spec, topology, environment }) => {
      const { port } = topology.edges[0]!.listeners[0]!;
      const own = `10.${spec.environments.indexOf(environment)}.0.0/16`;
      const network = spec.network === 'create' ? own : '10.9.0.0/16';
      return compareOne(plan.of('aws_vpc_security_group_ingress_rule', `${kindOf({ topology })}_from_clients`), {
        ip_protocol: 'tcp',
        from_port: port,
        to_port: port,
        cidr_ipv4: spec.internal ? network : '0.0.0.0/0',
      });
    },
    breaks: [
      {
        file: edgeGroup,
        from: 'description = "gRPC over TLS from clients" ip_protocol = "tcp" from_port = 443',
        to: 'description = "gRPC over TLS from clients"\n  ip_protocol = "tcp"\n  from_port = 80',
        says: 'from_port is 80',
      },
      {
        file: groups,
        from: 'local.internal ? local.vpc_cidrs : ["0.0.0.0/0"]',
        to: '["0.0.0.0/0"]',
        says: 'cidr_ipv4 is "0.0.0.0/0"',
      },
    ],
  },
  {
    id: 'network/servers',
    fact: 'Nobody but the load balancer reaches a task, and on the port where calls enter alone',
    check: (proof) => [
      ...eachTask(proof, 'aws_vpc_security_group_ingress_rule', `tasks_from_${kindOf(proof)}`),
      ...expectReference(
        proof.plan.references(
          `aws_vpc_security_group_ingress_rule.tasks_from_${kindOf(proof)}`,
          'referenced_security_group_id',
        ),
        `aws_security_group.${kindOf(proof)}.id`,
      ),
    ],
    breaks: [
      {
        file: edgeGroup,
        from: 'referenced_security_group_id = aws_security_group.alb.id',
        to: 'cidr_ipv4 = "10.0.0.0/8"',
        says: 'cidr_ipv4 is "10.0.0.0/8"',
      },
    ],
  },
  {
    id: 'network/edge-out',
    fact: 'The load balancer reaches tasks, on that port, and nothing else',
    check: (proof) => [
      ...eachTask(proof, 'aws_vpc_security_group_egress_rule', `${kindOf(proof)}_to_tasks`),
      ...['aws_security_group.tasks', 'each.key'].flatMap((one) =>
        expectReference(
          proof.plan.references(
            `aws_vpc_security_group_egress_rule.${kindOf(proof)}_to_tasks`,
            'referenced_security_group_id',
          ),
          one,
        ),
      ),
    ],
    breaks: [
      {
        file: edgeGroup,
        from: 'referenced_security_group_id = aws_security_group.tasks[each.key].id',
        to: 'cidr_ipv4 = "0.0.0.0/0"',
        says: 'cidr_ipv4 is "0.0.0.0/0"',
      },
    ],
  },
  {
    id: 'network/tasks-out',
    fact: 'Tasks reach HTTPS, which is AWS itself, and what task_egress adds',
    check: ({ plan, topology }) => [
      ...compareSets(
        'ways out',
        plan.of('aws_vpc_security_group_egress_rule', 'tasks').map(({ index }) => index),
        topology.workloads.map(({ name }) => `${name} https`),
      ),
      ...plan
        .of('aws_vpc_security_group_egress_rule', 'tasks')
        .flatMap((one) => compareValues(one, { ip_protocol: 'tcp', from_port: 443, to_port: 443 })),
    ],
    breaks: [{ file: groups, from: 'https = { port = 443,', to: 'https = { port = 80,', says: 'from_port is 80' }],
  },
  {
    id: 'network/no-other-rules',
    fact: 'There is no other rule in any security group',
    check: ({ plan, topology }) => {
      const kind = kindOf({ topology });
      const rules = plan.resources.filter(({ type }) => /^aws_(?:vpc_)?security_group_.*rule$/.test(type));
      const inline = plan
        .of('aws_security_group')
        .filter(({ values }) => (valueAt(values, 'ingress') ?? valueAt(values, 'egress')) !== undefined);
      return [
        ...compareSets(
          'rules',
          rules.map(({ name }) => name),
          [`${kind}_from_clients`, `${kind}_to_tasks`, 'tasks', `tasks_from_${kind}`],
        ),
        ...inline.map(({ address }) => `${address} has rules of its own`),
      ];
    },
    breaks: [
      {
        file: edgeGroup,
        from: 'resource "aws_vpc_security_group_ingress_rule" "tasks_from_alb" {',
        to: `resource "aws_vpc_security_group_ingress_rule" "shell" {
          security_group_id = aws_security_group.alb.id
          ip_protocol       = "tcp"
          from_port         = 22
          to_port           = 22
          cidr_ipv4         = "0.0.0.0/0"
        }
        resource "aws_vpc_security_group_ingress_rule" "tasks_from_alb" {`,
        says: 'rules: shell is too much',
      },
    ],
  },
  {
    id: 'network/subnets',
    fact: 'A network that is made has a public and a private subnet in each zone, and gives no public addresses away',
    check: whereMade(({ plan, production }) => {
      const subnets = plan.of('aws_subnet');
      const zones = production ? 3 : 2;
      return [
        ...['public', 'private'].flatMap((tier) => {
          const found = new Set(
            subnets.filter(({ name }) => name === tier).map(({ values }) => valueAt(values, 'availability_zone')),
          );
          return found.size === zones ? [] : [`there are ${found.size} ${tier} subnets for ${zones} zones`];
        }),
        ...subnets.flatMap((one) => compareValues(one, { map_public_ip_on_launch: false })),
      ];
    }),
    breaks: [
      {
        file,
        from: '192 + each.value) map_public_ip_on_launch = false',
        to: '192 + each.value)\n  map_public_ip_on_launch = true',
        says: 'map_public_ip_on_launch is true',
      },
      {
        file: 'environments/prod.tfvars',
        from: 'zones = 3',
        to: 'zones = 2',
        says: 'there are 2 public subnets for 3 zones',
      },
    ],
  },
  {
    id: 'network/ranges',
    fact: 'No two environments have one range of addresses',
    check: whereMade(({ plan, spec, environment }) =>
      compareOne(plan.of('aws_vpc'), { cidr_block: `10.${spec.environments.indexOf(environment)}.0.0/16` }),
    ),
    breaks: [
      {
        in: 'least',
        file: 'environments/prod.tfvars',
        from: 'vpc_cidr = "10.1.0.0/16"',
        to: 'vpc_cidr = "10.0.0.0/16"',
        says: 'cidr_block is "10.0.0.0/16"',
      },
    ],
  },
  {
    id: 'network/way-out',
    fact: 'Private subnets go out by NAT, in production by a gateway in each zone',
    check: whereMade(({ plan, production }) => {
      const gateways = plan.of('aws_nat_gateway').length;
      const wanted = production ? 3 : 1;
      return [
        ...(gateways === wanted ? [] : [`there are ${gateways} gateways, not ${wanted}`]),
        ...expectReference(plan.references('aws_route.nat', 'route_table_id'), 'aws_route_table.private'),
        ...expectReference(plan.references('aws_route.nat', 'nat_gateway_id'), 'aws_nat_gateway.this'),
        ...expectReference(
          plan.references('aws_route_table_association.private', 'route_table_id'),
          'aws_route_table.private',
        ),
      ];
    }),
    breaks: [
      {
        in: 'least',
        file: 'environments/prod.tfvars',
        from: 'nat = "zonal"',
        to: 'nat = "single"',
        says: 'there are 1 gateways, not 3',
      },
      {
        file,
        from: 'subnet_id = each.value.id route_table_id = aws_route_table.private[each.key].id',
        to: 'subnet_id      = each.value.id\n  route_table_id = aws_route_table.public.id',
        says: 'not aws_route_table.private',
      },
    ],
  },
  {
    id: 'network/images',
    fact: 'Layers of images come from S3 without passing NAT',
    check: whereMade(({ plan, spec }) => [
      ...compareOne(plan.of('aws_vpc_endpoint', 's3'), {
        vpc_endpoint_type: 'Gateway',
        service_name: `com.amazonaws.${spec.region}.s3`,
      }),
      ...expectReference(plan.references('aws_vpc_endpoint.s3', 'route_table_ids'), 'aws_route_table.private'),
    ]),
    breaks: [{ file, from: '"Gateway"', to: '"Interface"', says: 'vpc_endpoint_type is "Interface"' }],
  },
  {
    id: 'network/flow-log',
    fact: 'All traffic of a network that is made is written down, into a group of its own',
    check: whereMade(({ plan }) => [
      ...compareOne(plan.of('aws_flow_log'), { traffic_type: 'ALL', log_destination_type: 'cloud-watch-logs' }),
      ...expectReference(plan.references('aws_flow_log.this', 'log_destination'), 'aws_cloudwatch_log_group.flow.arn'),
    ]),
    breaks: [{ file, from: 'traffic_type = "ALL"', to: 'traffic_type = "REJECT"', says: 'traffic_type is "REJECT"' }],
  },
  {
    id: 'network/default-group',
    fact: 'The group that a thing without a group would get lets nothing through',
    check: whereMade(({ plan }) => [
      ...compareSets(
        'default groups',
        plan.of('aws_default_security_group').map(({ name }) => name),
        ['this'],
      ),
      ...['ingress', 'egress'].flatMap((way) =>
        plan.isConfigured('aws_default_security_group.this', way) ? [`it has rules of ${way}`] : [],
      ),
    ]),
    breaks: [
      {
        file,
        from: 'resource "aws_default_security_group" "this" { vpc_id = aws_vpc.this.id',
        to: `resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }`,
        says: 'it has rules of egress',
      },
    ],
  },
  {
    id: 'network/left-alone',
    fact: 'A network that is there already is not changed',
    check: ({ plan, spec }) =>
      spec.network === 'create'
        ? []
        : plan.resources.flatMap(({ type, address }) => (ofNetworks.test(type) ? [`${address} would be made`] : [])),
    breaks: [
      {
        in: 'existing',
        file,
        from: 'locals { # What the other files know',
        to: `resource "aws_route_table" "more" {
          vpc_id = data.aws_vpc.this.id
        }
        locals {
          # What the other files know`,
        says: 'aws_route_table.more would be made',
      },
    ],
  },
];

const ofNetworks =
  /^aws_(?:vpc$|vpc_endpoint|subnet|route$|route_table|(?:internet|nat)_gateway|eip|flow_log|network_acl|default_)/;

function whereMade(check: Fact['check']): Fact['check'] {
  return (proof) => (proof.spec.network === 'create' ? check(proof) : []);
}

/** A rule for each kind of task, on the port where calls enter it, between security groups. */
function eachTask({ plan, topology }: Proof, type: string, name: string): string[] {
  return topology.edges[0]!.backends.flatMap(({ to }) =>
    compareOne(
      plan.of(type, name).filter(({ index }) => index === to.workload),
      {
        ip_protocol: 'tcp',
        from_port: to.port,
        to_port: to.port,
        cidr_ipv4: null,
        cidr_ipv6: null,
        prefix_list_id: null,
      },
    ),
  );
}
