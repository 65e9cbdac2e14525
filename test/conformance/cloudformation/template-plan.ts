/** Templates in the shape of a plan of Terraform's, so that one list of facts is asserted on both. */
import { nameLogically } from '../../../src/targets/ecs-names.ts';
import { account } from '../fact.ts';
import { type Plan, type Resource, show, sorted, valueAt } from '../plan.ts';
import type { PlanCase } from '../plan-cases.ts';
import { attributesOf } from './attributes.ts';
import { listReferences, type Template, type TemplateResource } from './template.ts';

export interface Stack {
  template: Template;
  /** Whose resources are told apart by it, where no workload does: an environment's bootstrap. */
  index?: string;
  /** Of the stack, which hands them on. */
  tags: Readonly<Record<string, string>>;
}

/** Of stacks that stand for one root of Terraform. */
export function describeAsPlan(stacks: readonly Stack[], { spec, topology }: PlanCase): Plan {
  const workloads = listOwners({ spec, topology });
  const { kind: edge } = topology.edges[0]!;
  const placed = stacks.flatMap((stack) =>
    stack.template.resources.map((resource) => ({ stack, resource, ...splitName(resource, workloads) })),
  );
  const resources = placed.flatMap(({ stack, resource, kind, workload }) => {
    const named = {
      kind,
      edge,
      region: spec.region,
      self: (name: string) => selfOf(resource, spec.region, stack, name),
    };
    return (attributesOf[resource.type]?.(resource, named) ?? []).map(({ type, name, values }, at): Resource => {
      const given = (valueAt(resource.properties, 'Tags') ?? []) as { Key: string; Value: unknown }[];
      const tags = Object.fromEntries(given.map(({ Key, Value }) => [Key, Value]));
      const index = indexOf({ type, name, workload, stack, values, kind, resource, at }, spec.name, workloads);
      const address = `${type}.${name}${index === '' ? '' : `["${index}"]`}`;
      return { address, type, name, index, values: { ...values, tags, tags_all: { ...stack.tags, ...tags } } };
    });
  });
  const references = (address: string, path: string) => {
    const wanted = writtenAt[`${address.replace(/(?<=\b|_)nlb(?=\b|_)/, 'alb')} ${path}`];
    if (!wanted) throw new Error(`nothing says where a template has ${path} of ${address}`);
    const holders = placed.filter(({ kind }) => wanted.kinds.test(kind));
    const told = holders.map(({ resource, workload }) => {
      const found = listReferences(valueAt(resource.written, wanted.path));
      // A list for all tasks has each once.
      const isForEach = found.length === topology.workloads.length && new Set(found).size === found.length;
      const own = (one: string) => workload ?? (isForEach ? splitName({ id: one }, workloads).workload : undefined);
      return new Set(found.flatMap((one) => nameReference(one, own(one), workloads, edge)));
    });
    // What one of them lacks, the expression for all of them would lack.
    return sorted(told[0] ?? []).filter((one) => told.every((all) => all.has(one)));
  };
  return {
    resources,
    of: (type, name) => resources.filter((one) => one.type === type && (name === undefined || one.name === name)),
    references,
    dependencies: (address) => (address === 'aws_ecs_service.workload' ? waitsOf(placed, workloads) : []),
    constant: (address, path) => {
      if (address !== 'data.aws_iam_policy_document.access_logs') throw new Error(`${address} is no resource`);
      const policy = placed.find(({ kind }) => kind === 'AccessBucketPolicy')?.resource.properties;
      const [, index, rest] = /^statement\.(\d)\.(.*)$/.exec(path) ?? [];
      const statement = valueAt(policy, `PolicyDocument.Statement.${index}`);
      return rest === 'actions'
        ? [valueAt(statement, 'Action')].flat()
        : [valueAt(statement, 'Principal.Service')].flat();
    },
    isConfigured: () => false,
    actions: new Map(),
    changes: new Map(),
    providers: [],
    text: show(placed.map(({ resource }) => resource.properties)),
  };
}

interface Split {
  kind: string;
  workload: string | undefined;
}

const ofWorkloads =
  /^(?:TargetGroup|Rule[0-9a-f]{8}|TasksGroup|TasksFromEdge|Logs|(?:Execution|Task)Role|Task|Service|Scaling(?:ByCpu)?|FaultLines|UnavailableLines|[A-Z][A-Za-z]+Alarm|Images)(?:\.|$)/;

/** What parts of a template belong to, by their part of its names: tasks, workloads, and what stands beside them. */
export function listOwners({ spec, topology }: Pick<PlanCase, 'spec' | 'topology'>): ReadonlyMap<string, string> {
  const names = [...topology.workloads, ...spec.workloads].map(({ name }) => name);
  const companions = topology.workloads.flatMap(({ containers }) =>
    containers.flatMap(({ name, runs }) => (runs.kind === 'server' ? [] : [name])),
  );
  return new Map([
    ...names.map((name) => [nameLogically(name), name] as const),
    ...companions.map((name) => [nameLogically(name.replaceAll('_', '-')), name] as const),
  ]);
}

