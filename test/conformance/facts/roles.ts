/** Log groups, and what roles may do: what starts a task, the task itself, and no more. */
import { account, type Fact, type Proof } from '../fact.ts';
import { listPlaces } from '../places.ts';
import { compareSets, compareValues, readPolicy, type Statement, show, sorted, valueAt } from '../plan.ts';
import { compareOne, expectReference } from './edge.ts';

const file = 'roles.tf';
/** Which bootstrap made for the environment. */
export const logsKey = 'data.aws_kms_alias.logs.target_key_arn';
const writeLogs = ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];

export const roleFacts: readonly Fact[] = [
  {
    id: 'logs/groups',
    fact: 'Each image has a group of logs that Terraform made: encrypted with the key of its environment, and not kept for ever',
    check: ({ plan, bootstrap, spec, topology, environment, production }) => [
      ...listPlaces({ topology }).flatMap(({ image }) =>
        compareOne(
          plan.of('aws_cloudwatch_log_group', 'workload').filter(({ index }) => index === image),
          { name: `/${spec.name}/${environment}/${image}` },
        ),
      ),
      ...plan.of('aws_cloudwatch_log_group').flatMap((one) => [
        ...compareValues(one, {
          retention_in_days: production ? 365 : 30,
          kms_key_id: keyOf(bootstrap, environment),
        }),
        ...(String(valueAt(one.values, 'name')).startsWith(`/${spec.name}/${environment}/`)
          ? []
          : [`${one.address} is of others`]),
        ...expectReference(plan.references(`${one.type}.${one.name}`, 'kms_key_id'), logsKey).map(
          (problem) => `the key of ${one.name}: ${problem}`,
        ),
      ]),
    ],
    breaks: [
      {
        file: 'logs.tf',
        from: 'kms_key_id = data.aws_kms_alias.logs.target_key_arn',
        to: '',
        says: 'the key of workload: it comes from nothing',
      },
      {
        file: 'logs.tf',
        from: '"alias/${local.name}-logs"',
        to: '"alias/${local.project}-dev-logs"',
        says: 'kms_key_id is ',
      },
      {
        file: 'sidecars.tf',
        from: 'retention_in_days = var.log_retention_days',
        to: 'retention_in_days = 0',
        says: 'retention_in_days is 0',
      },
    ],
  },
  {
    id: 'roles/task',
    fact: 'A task may write to the groups of its own logs, with a collector also metrics and traces, and nothing else',
    check: (proof) =>
      proof.topology.workloads.flatMap(({ name }) => {
        const { logs, telemetry } = proof.spec;
        return compareGrants(`task of ${name}`, grantsOf(proof, 'task', name), [
          ...(logs === 'firelens' ? grant(writeLogs, groupsOf(proof, name)) : []),
          ...proof.plan
            .of('aws_cloudwatch_log_group', 'metrics')
            .flatMap(({ values }) =>
              grant(writeLogs, [`${arnOf(proof, 'logs')}:log-group:${valueAt(values, 'name')}:*`]),
            ),
          ...(telemetry ? grant(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], ['*']) : []),
        ]);
      }),
    breaks: [
      {
        file,
        from: '["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"] resources = local.log_streams[each.key]',
        to: '["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]\n      resources = ["*"]',
        says: 'task of ledger: logs:PutLogEvents on * is too much',
      },
    ],
  },
  {
    id: 'roles/execution',
    fact: 'What starts a task may fetch its images, open its logs, read its secrets, and nothing else',
    check: (proof) =>
      proof.topology.workloads.flatMap(({ name }) => {
        const { spec, environment } = proof;
        const images = imagesOf(proof, name);
        const secrets = spec.workloads.flatMap((workload) =>
          images.includes(workload.name) ? Object.values(workload.secrets ?? {}) : [],
        );
        const arn = (service: string) => arnOf(proof, service);
        const found = grantsOf(proof, 'execution', name)
          // AWS ends the name of a secret with six characters of its own.
          .map((one) => one.replace(/^(secretsmanager:.*)-\w{6}$/, '$1'));
        return compareGrants(`execution of ${name}`, found, [
          ...grant(['ecr:GetAuthorizationToken'], ['*']),
          ...grant(
            ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
            images.map((image) => `${arn('ecr')}:repository/${spec.name}/${image}`),
          ),
          ...grant(['logs:CreateLogStream', 'logs:PutLogEvents'], groupsOf(proof, name)),
          ...secrets.flatMap((secret) => {
            const path = `${spec.name}/${environment}/${secret.name}`;
            return secret.from === 'ssm'
              ? grant(['ssm:GetParameters'], [`${arn('ssm')}:parameter/${path}`])
              : grant(['secretsmanager:GetSecretValue'], [`${arn('secretsmanager')}:secret:${path}`]);
          }),
        ]);
      }),
    breaks: [
      {
        file,
        from: '[for image in concat(each.value.workloads, each.value.companions) : data.aws_ecr_repository.workload[image].arn]',
        to: '["*"]',
        says: 'ecr:BatchGetImage on * is too much',
      },
      {
        file,
        from: 'resources = local.secrets_of_task[each.key].ssm',
        to: 'resources = ["*"]',
        says: 'ssm:GetParameters on * is too much',
      },
    ],
  },
  {
    id: 'roles/boundary',
    fact: 'No role can be more than the boundary that bootstrap made for its environment',
    check: ({ plan, bootstrap, environment }) => {
      const boundary = bootstrap.of('aws_iam_policy', 'boundary').find(({ index }) => index === environment);
      return plan
        .of('aws_iam_role')
        .flatMap((one) => compareValues(one, { permissions_boundary: valueAt(boundary?.values, 'arn') }));
    },
    breaks: [
      {
        file,
        from: 'data.aws_iam_policy_document.assume_task.json permissions_boundary = local.permissions_boundary',
        to: 'data.aws_iam_policy_document.assume_task.json',
        says: 'permissions_boundary is null',
      },
      { file, from: '${local.short}-boundary', to: '${local.short}-other', says: ':policy/shop-prod-other"' },
    ],
  },
  {
    id: 'roles/inside-boundary',
    fact: 'What roles may do, the boundary lets them do: it forbids nothing that a task needs',
    check: ({ plan, bootstrap, environment }) => {
      const boundary = bootstrap.of('aws_iam_policy', 'boundary').find(({ index }) => index === environment);
      const allowed = new Set(readPolicy(valueAt(boundary?.values, 'policy')).flatMap(({ Action }) => Action));
      return plan
        .of('aws_iam_role_policy')
        .flatMap(({ address, values }) =>
          readPolicy(valueAt(values, 'policy')).flatMap(({ Action }) =>
            Action.flatMap((action) => (allowed.has(action) ? [] : [`${address}: the boundary forbids ${action}`])),
          ),
        );
    },
    breaks: [
      {
        file,
        from: '["ecr:GetAuthorizationToken"]',
        to: '["ecr:GetAuthorizationToken", "ecr:DescribeImages"]',
        says: 'the boundary forbids ecr:DescribeImages',
      },
    ],
  },
  {
    id: 'roles/apart',
    fact: 'Each kind of task has two roles of its own, one to start it and one for the task itself',
    check: ({ plan, topology }) => {
      const names = plan.of('aws_iam_role').map(({ values }) => String(valueAt(values, 'name')));
      const address = 'aws_ecs_task_definition.workload';
      return [
        ...(['execution', 'task'] as const).flatMap((role) => [
          ...compareSets(
            `${role} roles`,
            plan.of('aws_iam_role', role).map(({ index }) => index),
            topology.workloads.map(({ name }) => name),
          ),
          ...[`aws_iam_role.${role}`, 'each.key'].flatMap((one) =>
            expectReference(plan.references(address, `${role}_role_arn`), one),
          ),
        ]),
        ...(new Set(names).size === names.length ? [] : ['two roles have one name']),
      ];
    },
    breaks: [
      {
        file: 'tasks.tf',
        from: 'task_role_arn = aws_iam_role.task[each.key].arn',
        to: 'task_role_arn = aws_iam_role.execution[each.key].arn',
        says: 'not aws_iam_role.task',
      },
    ],
  },
  {
    id: 'roles/no-managed-policy',
    fact: 'No role has a policy that AWS manages and may widen',
    check: ({ plan }) =>
      plan.resources.flatMap(({ type, address }) =>
        /^aws_iam_(?:role_policy_attachment|policy_attachment|role_policy_attachments_exclusive)/.test(type)
          ? [`${address} attaches one`]
          : [],
      ),
    breaks: [
      {
        file,
        from: 'data "aws_iam_policy_document" "assume_task" {',
        to: `resource "aws_iam_role_policy_attachment" "managed" {
          for_each   = local.tasks
          role       = aws_iam_role.execution[each.key].name
          policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
        }
        data "aws_iam_policy_document" "assume_task" {`,
        says: 'aws_iam_role_policy_attachment.managed["ledger"] attaches one',
      },
    ],
  },
  {
    id: 'roles/trust',
    fact: 'Nobody but ECS takes these roles, and the log of the network its own, on behalf of this account alone',
    check: ({ plan }) =>
      plan.of('aws_iam_role').flatMap(({ address, name, values }) =>
        readPolicy(valueAt(values, 'assume_role_policy')).flatMap(({ Principal, Condition }) => {
          const service = name === 'flow' ? 'vpc-flow-logs' : 'ecs-tasks';
          // What starts a task is taken by ECS before there is a task that could be named.
          const isBound = name === 'execution' || valueAt(Condition?.StringEquals, 'aws:SourceAccount') === account;
          return [
            ...(show(Principal) === `{"Service":"${service}.amazonaws.com"}`
              ? []
              : [`${address} trusts ${show(Principal)}`]),
            ...(isBound ? [] : [`${address} trusts other accounts`]),
          ];
        }),
      ),
    breaks: [
      {
        file,
        from: 'data "aws_iam_policy_document" "assume_execution" { statement { actions = ["sts:AssumeRole"] principals { type = "Service" identifiers = ["ecs-tasks.amazonaws.com"]',
        to: `data "aws_iam_policy_document" "assume_execution" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]`,
        says: 'trusts {"Service":"ec2.amazonaws.com"}',
      },
      {
        file: 'network.tf',
        from: '["vpc-flow-logs.amazonaws.com"]',
        to: '["ec2.amazonaws.com"]',
        says: 'aws_iam_role.flow trusts',
      },
      {
        file,
        from: 'variable = "aws:SourceAccount"',
        to: 'variable = "aws:SourceOrgID"',
        says: 'trusts other accounts',
      },
    ],
  },
];

