/** What the CloudFormation templates of targets on ECS print: the same resources, names and numbers as its Terraform. */
import type { FullSpec, FullWorkload } from '../spec/fill-settings.ts';
import type { SecretReference } from '../spec/spec.ts';
import type { Topology } from '../topology/model.ts';
import { describeTimings } from './describe-timings.ts';
import type { EcsEdge } from './ecs-edge.ts';
import { type EnvironmentSize, sizeEnvironments } from './ecs-environments.ts';
import { nameLogically, nameRole, nameTargetGroup, shortenName } from './ecs-names.ts';
import { nameDeployAfter } from './name-deploy.ts';
import type { EarlierTexts } from './network-ranges.ts';
import { escapeSub, quoteYaml } from './quote-yaml.ts';
import { sha1 } from './sha1.ts';
import type { RepeatedFile } from './target.ts';

export function describeTemplates(spec: FullSpec, topology: Topology, edge: EcsEdge) {
  const { name: project, telemetry, alarms, internal, network } = spec;
  const makesNetwork = network === 'create';
  const secretParameters = listSecretParameters(spec);
  const timings = describeTimings(edge.timings);
  const own = edge.describeWorkloads?.(topology);
  const everywhere = {
    vpc: makesNetwork ? '!Ref Vpc' : '!Ref VpcId',
    boundary: `!Sub ["arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/\${Short}-boundary", { Short: !FindInMap [Names, !Ref Environment, Short] }]`,
    logsKey: `!ImportValue {"Fn::Sub": "${escapeSub(project)}-bootstrap-LogsKey-\${Environment}"}`,
  };
  return {
    ...everywhere,
    projectShort: shortenName(project),
    zoneId: spec.dns === 'create' ? '!Ref Zone' : '!Ref HostedZoneId',
    provider:
      '!If [CreatesOidcProvider, !Ref GithubProvider, !Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com"]',
    quotedZone: quoteYaml(spec.zone),
    zone: spec.zone,
    stacks: `[${spec.environments.map((name) => locateStack(`${project}-${name}`)).join(', ')}]`,
    environmentNames: `[${spec.environments.map(quoteYaml).join(', ')}]`,
    hostnamePattern: quoteYaml(`^([a-z0-9-]+\\.)*${escapePattern(spec.zone)}$`),
    hostnameConstraint: quoteYaml(`a DNS name in the zone ${spec.zone}`),
    telemetry,
    alarms,
    internal,
    makesNetwork,
    makesZone: spec.dns === 'create',
    scheme: internal ? 'internal' : 'internet-facing',
    edgeTier: internal ? 'Private' : 'Public',
    edgeWaits: internal || !makesNetwork ? '[AccessBucketPolicy]' : '[AccessBucketPolicy, InternetRoute]',
    everybody: internal ? '!Ref VpcCidr' : '0.0.0.0/0',
    hasSecrets: spec.workloads.some(({ secrets = {} }) => Object.keys(secrets).length > 0),
    secretParameters,
    timings,
    environments: spec.environments.map((name, index) => ({
      name,
      needs: nameDeployAfter(spec.environments[index - 1]),
      names: nameParts(spec, name),
    })),
    workloads: spec.workloads.map((workload, index) => {
      return {
        ...describeWorkload(workload, project),
        ...everywhere,
        project,
        telemetry,
        alarms,
        makesNetwork,
        firelens: spec.logs === 'firelens',
        hasSidecars: spec.logs === 'firelens' || telemetry,
        architecture: spec.arch.toUpperCase(),
        reflection: spec.reflection && index === 0 ? 'on' : 'off',
        timings,
        ...own?.get(workload.name),
      };
    }),
  };
}

/** What belongs to one environment: what bootstrap makes for it, and the parameters and tags of its stack. */
export function describeEnvironments(spec: FullSpec, earlier: EarlierTexts): RepeatedFile[] {
  const template = (file: string) => `ecs/cloudformation-environment/${file}`;
  return sizeEnvironments(spec, earlier).flatMap((size): RepeatedFile[] => [
    {
      path: `infra/environments/${size.name}.bootstrap.yaml`,
      template: template('bootstrap.yaml'),
      view: describeBootstrap(spec, size.name),
    },
    {
      path: `infra/environments/${size.name}.json`,
      template: template('parameters.json'),
      view: { json: JSON.stringify(listParameters(spec, size), null, 2) },
    },
  ]);
}

