/** What moves on ECS call things in each language of infrastructure, and the commands that do there what they ask for. */
import type { FullSpec } from '../spec/fill-settings.ts';

export interface MoveWords {
  /** Of the tool that makes what is in AWS. */
  tool: 'Terraform' | 'CloudFormation';
  /** The files of an environment's own numbers. */
  values: string;
  /** There: how many tasks there are. */
  bounds: string;
  /** What names a network that is there already. */
  networkValues: string;
  emails: string;
  /** What GitHub has to know for this language alone. */
  variable: string;
  applyFoundation(spec: FullSpec): readonly string[];
  applyNewEnvironments(spec: FullSpec, names: readonly string[]): readonly string[];
  /** In the clone that is to destroy the environment. */
  prepareDestruction(environment: string): readonly string[];
}

const bootstrapInit =
  'terraform -chdir=infra/bootstrap init -backend-config=backend.hcl -backend-config="bucket=$TF_STATE_BUCKET"';
const bootstrapCommands: readonly string[] = [bootstrapInit, 'terraform -chdir=infra/bootstrap apply'];

const terraform: MoveWords = {
  tool: 'Terraform',
  values: 'infra/environments/*.tfvars',
  bounds: '`scale`',
  networkValues: '`vpc_tags` in infra/environments/*.tfvars',
  emails: '`alarm_emails` in infra/environments/*.tfvars',
  variable: 'TF_STATE_BUCKET',
  applyFoundation: () => bootstrapCommands,
  applyNewEnvironments: () => bootstrapCommands,
  prepareDestruction: (environment) => [`export ENV=${environment}`, initCommand],
};

const cloudformation: MoveWords = {
  tool: 'CloudFormation',
  values: 'infra/environments/*.json',
  bounds: '`MaxTasks`',
  networkValues: '`VpcId` and the subnets in infra/environments/*.json',
  emails: '`AlarmEmail` in infra/environments/*.json',
  variable: 'TEMPLATES_BUCKET',
  applyFoundation: ({ name, environments }) => [deployFoundation(name), ...deployGrounds(name, environments)],
  applyNewEnvironments: ({ name }, added) => [deployFoundation(name), ...deployGrounds(name, added)],
  prepareDestruction: (environment) => [`export ENV=${environment}`],
};

export const moveWords: Readonly<Record<FullSpec['iac'], MoveWords>> = { terraform, cloudformation };

export const initCommand =
  'terraform -chdir=infra init -reconfigure -backend-config=environments/$ENV.backend.hcl -backend-config="bucket=$TF_STATE_BUCKET"';
/** Of the environment `$ENV`, with the images that run. */
export const applyCommand =
  'terraform -chdir=infra apply -var-file=environments/$ENV.tfvars -var image_tag="$(terraform -chdir=infra output -raw image_tag)"';
export const forgetZoneCommands: readonly string[] = [
  bootstrapInit,
  'terraform -chdir=infra/bootstrap state rm aws_route53_zone.this',
];

/** What the stack was told before holds where nothing is said. */
export function deployFoundation(project: string, parameters = ''): string {
  return `aws cloudformation deploy --stack-name ${project}-bootstrap --template-file infra/bootstrap.yaml --capabilities CAPABILITY_NAMED_IAM${parameters}`;
}

function deployGrounds(project: string, environments: readonly string[]): string[] {
  return environments.map(
    (name) =>
      `aws cloudformation deploy --stack-name ${project}-bootstrap-${name} --template-file infra/environments/${name}.bootstrap.yaml --capabilities CAPABILITY_NAMED_IAM`,
  );
}
