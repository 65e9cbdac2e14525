/** What the CloudFormation templates of targets on ECS print: the same resources, names and numbers as its Terraform. */
import type { FullSpec } from '../spec/fill-settings.ts';
import type { Topology } from '../topology/model.ts';
import { describeTimings } from './describe-timings.ts';
import type { EcsEdge, EcsTask } from './ecs-edge.ts';
import { type EnvironmentSize, sizeEnvironments } from './ecs-environments.ts';
import { nameLogically, nameRole, nameTargetGroup, shortenName } from './ecs-names.ts';
import { escapePattern } from './escape-pattern.ts';
import { nameDeployAfter } from './name-deploy.ts';
import type { EarlierTexts } from './network-ranges.ts';
import { escapeSub, quoteYaml } from './quote-yaml.ts';
import type { RepeatedFile } from './target.ts';
import { listSecretParameters } from './template-secrets.ts';
import { describeTasks, listContainers } from './template-tasks.ts';

export function describeTemplates(spec: FullSpec, topology: Topology, edge: EcsEdge) {
  const { name: project, telemetry, alarms, internal, network } = spec;
  const makesNetwork = network === 'create';
  const secretParameters = listSecretParameters(spec);
  const [front] = topology.edges;
  const [listener] = front!.listeners;
  const tasks = edge.listTasks(spec);
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
    /** Without its way to the internet AWS makes none that faces it. */
    waitsForInternet: !internal && makesNetwork,
    edgeKind: front!.kind,
    edgePort: String(listener!.port),
    hasTls: listener!.tls !== undefined,
    clientsSpeak: listener!.tls === undefined ? 'gRPC' : 'gRPC over TLS',
    everybody: internal ? '!Ref VpcCidr' : '0.0.0.0/0',
    hasSecrets: spec.workloads.some(({ secrets = {} }) => Object.keys(secrets).length > 0),
    secretParameters,
    timings: describeTimings(edge.timings),
    environments: spec.environments.map((name, index) => ({
      name,
      needs: nameDeployAfter(spec.environments[index - 1]),
      names: nameParts(spec, tasks, name),
    })),
    repositories: tasks.flatMap(listContainers).map(({ name, images }) => ({
      id: images,
      name: quoteYaml(`${project}/${name}`),
    })),
    tasks: describeTasks(spec, topology, edge, everywhere),
  };
}

/** What belongs to one environment: what bootstrap makes for it, and the parameters and tags of its stack. */
export function describeEnvironments(spec: FullSpec, edge: EcsEdge, earlier: EarlierTexts): RepeatedFile[] {
  return sizeEnvironments(spec, earlier).flatMap((size): RepeatedFile[] => [
    {
      path: `infra/environments/${size.name}.bootstrap.yaml`,
      template: `${edge.id}/cloudformation-environment/bootstrap.yaml`,
      view: describeBootstrap(spec, edge, size.name),
    },
    {
      path: `infra/environments/${size.name}.json`,
      template: 'ecs/cloudformation-environment/parameters.json',
      view: { json: JSON.stringify(listParameters(spec, size), null, 2) },
    },
  ]);
}

function describeBootstrap(spec: FullSpec, edge: EcsEdge, name: string) {
  const { name: project, network } = spec;
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
    hasTls: edge.hasTls(spec),
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

function locateStack(name: string): string {
  return `!Sub "arn:\${AWS::Partition}:cloudformation:\${AWS::Region}:\${AWS::AccountId}:stack/${name}/*"`;
}

function nameParts({ name: project, network }: FullSpec, tasks: readonly EcsTask[], environment: string) {
  const name = `${project}-${environment}`;
  const flowRole: [key: string, value: string][] =
    network === 'create' ? [['FlowRole', `${shortenName(name)}-flow-logs`]] : [];
  const parts: [key: string, value: string][] = [
    ['Short', shortenName(name)],
    ...flowRole,
    ...tasks.flatMap((task): [string, string][] => {
      const id = nameLogically(task.name);
      return [
        [`${id}TargetGroup`, nameTargetGroup(name, task.name, task.entry.port)],
        [`${id}ExecutionRole`, nameRole(name, task.name, 'execution')],
        [`${id}TaskRole`, nameRole(name, task.name, 'task')],
      ];
    }),
  ];
  return parts.map(([key, value]) => ({ key, value: quoteYaml(value) }));
}
