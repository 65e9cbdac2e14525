/** What is there before the pipeline can do anything: state, images, and who GitHub is in AWS. */
import type { Fact, Proof } from '../fact.ts';
import { listPlaces } from '../places.ts';
import { compareSets, compareValues, readPolicy, type Statement, show, sorted, valueAt } from '../plan.ts';
import { closedToThePublic, compareOne, expectReference, ownedByTheAccount } from './edge.ts';

/** How GitHub would begin the subject of the repo's tokens. */
export const subject = 'repo:acme@1/shop@2';

const token = 'token.actions.githubusercontent.com';
const github = 'bootstrap/github.tf';
const state = 'bootstrap/state.tf';
const permissions = 'bootstrap/permissions.tf';

export const bootstrapFacts: readonly Fact[] = [
  {
    id: 'bootstrap/no-keys',
    fact: 'The pipeline has no key: GitHub signs a token for AWS, and nobody in it is an IAM user',
    check: ({ plan }) => [
      ...compareOne(plan.of('aws_iam_openid_connect_provider'), {
        url: token,
        client_id_list: ['sts.amazonaws.com'],
      }),
      ...plan.resources.flatMap(({ type, address }) =>
        /^aws_iam_(?:user|access_key)/.test(type) ? [`${address} has keys`] : [],
      ),
    ],
    breaks: [
      {
        file: github,
        from: 'data "aws_iam_policy_document" "images" {',
        to: 'resource "aws_iam_user" "pipeline" {\n  name = "pipeline"\n}\ndata "aws_iam_policy_document" "images" {',
        says: 'aws_iam_user.pipeline has keys',
      },
    ],
  },
  {
    id: 'bootstrap/trust',
    fact: 'A role trusts exactly the jobs it is for: pull requests and main to plan, main for images, an environment to deploy',
    source: 'https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens',
    check: ({ plan, spec }) => {
      const wanted: Record<string, string[]> = {
        plan: [`${subject}:pull_request`, `${subject}:ref:refs/heads/main`],
        images: [`${subject}:ref:refs/heads/main`],
        ...Object.fromEntries(spec.environments.map((name) => [`deploy-${name}`, [`${subject}:environment:${name}`]])),
      };
      const roles = plan.of('aws_iam_role');
      return [
        ...compareSets(
          'roles',
          roles.map(({ index }) => index),
          Object.keys(wanted),
        ),
        ...roles.flatMap(({ index, values }) =>
          readPolicy(valueAt(values, 'assume_role_policy')).flatMap(({ Action, Condition = {}, Principal }) => {
            const equal = Condition.StringEquals ?? {};
            const subjects = [equal[`${token}:sub`] ?? []].flat().map(String);
            const federated = String(valueAt(Principal, 'Federated'));
            return [
              ...compareSets(`subjects of ${index}`, subjects, wanted[index] ?? []),
              ...compareSets(`conditions of ${index}`, Object.keys(Condition), ['StringEquals']),
              ...(equal[`${token}:aud`] === 'sts.amazonaws.com'
                ? []
                : [`${index} is for ${show(equal[`${token}:aud`])}`]),
              ...(federated.endsWith(`:oidc-provider/${token}`) ? [] : [`${index} trusts ${show(Principal)}`]),
              ...compareSets(`actions of ${index}`, Action, ['sts:AssumeRoleWithWebIdentity']),
            ];
          }),
        ),
      ];
    },
    breaks: [
      {
        file: github,
        from: '["${var.github_subject_prefix}:environment:${environment}"]',
        to: '["${var.github_subject_prefix}:*"]',
        says: 'subjects of deploy-dev: repo:acme@1/shop@2:* is too much',
      },
      {
        file: github,
        from: 'test = "StringEquals" variable = "token.actions.githubusercontent.com:sub"',
        to: 'test     = "StringLike"\n      variable = "token.actions.githubusercontent.com:sub"',
        says: 'conditions of plan: StringLike is too much',
        apart: 'trust',
      },
    ],
  },
  {
    id: 'bootstrap/images',
    fact: 'Each image has a repository, whose tags never change and which is scanned and encrypted',
    check: ({ plan, spec, topology }) => [
      ...compareSets(
        'repositories',
        plan.of('aws_ecr_repository').map(({ index }) => index),
        listPlaces({ topology }).map(({ image }) => image),
      ),
      ...plan.of('aws_ecr_repository').flatMap((one) =>
        compareValues(one, {
          name: `${spec.name}/${one.index}`,
          image_tag_mutability: 'IMMUTABLE',
          'image_scanning_configuration.0.scan_on_push': true,
          'encryption_configuration.0.encryption_type': 'KMS',
        }),
      ),
    ],
    breaks: [
      {
        file: 'bootstrap/registry.tf',
        from: '"IMMUTABLE"',
        to: '"MUTABLE"',
        says: 'image_tag_mutability is "MUTABLE"',
      },
      {
        file: 'bootstrap/registry.tf',
        from: 'scan_on_push = true',
        to: 'scan_on_push = false',
        says: 'scan_on_push is false',
      },
    ],
  },
  {
    id: 'bootstrap/state',
    fact: 'State is kept in versions, encrypted with a key of its own, away from the public, over TLS alone',
    check: ({ plan }) => [
      ...compareOne(plan.of('aws_s3_bucket_versioning'), { 'versioning_configuration.0.status': 'Enabled' }),
      ...compareOne(plan.of('aws_s3_bucket_server_side_encryption_configuration'), {
        'rule.0.apply_server_side_encryption_by_default.0.sse_algorithm': 'aws:kms',
        'rule.0.apply_server_side_encryption_by_default.0.kms_master_key_id': valueAt(
          plan.of('aws_kms_key', 'state')[0]?.values,
          'arn',
        ),
      }),
      ...compareOne(plan.of('aws_kms_key', 'state'), { enable_key_rotation: true }),
      ...compareOne(plan.of('aws_s3_bucket_public_access_block'), closedToThePublic),
      ...compareOne(plan.of('aws_s3_bucket_ownership_controls'), ownedByTheAccount),
      ...compareOne(plan.of('aws_s3_bucket_lifecycle_configuration'), { 'rule.0.status': 'Enabled' }),
      ...plan.of('aws_s3_bucket_policy').flatMap(({ values }) => {
        const [first] = readPolicy(valueAt(values, 'policy'));
        const refuses =
          first?.Effect === 'Deny' && show(first.Condition) === '{"Bool":{"aws:SecureTransport":"false"}}';
        return refuses ? [] : ['it takes calls without TLS'];
      }),
    ],
    breaks: [
      {
        file: state,
        from: 'versioning_configuration { status = "Enabled"',
        to: 'versioning_configuration {\n    status = "Suspended"',
        says: 'status is "Suspended"',
      },
      {
        file: state,
        from: 'sse_algorithm = "aws:kms"',
        to: 'sse_algorithm = "AES256"',
        says: 'sse_algorithm is "AES256"',
      },
      {
        file: state,
        from: 'restrict_public_buckets = true',
        to: 'restrict_public_buckets = false',
        says: 'restrict_public_buckets is false',
      },
      { file: state, from: 'effect = "Deny"', to: 'effect = "Allow"', says: 'it takes calls without TLS' },
    ],
  },
  {
    id: 'bootstrap/locks',
    fact: 'A deploy locks and writes the state of its own environment; a plan reads state, and writes nothing',
    check: ({ plan, spec }) => {
      const bucket = `arn:aws:s3:::${String(valueAt(plan.of('aws_s3_bucket')[0]?.values, 'bucket'))}`;
      return [
        ...spec.environments.flatMap((environment) =>
          compareSets(
            `what deploy-${environment} writes`,
            objectsOf(plan, `deploy-${environment}-state`, 's3:PutObject'),
            [`${bucket}/${environment}.tfstate`, `${bucket}/${environment}.tfstate.tflock`],
          ),
        ),
        ...compareSets('what plan writes', objectsOf(plan, 'plan-state', 's3:PutObject'), []),
        ...compareSets(
          'what plan reads',
          objectsOf(plan, 'plan-state', 's3:GetObject'),
          spec.environments.map((environment) => `${bucket}/${environment}.tfstate`),
        ),
      ];
    },
    breaks: [
      {
        file: permissions,
        from: '${each.key}.tfstate.tflock"',
        to: '${each.key}.lock"',
        says: 'prod.tfstate.tflock is missing',
      },
      {
        file: permissions,
        from: 'sid = "Read" actions = ["s3:GetObject"]',
        to: 'sid       = "Read"\n    actions   = ["s3:GetObject", "s3:PutObject"]',
        says: 'what plan writes: arn:aws:s3:::shop-tfstate',
      },
    ],
  },
  {
    id: 'bootstrap/plans-read',
    fact: 'What plans a pull request describes and reads: no object but state, no value of a secret, no line of a log',
    check: ({ plan }) =>
      statementsOf(plan, 'plan').flatMap(({ Action }) =>
        Action.flatMap((action) => {
          const [service, verb = ''] = action.split(':');
          const reads = /^(?:Describe|Get|List)/.test(verb) || action === 'kms:Decrypt';
          const contents = /^(?:secretsmanager:GetSecretValue|ssm:Get|logs:(?:Get|Filter)|ecr:GetDownloadUrl)/.test(
            action,
          );
          return reads && !contents && service !== '*' ? [] : [`plan may do ${action}`];
        }),
      ),
    breaks: [
      {
        file: permissions,
        from: '"secretsmanager:DescribeSecret"',
        to: '"secretsmanager:GetSecretValue"',
        says: 'plan may do secretsmanager:GetSecretValue',
      },
    ],
  },
  {
    id: 'bootstrap/inside-boundaries',
    fact: 'A deploy makes and changes roles inside the boundary of its environment alone, and only those of its environment',
    check: ({ plan, spec }) =>
      spec.environments.flatMap((environment) => {
        const boundary = plan.of('aws_iam_policy', 'boundary').find(({ index }) => index === environment);
        const grants = statementsOf(plan, `deploy-${environment}`).filter(({ Action }) =>
          Action.some((action) => action.startsWith('iam:')),
        );
        const widening = ['iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy'];
        return grants.flatMap(({ Action, Resource, Condition }) => {
          const held = valueAt(Condition?.StringEquals, 'iam:PermissionsBoundary') === valueAt(boundary?.values, 'arn');
          const free = Action.filter(
            (action) => widening.includes(action) || /\*|Attach|Policy(?:Version)?$/.test(action),
          );
          return [
            ...(held
              ? []
              : free
                  .filter((action) => !/^iam:(?:Get|List|Delete)|AssumeRolePolicy$/.test(action))
                  .map((action) => `${environment}: ${action} is free`)),
            ...Resource.flatMap((arn) => {
              const own = `:role/${spec.name}-${environment}-*`;
              return arn.endsWith(own) || arn.includes(':role/aws-service-role/') || readsAll(Action)
                ? []
                : [`${environment}: ${Action} on ${arn}`];
            }),
          ];
        });
      }),
    breaks: [
      {
        file: permissions,
        from: 'values = [aws_iam_policy.boundary[each.key].arn]',
        to: 'values = ["*"]',
        says: 'prod: iam:CreateRole is free',
      },
      {
        file: permissions,
        from: '"iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"] resources = ["arn:${local.partition}:iam::${local.account}:role/${local.shorts[each.key]}-*"]',
        to: '"iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]\n    resources = ["arn:${local.partition}:iam::${local.account}:role/*"]',
        says: ':role/*',
      },
    ],
  },
  {
    id: 'bootstrap/no-everything',
    fact: 'No policy allows a whole service, or everything',
    check: ({ plan }) =>
      plan
        .of('aws_iam_policy')
        .flatMap(({ index, values }) =>
          readPolicy(valueAt(values, 'policy')).flatMap(({ Action }) =>
            Action.flatMap((action) => (/^(?:\*|[a-z0-9-]+:\*)$/.test(action) ? [`${index} allows ${action}`] : [])),
          ),
        ),
    breaks: [
      { file: permissions, from: '"ecs:CreateCluster",', to: '"ecs:*",', says: 'deploy-prod-service allows ecs:*' },
    ],
  },
  {
    id: 'bootstrap/sizes',
    fact: 'Each policy fits into the 6,144 characters of a managed one, and no role has more than ten',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    check: ({ plan }) => {
      const policies = plan.of('aws_iam_policy');
      const attached = plan.of('aws_iam_role_policy_attachment').map(({ values }) => String(valueAt(values, 'role')));
      return [
        ...policies.flatMap(({ address, values }) => {
          const { length } = JSON.stringify(JSON.parse(String(valueAt(values, 'policy'))));
          return length <= 6144 ? [] : [`${address} has ${length} characters`];
        }),
        ...sorted(new Set(attached)).flatMap((role) =>
          attached.filter((one) => one === role).length <= 10 ? [] : [`${role} has more than ten`],
        ),
      ];
    },
    breaks: [
      {
        file: permissions,
        from: '"logs:AssociateKmsKey",',
        to: '"logs:AssociateKmsKey", join("", [for index in range(1000) : "longer"]),',
        says: 'aws_iam_policy.github["deploy-prod-service"] has ',
      },
    ],
  },
  {
    id: 'bootstrap/boundaries',
    fact: 'There is a boundary for each environment, which lets its roles read the secrets and write the logs of that one alone',
    check: ({ plan, spec }) => [
      ...compareSets(
        'boundaries',
        plan.of('aws_iam_policy', 'boundary').map(({ index }) => index),
        spec.environments,
      ),
      ...plan.of('aws_iam_policy', 'boundary').flatMap((one) => {
        const own = [`:/${spec.name}/${one.index}/*`, `:${spec.name}/${one.index}/*`, `/${spec.name}/${one.index}/*`];
        return [
          ...compareValues(one, { name: `${spec.name}-${one.index}-boundary` }),
          ...readPolicy(valueAt(one.values, 'policy'))
            .filter(({ Action }) => Action.some((action) => /^(?:secretsmanager|ssm):|^logs:Put/.test(action)))
            .flatMap(({ Resource }) => Resource)
            .flatMap((arn) => (own.some((end) => arn.endsWith(end)) ? [] : [`${one.address} reaches ${arn}`])),
        ];
      }),
    ],
    breaks: [
      {
        file: permissions,
        from: ':parameter/${local.project}/${each.key}/*"',
        to: ':parameter/*"',
        says: '["prod"] reaches arn:aws:ssm:eu-west-1:123456789012:parameter/*',
      },
    ],
  },
  {
    id: 'bootstrap/zone',
    fact: 'The hosted zone is made where that was asked for, else looked up, and deploys write records in it alone',
    check: ({ plan, spec }) => [
      ...compareSets(
        'zones',
        plan.of('aws_route53_zone').map(({ values }) => String(valueAt(values, 'name'))),
        spec.dns === 'create' ? [spec.zone] : [],
      ),
      ...spec.environments.flatMap((environment) =>
        statementsOf(plan, `deploy-${environment}`)
          .filter(({ Action }) => Action.includes('route53:ChangeResourceRecordSets'))
          .flatMap(({ Resource }) =>
            Resource.length === 1 && /^arn:aws:route53:::hostedzone\/\w+$/.test(Resource[0]!)
              ? []
              : [`${environment} writes ${Resource}`],
          ),
      ),
    ],
    breaks: [
      { file: permissions, from: 'resources = [local.zone_arn]', to: 'resources = ["*"]', says: 'prod writes *' },
    ],
  },
  {
    id: 'bootstrap/out-of-reach',
    fact: 'The roles of the pipeline lie where no deploy can change them',
    check: ({ plan, spec }) => [
      ...plan
        .of('aws_iam_role')
        .flatMap((one) => compareValues(one, { path: `/${spec.name}-bootstrap/`, max_session_duration: 3600 })),
      ...expectReference(
        plan.references('aws_iam_role.github', 'assume_role_policy'),
        'data.aws_iam_policy_document.assume',
      ),
    ],
    breaks: [{ file: github, from: 'path = "/${local.project}-bootstrap/"', to: 'path = "/"', says: 'path is "/"' }],
  },
];

/** Of every policy of a role. */
export function statementsOf(plan: Proof['plan'], role: string): Statement[] {
  return plan
    .of('aws_iam_policy', 'github')
    .filter(({ index }) => index.startsWith(`${role}-`))
    .flatMap(({ values }) => readPolicy(valueAt(values, 'policy')));
}

function objectsOf(plan: Proof['plan'], policy: string, action: string): string[] {
  return statementsOf(plan, policy.replace(/-state$/, ''))
    .filter(({ Action }) => Action.includes(action))
    .flatMap(({ Resource }) => Resource)
    .filter((arn) => arn.includes('tfstate-'));
}

function readsAll(actions: readonly string[]): boolean {
  return actions.every((action) => /^iam:(?:Get|List)/.test(action));
}