/**
 * `OrdersTargetGroup` is the `TargetGroup` of orders, and `LogsOfEdgeNginx` the `Logs` of edge_nginx; of two that fit, the
 * longer name is meant.
 */
export function splitName({ id }: Pick<TemplateResource, 'id'>, workloads: ReadonlyMap<string, string>): Split {
  const [, thing, companion = ''] = /^(Logs|Images)Of(\w+)/.exec(id) ?? [];
  if (thing !== undefined && workloads.has(companion)) return { kind: thing, workload: workloads.get(companion) };
  const [found] = [...workloads.keys()]
    .filter((one) => id.startsWith(one) && ofWorkloads.test(id.slice(one.length)))
    .sort((a, b) => b.length - a.length);
  return found === undefined
    ? { kind: id, workload: undefined }
    : { kind: id.slice(found.length), workload: workloads.get(found) };
}

interface Placed extends Split {
  stack: Stack;
  resource: TemplateResource;
}

function indexOf(
  {
    type,
    name,
    workload,
    stack,
    values,
    kind,
    resource,
    at,
  }: Placed & { type: string; name: string; values: object; at: number },
  project: string,
  workloads: ReadonlyMap<string, string>,
): string {
  if (type === 'aws_iam_policy' && name === 'github') return String(valueAt(values, 'name')).slice(project.length + 1);
  if (/^aws_(?:iam|cloudformation)_role$/.test(type) && name === 'github')
    return String(valueAt(values, 'name')).slice(project.length + 1);
  if (type === 'aws_vpc_security_group_egress_rule' && /^[an]lb_to_tasks$/.test(name)) {
    // What comes before the rules is the group itself.
    const to = valueAt(resource.written, `SecurityGroupEgress.${at - 1}.DestinationSecurityGroupId`);
    return [...workloads].find(([id]) => listReferences(to).includes(`${id}TasksGroup`))?.[1] ?? '';
  }
  if (type === 'aws_vpc_security_group_egress_rule')
    return `${workload} ${valueAt(resource.properties, `SecurityGroupEgress.${at - 1}.Description`)}`;
  if (['EdgeErrors', 'TargetResets'].includes(kind)) return '0';
  return workload ?? stack.index ?? '';
}

function selfOf({ type, id }: TemplateResource, region: string, { index = '' }: Stack, attribute: string): string {
  return type === 'AWS::KMS::Key' && attribute === 'Arn'
    ? `arn:aws:kms:${region}:${account}:key/${id}${index}`
    : `<${id}.${attribute}>`;
}

/** Where a template has what an expression of Terraform's has. */
const writtenAt: Readonly<Record<string, { kinds: RegExp; path: string }>> = {
  'aws_lb_listener.grpc certificate_arn': { kinds: /^Listener$/, path: 'Certificates' },
  'aws_lb_listener.grpc default_action.0.target_group_arn': { kinds: /^Listener$/, path: 'DefaultActions' },
  'aws_lb.this security_groups': { kinds: /^LoadBalancer$/, path: 'SecurityGroups' },
  'aws_cloudwatch_log_metric_filter.unavailable log_group_name': { kinds: /^UnavailableLines$/, path: 'LogGroupName' },
  'aws_route53_record.hostname alias.0.name': { kinds: /^HostnameRecord$/, path: 'AliasTarget.DNSName' },
  'aws_lb_listener_rule.services action.0.target_group_arn': { kinds: /^Rule[0-9a-f]{8}$/, path: 'Actions' },
  'aws_ecs_service.workload load_balancer.0.target_group_arn': { kinds: /^Service$/, path: 'LoadBalancers' },
  'aws_vpc_security_group_ingress_rule.tasks_from_alb referenced_security_group_id': {
    kinds: /^TasksFromEdge$/,
    path: 'SourceSecurityGroupId',
  },
  'aws_vpc_security_group_egress_rule.alb_to_tasks referenced_security_group_id': {
    kinds: /^EdgeGroup$/,
    path: 'SecurityGroupEgress',
  },
  'aws_ecs_task_definition.workload execution_role_arn': { kinds: /^Task$/, path: 'ExecutionRoleArn' },
  'aws_ecs_task_definition.workload task_role_arn': { kinds: /^Task$/, path: 'TaskRoleArn' },
  'aws_cloudwatch_log_group.workload kms_key_id': { kinds: /^Logs$/, path: 'KmsKeyId' },
  'aws_cloudwatch_log_group.metrics kms_key_id': { kinds: /^LogsOfMetrics$/, path: 'KmsKeyId' },
  'aws_cloudwatch_log_group.flow kms_key_id': { kinds: /^LogsOfFlow$/, path: 'KmsKeyId' },
  'aws_sns_topic.alarms kms_master_key_id': { kinds: /^AlarmsTopic$/, path: 'KmsMasterKeyId' },
  'aws_route.nat route_table_id': { kinds: /^NatRoute\d$/, path: 'RouteTableId' },
  'aws_route.nat nat_gateway_id': { kinds: /^NatRoute\d$/, path: 'NatGatewayId' },
  'aws_route_table_association.private route_table_id': { kinds: /^PrivateAssociation\d$/, path: 'RouteTableId' },
  'aws_vpc_endpoint.s3 route_table_ids': { kinds: /^S3Endpoint$/, path: 'RouteTableIds' },
  'aws_flow_log.this log_destination': { kinds: /^FlowLog$/, path: 'LogGroupName' },
  ...Object.fromEntries(
    [
      'edge_errors',
      'faults',
      'latency',
      'running_tasks',
      'target_errors',
      'target_resets',
      'unavailable',
      'unhealthy_targets',
    ].flatMap((name) => {
      const words = name.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
      const kinds = new RegExp(`^${words.join('')}(?:Alarm)?$`);
      return [
        [`aws_cloudwatch_metric_alarm.${name} alarm_actions`, { kinds, path: 'AlarmActions' }],
        [`aws_cloudwatch_metric_alarm.${name} ok_actions`, { kinds, path: 'OKActions' }],
        [`aws_cloudwatch_metric_alarm.${name} dimensions`, { kinds, path: 'Dimensions' }],
      ] as const;
    }),
  ),
};

