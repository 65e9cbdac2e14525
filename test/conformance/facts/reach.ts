/** How far a deploy reaches: what it makes carries its environment's tags, and what it changes has to carry them already. */
import { account, type Fact, type Proof } from '../fact.ts';
import { compareSets, compareValues, readPolicy, type Statement, show, valueAt } from '../plan.ts';
import { statementsOf } from './bootstrap.ts';

const permissions = 'bootstrap/permissions.tf';
const network = 'bootstrap/network.tf';
const logs = 'bootstrap/logs.tf';

export const reachFacts: readonly Fact[] = [
  {
    id: 'reach/names',
    fact: 'Roles and policies of the pipeline are named for the repo, so that an account can hold those of two',
    source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html',
    check: ({ plan, spec }) =>
      [...plan.of('aws_iam_role', 'github'), ...plan.of('aws_iam_policy', 'github')].flatMap((one) =>
        compareValues(one, { name: `${spec.name}-${one.index}` }),
      ),
    breaks: [
      {
        file: 'bootstrap/github.tf',
        from: 'name = "${local.project_short}-${each.key}"',
        to: 'name = each.key',
        says: 'name is "plan"',
      },
      {
        file: permissions,
        from: 'name = "${local.project_short}-${each.key}"',
        to: 'name = each.key',
        says: 'name is "plan-read"',
      },
    ],
  },
  {
    id: 'reach/keys',
    fact: 'Each environment has a key for its logs from bootstrap, renewed each year and used for its groups alone; no deploy may make, take or change one',
    check: ({ plan, spec }) => [
      ...compareSets(
        'keys of logs',
        plan.of('aws_kms_key', 'logs').map(({ index }) => index),
        spec.environments,
      ),
      ...plan.of('aws_kms_key', 'logs').flatMap((one) => {
        const use = readPolicy(valueAt(one.values, 'policy')).find(({ Sid }) => Sid === 'Logs');
        const context = valueAt(use?.Condition?.ArnLike, 'kms:EncryptionContext:aws:logs:arn');
        const wanted = `arn:aws:logs:${spec.region}:${account}:log-group:/${spec.name}/${one.index}/*`;
        return [
          ...compareValues(one, { enable_key_rotation: true }),
          ...(context === wanted ? [] : [`${one.address} is used for ${show(context)}`]),
        ];
      }),
      ...plan
        .of('aws_kms_alias', 'logs')
        .flatMap((one) => compareValues(one, { name: `alias/${spec.name}-${one.index}-logs` })),
      ...eachDeploy({ plan, spec } as Proof, ({ Action }) =>
        Action.filter((action) => /^kms:(?!Decrypt$|GenerateDataKey$|DescribeKey$|ListAliases$)/.test(action)),
      ),
    ],
    breaks: [
      {
        file: logs,
        from: 'enable_key_rotation = true',
        to: 'enable_key_rotation = false',
        says: 'enable_key_rotation is false',
      },
      {
        file: logs,
        from: ':log-group:/${local.project}/${each.key}/*"]',
        to: ':log-group:*"]',
        says: 'is used for',
      },
      {
        file: permissions,
        from: 'sid = "Topic" actions = [',
        to: 'sid = "Topic"\n    actions = [\n      "kms:TagResource",',
        says: 'deploy-prod may kms:TagResource',
      },
    ],
  },
  {
    id: 'reach/network',
    fact: 'A deploy makes parts of a network with the tags of its environment, and changes those alone that have them',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html',
    check: (proof) =>
      eachDeploy(proof, (statement, environment) => {
        const writes = statement.Action.filter((action) => /^ec2:(?!Describe)/.test(action));
        return isHeld(statement, proof.spec.name, environment) || isHarmless(statement, proof) ? [] : writes;
      }),
    breaks: [
      {
        file: permissions,
        from: '{ Project = local.project, Environment = environment }',
        to: '{ Project = local.project }',
        says: 'deploy-prod may ec2:DeleteRoute',
        apart: 'tags',
      },
      {
        file: network,
        from: 'variable = "ec2:CreateAction"',
        to: 'variable = "ec2:Region"',
        says: 'deploy-prod may ec2:CreateTags',
      },
      {
        file: network,
        from: 'test = "Null" variable = "aws:ResourceTag/${condition.key}" values = ["true"]',
        to: 'test     = "Null"\n        variable = "aws:ResourceTag/${condition.key}"\n        values   = ["false"]',
        says: 'deploy-prod may ec2:CreateTags',
      },
      {
        in: 'least',
        file: permissions,
        from: '"ec2:DeleteSecurityGroup",',
        to: '',
        also: [
          {
            file: permissions,
            from: 'resources = ["${local.ec2}:security-group-rule/*"] }',
            to: 'resources = ["${local.ec2}:security-group/*"]\n  }',
          },
        ],
        says: 'deploy-prod may ec2:AuthorizeSecurityGroupIngress',
      },
    ],
  },
  {
    id: 'reach/certificates',
    fact: 'A deploy requests certificates with the tags of its environment, and takes and deletes none that is tagged as another’s',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html',
    check: (proof) =>
      eachDeploy(proof, ({ Action, Condition = {} }, environment) => {
        const asked = tagsIn(Condition.StringEquals, 'Request');
        const there = tagsIn(Condition.StringEquals, 'Resource');
        const thereIfAny = tagsIn(Condition.StringEqualsIfExists, 'Resource');
        const own = show([proof.spec.name, environment]);
        const holds: Record<string, boolean> = {
          'acm:RequestCertificate': asked === own,
          'acm:AddTagsToCertificate': asked === own && thereIfAny === own,
        };
        return Action.filter((action) => /^acm:(?!Describe|List)/.test(action) && !(holds[action] ?? there === own));
      }),
    breaks: [
      {
        file: permissions,
        from: 'test = "StringEqualsIfExists" variable = "aws:ResourceTag/${condition.key}"',
        to: 'test     = "StringEquals"\n        variable = "aws:RequestTag/${condition.key}"',
        says: 'deploy-prod may acm:AddTagsToCertificate',
      },
    ],
  },
  {
    id: 'reach/definitions',
    fact: 'A deploy registers definitions of its own environment’s tasks alone',
    check: (proof) =>
      eachDeploy(proof, ({ Action, Resource }, environment) =>
        Resource.every((arn) => arn.includes(`/${proof.spec.name}-${environment}`))
          ? []
          : Action.filter((action) => /^ecs:(?!Describe|List)/.test(action)),
      ),
    breaks: [
      {
        file: permissions,
        from: ':task-definition/${each.value}-*"',
        to: ':task-definition/*"',
        says: 'deploy-prod may ecs:RegisterTaskDefinition',
      },
    ],
  },
];

