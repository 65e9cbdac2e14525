import { describe, expect, test } from 'vitest';
import { ecsNlbNginx } from '../../src/targets/ecs-nlb-nginx.ts';
import { parseAll, printAsTemplates, proveTemplates } from '../conformance/cloudformation/prove-templates.ts';
import { parseTemplate } from '../conformance/cloudformation/template.ts';
import { valueAt } from '../conformance/plan.ts';
import { describeCases, planCases } from '../conformance/plan-cases.ts';
import { readTopology } from '../conformance/read-topology.ts';
import { ecsNlbNginxSpecs } from './ecs-nlb-nginx-specs.ts';

const [, full, existing] = planCases.map(printAsTemplates);

/** Production of a repo whose parameters somebody changed. */
function readWith(one: typeof full, changes: Record<string, string>) {
  const path = `infra/environments/${one!.spec.environments.at(-1)}.json`;
  const { Parameters, Tags } = JSON.parse(one!.files.get(path)!) as { Parameters: object; Tags: object };
  const changed = JSON.stringify({ Parameters: { ...Parameters, ...changes }, Tags });
  const files = new Map([...one!.files, [path, changed]]);
  return proveTemplates(parseAll({ ...one!, files }), [one!.spec.environments.at(-1)!])[0]!;
}

test('who may dial is one range, a prefix list, both, or else everybody', () => {
  const clients = (changes: Record<string, string>) =>
    readWith(existing, changes)
      .plan.of('aws_vpc_security_group_ingress_rule', 'alb_from_clients')
      .map(({ values }) => valueAt(values, 'cidr_ipv4') ?? valueAt(values, 'prefix_list_id'));
  expect(clients({})).toEqual(['0.0.0.0/0']);
  expect(clients({ AllowedCidr: '203.0.113.0/24' })).toEqual(['203.0.113.0/24']);
  expect(clients({ AllowedPrefixList: 'pl-0a' })).toEqual(['pl-0a']);
  expect(clients({ AllowedCidr: '203.0.113.0/24', AllowedPrefixList: 'pl-0a' })).toEqual(['203.0.113.0/24', 'pl-0a']);
});

test('a web ACL, a security group of one’s own, keys of secrets and an address are there once they are named', () => {
  const acl = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/b';
  const key = 'arn:aws:kms:eu-west-1:123456789012:key/a';
  const asked = {
    WebAclArn: acl,
    TaskSecurityGroup: 'sg-0a',
    SecretKeyArns: `${key},${key}b`,
    AlarmEmail: 'a@example.com',
  };
  const { service } = readWith(full, asked);
  const bare = readWith(full, {}).service;
  const find = (of: typeof service, id: string, path: string) =>
    valueAt(of.resources.find((one) => one.id === id)?.properties, path);
  expect(find(service, 'WebAclAssociation', 'WebACLArn')).toBe(acl);
  expect(find(bare, 'WebAclAssociation', 'WebACLArn')).toBeUndefined();
  const groups = 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups';
  expect(find(service, 'OrdersService', groups)).toEqual(['<OrdersTasksGroup>', 'sg-0a']);
  expect(find(bare, 'OrdersService', groups)).toEqual(['<OrdersTasksGroup>']);
  const statements = 'Policies.0.PolicyDocument.Statement';
  expect(find(service, 'OrdersExecutionRole', statements)).toContainEqual({
    Sid: 'SecretKeys',
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: [key, `${key}b`],
  });
  expect(JSON.stringify(find(bare, 'OrdersExecutionRole', statements))).not.toContain('SecretKeys');
  expect(find(service, 'AlarmsTopic', 'Subscription')).toEqual([{ Protocol: 'email', Endpoint: 'a@example.com' }]);
  expect(find(bare, 'AlarmsTopic', 'Subscription')).toEqual([]);
});

test('zones are the first of the region, or those that are named; their ranges are those of Terraform', () => {
  const subnets = (changes: Record<string, string>) =>
    readWith(full, changes)
      .plan.of('aws_subnet')
      .map(({ values }) => `${valueAt(values, 'availability_zone')} ${valueAt(values, 'cidr_block')}`)
      .sort();
  expect(subnets({})).toEqual([
    'eu-west-1a 10.2.0.0/20',
    'eu-west-1a 10.2.192.0/24',
    'eu-west-1b 10.2.16.0/20',
    'eu-west-1b 10.2.193.0/24',
    'eu-west-1c 10.2.194.0/24',
    'eu-west-1c 10.2.32.0/20',
  ]);
  expect(subnets({ Zones: '2', ZoneNames: 'eu-west-1b,eu-west-1c' })).toEqual([
    'eu-west-1b 10.2.0.0/20',
    'eu-west-1b 10.2.192.0/24',
    'eu-west-1c 10.2.16.0/20',
    'eu-west-1c 10.2.193.0/24',
  ]);
  expect(readWith(full, { Nat: 'single' }).plan.of('aws_nat_gateway')).toHaveLength(1);
});

describe('of ecs-nlb-nginx', () => {
  const [least, everything, clear] = describeCases(ecsNlbNginx, ecsNlbNginxSpecs).map(printAsTemplates);
  const dialled = (one: typeof least, changes: Record<string, string> = {}) =>
    readWith(one, changes)
      .plan.of('aws_vpc_security_group_ingress_rule', 'nlb_from_clients')
      .map(({ values }) => [valueAt(values, 'from_port'), valueAt(values, 'cidr_ipv4')]);

  test('clients dial 443 with TLS and 80 without, from where they may', () => {
    expect(dialled(least)).toEqual([[443, '0.0.0.0/0']]);
    expect(dialled(clear)).toEqual([[80, '0.0.0.0/0']]);
    expect(dialled(clear, { AllowedCidr: '203.0.113.0/24' })).toEqual([[80, '203.0.113.0/24']]);
    expect(dialled(everything)).toEqual([[443, '10.2.0.0/16']]);
  });

  test('there is no web ACL to name, for none could stand there', () => {
    expect(parseTemplate(least!.files.get('infra/service.yaml')!).Parameters).not.toHaveProperty('WebAclArn');
  });

  test('a project may be called as one of its workloads: what is the task’s and what the workload’s have other names', () => {
    const [[, spec] = []] = ecsNlbNginxSpecs.slice(1);
    const one = describeCases(ecsNlbNginx, [['', { ...spec!, name: 'orders' }]]).map(printAsTemplates)[0]!;
    // YAML refuses a name that is there twice.
    const [proof] = proveTemplates(parseAll(one), ['prod']);
    expect(readTopology(proof!)).toEqual(proof!.topology);
    const groups = proof!.plan.of('aws_cloudwatch_log_group', 'workload').map(({ values }) => valueAt(values, 'name'));
    expect(groups).toContain('/orders/prod/orders');
    expect(new Set(groups).size).toBe(groups.length);
  });
});

test.each([
  ['Hostname', 'grpc.example.org', 'a DNS name in the zone example.com'],
  ['MinTasks', '0', 'one task at least'],
  ['VpcCidr', '10.0.0.0/24', 'an IPv4 range of /16'],
  ['LogRetentionDays', '31', 'a number of days that CloudWatch knows'],
  [
    'SecretDbUrl30135450',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/prod/other-AbCdEf',
    'the ARN that this tells',
  ],
])('%s of %s is refused, and it is said what would do', (name, value, said) => {
  expect(() => readWith(full, { [name]: value })).toThrow(said);
});