/** What a name inside a template is called in Terraform's files. */
const calledThere: readonly (readonly [RegExp, readonly string[]])[] = [
  // CloudFormation has made one once it is validated.
  [/^Certificate$/, ['aws_acm_certificate_validation.this']],
  [/^LoadBalancer\.DNSName$/, ['aws_lb.this.dns_name']],
  [/^EdgeGroup$/, ['aws_security_group.alb.id']],
  [/^TasksGroup$/, ['aws_security_group.tasks']],
  [/^LoadBalancer\.LoadBalancerFullName$/, ['aws_lb.this.arn_suffix']],
  [/^TargetGroup(?:\.|$)/, ['aws_lb_target_group.workload']],
  [/^Logs$/, ['aws_cloudwatch_log_group.workload']],
  [/^ExecutionRole\.Arn$/, ['aws_iam_role.execution']],
  [/^TaskRole\.Arn$/, ['aws_iam_role.task']],
  [/^AlarmsTopic$/, ['local.alarm_actions']],
  [/^import .*-bootstrap-LogsKey-\$\{Environment\}/, ['data.aws_kms_alias.logs.target_key_arn']],
  [/^PrivateRoutes\d$/, ['aws_route_table.private']],
  [/^NatGateway\d$/, ['aws_nat_gateway.this']],
  [/^LogsOfFlow$/, ['aws_cloudwatch_log_group.flow.arn']],
];

function nameReference(
  reference: string,
  workload: string | undefined,
  workloads: ReadonlyMap<string, string>,
  edge: string,
): string[] {
  const split = splitName({ id: reference }, workloads);
  const called = calledThere.flatMap(([pattern, names]) =>
    pattern.test(split.kind) ? names.map((one) => one.replace('.alb.', `.${edge}.`)) : [],
  );
  const isOwn = workload !== undefined && split.workload === workload;
  return [...called, ...(isOwn ? ['each.key', 'each.value.workload'] : [])];
}

/** What comes before each service, directly or by way of what it is made from. */
function waitsOf(placed: readonly Placed[], workloads: ReadonlyMap<string, string>): string[] {
  const byId = new Map(placed.map((one) => [one.resource.id, one]));
  const told = placed
    .filter(({ kind }) => kind === 'Service')
    .map(({ resource }) => {
      const seen = new Set<string>();
      const open = [resource.id];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        const found = byId.get(id)?.resource;
        if (!found || seen.has(id)) continue;
        seen.add(id);
        open.push(...found.dependsOn, ...listReferences(found.written).map((one) => one.split('.')[0]!));
      }
      const hasRules = [...seen].some((id) => /^Rule[0-9a-f]{8}$/.test(splitName({ id }, workloads).kind));
      return new Set(
        [...seen].flatMap((id) => {
          const { kind } = splitName({ id }, workloads);
          if (kind === 'Listener' && !hasRules) return ['aws_lb_listener.grpc'];
          if (kind === 'Capacity') return ['aws_ecs_cluster_capacity_providers.this'];
          if (/^Rule[0-9a-f]{8}$/.test(kind)) return ['aws_lb_listener_rule.services'];
          // Policies are part of their role.
          if (kind === 'ExecutionRole') return ['aws_iam_role_policy.execution'];
          return kind === 'TaskRole' ? ['aws_iam_role_policy.task'] : [];
        }),
      );
    });
  return sorted(told[0] ?? []).filter((one) => told.every((all) => all.has(one)));
}
