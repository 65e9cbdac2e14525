/** What has to be there before its predecessor goes: told by a plan over a state that holds the predecessors. */
import type { Fact } from '../fact.ts';
import type { CaseKey } from '../plan-cases.ts';

const provider = (name: string) => `provider["${name}"]`;
const aws = 'hashicorp/aws';

type Predecessor = readonly [type: string, name: string, attributes: object, key?: string];

const ofAlb: readonly Predecessor[] = [
  ['aws_acm_certificate', 'this', { id: 'old', domain_name: 'old.example.com', validation_method: 'DNS' }],
  ['aws_lb_target_group', 'workload', { id: 'old', name: 'old', port: 80, target_type: 'ip' }, 'orders'],
  ['aws_security_group', 'alb', { id: 'old', name: 'old', description: 'old', vpc_id: 'vpc-old' }],
  ['aws_security_group', 'tasks', { id: 'old', name: 'old', description: 'old', vpc_id: 'vpc-old' }, 'orders'],
  [
    'terraform_data',
    'routes',
    { id: 'old', triggers_replace: { value: ['old.v1.Service'], type: ['tuple', ['string']] } },
  ],
];

export function describePredecessors(registry: string): string {
  return describeState(registry, ofAlb);
}

/** A state in which each of these is there, and so different that it has to be replaced. */
export function describeState(registry: string, predecessors: readonly Predecessor[]): string {
  const resource = (type: string, name: string, attributes: object, key?: string) => ({
    mode: 'managed',
    type,
    name,
    provider: provider(type === 'terraform_data' ? 'terraform.io/builtin/terraform' : `${registry}/${aws}`),
    instances: [
      {
        ...(key !== undefined && { index_key: key }),
        schema_version: type === 'aws_security_group' ? 1 : 0,
        attributes,
      },
    ],
  });
  return JSON.stringify({
    version: 4,
    terraform_version: '1.10.0',
    serial: 1,
    lineage: 'predecessors',
    outputs: {},
    resources: predecessors.map((one) => resource(...one)),
  });
}

export const replacementFacts: readonly Fact[] = [
  createdFirst('aws_lb_target_group.workload["orders"]', 'A target group is there before the one it replaces goes', {
    file: 'load-balancer.tf',
    from: 'tags = { Workload = each.key } lifecycle { create_before_destroy = true',
    to: 'tags = { Workload = each.key }\n\n  lifecycle {\n    create_before_destroy = false',
  }),
  createdFirst('terraform_data.routes', 'Old rules go after new ones came, so that no service is without a route', {
    file: 'routes.tf',
    from: 'create_before_destroy = true',
    to: 'create_before_destroy = false',
  }),
  createdFirst('aws_acm_certificate.this', 'A certificate is there before the one it replaces goes', {
    file: 'certificate.tf',
    from: 'create_before_destroy = true',
    to: 'create_before_destroy = false',
  }),
  createdFirst(
    'aws_security_group.alb',
    'The security group of the load balancer is there before the one it replaces goes',
    {
      file: 'edge-group.tf',
      from: 'tags = { Name = "${local.name}-alb" } lifecycle { create_before_destroy = true',
      to: 'tags = { Name = "${local.name}-alb" }\n\n  lifecycle {\n    create_before_destroy = false',
    },
  ),
  createdFirst(
    'aws_security_group.tasks["orders"]',
    'The security group of tasks is there before the one it replaces goes',
    {
      file: 'security-groups.tf',
      from: 'tags = { Name = "${local.name}-${each.key}" } lifecycle { create_before_destroy = true',
      to: 'tags = { Name = "${local.name}-${each.key}" }\n\n  lifecycle {\n    create_before_destroy = false',
    },
  ),
];

export function createdFirst(
  address: string,
  fact: string,
  edit: { file: string; from: string; to: string },
  repo: CaseKey = 'existing',
): Fact {
  return {
    id: `replacement/${address.replace(/^aws_/, '').replace(/\[.*/, '')}`,
    fact,
    check: ({ plan }) => {
      const actions = plan.actions.get(address)?.join(', then ');
      return actions === 'create, then delete' ? [] : [`${address}: ${actions}`];
    },
    breaks: [{ in: repo, ...edit, says: 'delete, then create' }],
  };
}