/** What each environment's deploy may do that it should not, of statements that allow. */
function eachDeploy(
  { plan, spec }: Pick<Proof, 'plan' | 'spec'>,
  find: (statement: Statement, environment: string) => string[],
): string[] {
  return spec.environments.flatMap((environment) =>
    statementsOf(plan, `deploy-${environment}`).flatMap((statement) =>
      find(statement, environment).map((action) => `deploy-${environment} may ${action}: ${show(statement)}`),
    ),
  );
}

/** By the tags of what is made, by those of what is there, or because it goes with the making. */
function isHeld({ Condition = {} }: Statement, project: string, environment: string): boolean {
  const equal = Condition.StringEquals;
  const own = show([project, environment]);
  const adopts =
    Condition.Null === undefined ||
    (Condition.Null['aws:ResourceTag/Project'] === 'true' && Condition.Null['aws:ResourceTag/Environment'] === 'true');
  const made = [equal?.['ec2:CreateAction'] ?? []].flat();
  return (
    tagsIn(equal, 'Resource') === own ||
    (tagsIn(equal, 'Request') === own && adopts) ||
    (made.length > 0 && made.every((action) => /^(?:Allocate|Authorize|Create)/.test(String(action))))
  );
}

/** A rule's group has to be one's own as well; another's network gets security groups and nothing else. */
function isHarmless({ Action, Resource }: Statement, { spec }: Proof): boolean {
  const onRules = Resource.every((arn) => arn.endsWith(':security-group-rule/*'));
  const authorizes = Action.every((action) => action.startsWith('ec2:AuthorizeSecurityGroup'));
  const inNetwork = spec.network === 'existing' && Resource.every((arn) => arn.endsWith(':vpc/*'));
  return (onRules && authorizes) || (inNetwork && Action.join() === 'ec2:CreateSecurityGroup');
}

function tagsIn(condition: Record<string, unknown> | undefined, of: 'Request' | 'Resource'): string {
  return show([condition?.[`aws:${of}Tag/Project`], condition?.[`aws:${of}Tag/Environment`]]);
}
