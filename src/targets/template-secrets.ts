/** Secrets in the words of the CloudFormation templates: where each is, and the parameters that have to tell. */
import type { FullSpec, FullWorkload } from '../spec/fill-settings.ts';
import type { SecretReference } from '../spec/spec.ts';
import { escapePattern } from './escape-pattern.ts';
import { escapeSub, quoteYaml } from './quote-yaml.ts';
import { sha1 } from './sha1.ts';

export interface DescribedSecret {
  variable: string;
  from: SecretReference['from'];
  /** As a template says it. */
  arn: string;
}

export function describeSecrets({ secrets = {} }: FullWorkload, project: string): DescribedSecret[] {
  return Object.entries(secrets).map(([variable, secret]) => ({
    variable,
    from: secret.from,
    arn: secret.from === 'ssm' ? locateParameter(project, secret) : `!Ref ${nameSecret(secret)}`,
  }));
}

/** Those kept there, each once. */
export function listArns(secrets: readonly DescribedSecret[], kept: SecretReference['from']): { arn: string }[] {
  const arns = secrets.filter(({ from }) => from === kept).map(({ arn }) => arn);
  return [...new Set(arns)].map((arn) => ({ arn }));
}

/** ECS takes the whole ARN alone, whose last six characters are AWS's: nothing in a template can look them up. */
export function listSecretParameters({ name: project, workloads }: FullSpec) {
  const all = workloads.flatMap(({ secrets = {} }) => Object.values(secrets));
  const byId = new Map(all.filter(({ from }) => from === 'secretsmanager').map((one) => [nameSecret(one), one]));
  return [...byId].map(([id, { name }]) => ({
    id,
    description: quoteYaml(`The ARN of the secret ${project}/<environment>/${name} of Secrets Manager.`),
    pattern: quoteYaml(
      `^arn:[\\w-]+:secretsmanager:[\\w-]+:\\d{12}:secret:${escapePattern(project)}/[a-z0-9]+/${escapePattern(name)}-\\w{6}$`,
    ),
    constraint: quoteYaml(
      `the ARN that this tells: aws secretsmanager describe-secret --secret-id ${project}/<environment>/${name} --query ARN --output text`,
    ),
  }));
}

function locateParameter(project: string, { name }: SecretReference): string {
  const place = `:parameter/${escapeSub(project)}/\${Environment}/${escapeSub(name)}`;
  return `!Sub ${quoteYaml(`arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}${place}`)}`;
}

export function nameSecret({ name }: SecretReference): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return `Secret${words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')}${sha1(name).slice(0, 8)}`;
}