function arnOf({ spec }: Proof, service: string): string {
  return `arn:aws:${service}:${spec.region}:${account}`;
}

function imagesOf(proof: Proof, task: string): string[] {
  return listPlaces(proof)
    .filter((place) => place.task.name === task)
    .map(({ image }) => image);
}

function groupsOf(proof: Proof, task: string): string[] {
  const groups = `${arnOf(proof, 'logs')}:log-group:/${proof.spec.name}/${proof.environment}`;
  return imagesOf(proof, task).map((image) => `${groups}/${image}:*`);
}

/** What a role may do, a line for each action and resource. */
function grantsOf({ plan }: Proof, role: 'execution' | 'task', task: string): string[] {
  const policy = plan.of('aws_iam_role_policy', role).find(({ index }) => index === task);
  return readPolicy(valueAt(policy?.values, 'policy')).flatMap(({ Effect, Action, Resource }: Statement) =>
    Effect === 'Allow' ? grant(Action, Resource) : [],
  );
}

function grant(actions: readonly string[], resources: readonly string[]): string[] {
  return actions.flatMap((action) => resources.map((resource) => `${action} on ${resource}`));
}

function compareGrants(what: string, found: readonly string[], wanted: readonly string[]): string[] {
  return compareSets(what, sorted(found), wanted);
}

function keyOf(bootstrap: Proof['bootstrap'], environment: string): unknown {
  const key = bootstrap.of('aws_kms_key', 'logs').find(({ index }) => index === environment);
  return valueAt(key?.values, 'arn');
}