function describeBootstrap({ name: project, network }: FullSpec, name: string) {
  const fullName = `${project}-${name}`;
  const imported = (output: string) => `!ImportValue ${project}-bootstrap-${output}`;
  return {
    name,
    project,
    fullName,
    quotedName: quoteYaml(name),
    quotedProject: quoteYaml(project),
    projectShort: shortenName(project),
    short: shortenName(fullName),
    makesNetwork: network === 'create',
    stack: locateStack(fullName),
    zoneId: imported('HostedZoneId'),
    provider: imported('GithubProvider'),
    prefix: imported('GithubSubjectPrefix'),
  };
}

/** CloudFormation hands a stack's tags on to what it makes. Whatever is empty and has to be filled in, it refuses. */
function listParameters(spec: FullSpec, { name, hostname, isProduction, scale, network }: EnvironmentSize) {
  return {
    Parameters: {
      Environment: name,
      Hostname: hostname,
      MinTasks: String(scale.min),
      MaxTasks: String(scale.max),
      ...(!isProduction && { LogLevel: 'debug', LogRetentionDays: '30', DeletionProtection: 'false' }),
      ...(spec.alarms && { AlarmEmail: '' }),
      ...Object.fromEntries(listSecretParameters(spec).map(({ id }) => [id, ''])),
      ...(network
        ? { VpcCidr: network.cidr, Zones: String(network.zones), Nat: network.nat }
        : { VpcId: '', ...(spec.internal ? { VpcCidr: '' } : { PublicSubnets: '' }), PrivateSubnets: '' }),
    },
    Tags: { Project: spec.name, Environment: name, ManagedBy: 'cloudformation' },
  };
}

function describeWorkload({ name, cpu, memory, secrets = {} }: FullWorkload, project: string) {
  const all = Object.entries(secrets).map(([variable, secret]) => ({
    variable,
    from: secret.from,
    arn: secret.from === 'ssm' ? locateParameter(project, secret) : `!Ref ${nameSecret(secret)}`,
  }));
  const from = (kept: SecretReference['from']) => {
    const arns = all.filter((secret) => secret.from === kept).map(({ arn }) => arn);
    return [...new Set(arns)].map((arn) => ({ arn }));
  };
  return {
    id: nameLogically(name),
    name,
    quotedName: quoteYaml(name),
    repository: quoteYaml(`${project}/${name}`),
    cpu: String(cpu),
    memory: String(memory),
    secrets: all.map(({ variable, arn }) => ({ variable: quoteYaml(variable), arn })),
    managedSecrets: from('secretsmanager'),
    storedSecrets: from('ssm'),
  };
}

function locateStack(name: string): string {
  return `!Sub "arn:\${AWS::Partition}:cloudformation:\${AWS::Region}:\${AWS::AccountId}:stack/${name}/*"`;
}

function locateParameter(project: string, { name }: SecretReference): string {
  const place = `:parameter/${escapeSub(project)}/\${Environment}/${escapeSub(name)}`;
  return `!Sub ${quoteYaml(`arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}${place}`)}`;
}

/** ECS takes the whole ARN alone, whose last six characters are AWS's: nothing in a template can look them up. */
function listSecretParameters({ name: project, workloads }: FullSpec) {
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

export function nameSecret({ name }: SecretReference): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return `Secret${words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')}${sha1(name).slice(0, 8)}`;
}

function nameParts({ name: project, workloads }: FullSpec, environment: string) {
  const name = `${project}-${environment}`;
  const parts: [key: string, value: string][] = [
    ['Short', shortenName(name)],
    ['FlowRole', `${shortenName(name)}-flow-logs`],
    ...workloads.flatMap(({ name: workload }): [string, string][] => {
      const id = nameLogically(workload);
      return [
        [`${id}TargetGroup`, nameTargetGroup(name, workload, 8080)],
        [`${id}ExecutionRole`, nameRole(name, workload, 'execution')],
        [`${id}TaskRole`, nameRole(name, workload, 'task')],
      ];
    }),
  ];
  return parts.map(([key, value]) => ({ key, value: quoteYaml(value) }));
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
