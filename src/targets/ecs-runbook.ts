/** What the runbook of a target on ECS says of some repos only, and the words in which each language of infrastructure answers. */
import type { FullSpec } from '../spec/fill-settings.ts';
import type { SecretReference } from '../spec/spec.ts';
import type { Topology } from '../topology/model.ts';
import type { EcsEdge, EcsTask } from './ecs-edge.ts';
import { sizeEnvironments } from './ecs-environments.ts';
import { countElasticIps, countVcpus, countVpcs } from './ecs-quotas.ts';
import { describeReading } from './ecs-runbook-words.ts';
import { nameSecret } from './template-secrets.ts';

export function describeRunbook(spec: FullSpec, topology: Topology, edge: EcsEdge) {
  const { environments, network, internal, alarms, reflection } = spec;
  const secrets = listSecrets(spec);
  const managedSecrets = listManagedSecrets(spec);
  const tasks = edge.listTasks(spec);
  const companions = tasks.flatMap((task) => task.companions);
  return {
    ...describeReading(spec),
    ...describeDoor(spec, topology),
    firstEnvironment: environments[0]!,
    firstTask: tasks[0]!.name,
    production: environments.at(-1)!,
    imageWords: [...spec.workloads.map(({ name }) => name), ...companions].join(' '),
    environmentWords: environments.join(' '),
    environmentOrder: environments.map((name) => `\`${name}\``).join(', then '),
    environmentChoice: environments.map((name) => `\`${name}\``).join(' or '),
    severalEnvironments: environments.length > 1,
    quotas: describeQuotas(spec, tasks),
    makesNetwork: network === 'create',
    findsNetwork: network === 'existing',
    isInternal: internal,
    hasAlarms: alarms,
    reflects: reflection,
    hasSecrets: secrets.length > 0,
    secrets,
    namesSecrets: managedSecrets.length > 0,
    managedSecrets,
    fillsParameters: network === 'existing' || managedSecrets.length > 0,
  };
}

/** What a client dials, and whether the load balancer knows of calls or of connections alone. */
function describeDoor(spec: FullSpec, { edges, workloads }: Topology) {
  const { listeners, backends } = edges[0]!;
  const endsTls = listeners[0]!.tls !== undefined;
  const routesCalls = backends.every(({ balancing }) => balancing !== 'flow');
  const host = sizeEnvironments(spec)[0]!.hostname;
  const inner = workloads.flatMap(({ containers }) => containers).find(({ runs }) => runs.kind !== 'server');
  // Whoever knows services, and says it of those that are none.
  const router = inner?.runs.kind ?? 'the load balancer';
  return {
    endsTls,
    edgePort: String(listeners[0]!.port),
    routesCalls,
    firstUrl: `${endsTls ? 'https' : 'http'}://${host}`,
    callFlags: endsTls ? '--tls ' : '',
    grpcurlFlags: endsTls ? '' : '-plaintext ',
    curlFlags: endsTls ? '--http2' : '--http2-prior-knowledge',
    unrouted: routesCalls ? 'Received HTTP status code 404' : 'no such service',
    curlUnrouted: routesCalls ? '`HTTP/2 404` the load balancer' : `\`grpc-message: no such service\` ${router}`,
    router,
  };
}

function describeQuotas(spec: FullSpec, tasks: readonly EcsTask[]) {
  const { least, most } = countVcpus(spec, tasks);
  const elasticIps = countElasticIps(spec);
  const vpcs = countVpcs(spec);
  // Whatever the account has beside this repo: AWS's network, and as many addresses as an account begins with.
  const [askedAddresses, askedVpcs] = [elasticIps + 5, vpcs + 5];
  return {
    vcpus: String(least),
    mostVcpus: String(most),
    askedVcpus: String(Math.ceil(most)),
    elasticIps: String(elasticIps),
    askedElasticIps: String(askedAddresses),
    vpcs: vpcs === 1 ? '1 VPC' : `${vpcs} VPCs`,
    askedVpcs: String(askedVpcs),
  };
}

/** In each environment, `$env`; two servers may have the same one. */
function listSecrets(spec: FullSpec) {
  const byCommand = new Map(
    listReferences(spec).map((secret) => {
      const path = locate(spec, secret);
      const command =
        secret.from === 'secretsmanager'
          ? `aws secretsmanager create-secret --name "${path}" --secret-string "$value" --query Name`
          : `aws ssm put-parameter --type SecureString --name "/${path}" --value "$value" --query Version`;
      return [command, secret.name];
    }),
  );
  return [...byCommand].map(([command, name]) => ({ command, name, environments: spec.environments.join(' ') }));
}

/** Those whose ARN is a parameter of the templates. */
function listManagedSecrets(spec: FullSpec) {
  const managed = listReferences(spec).filter(({ from }) => from === 'secretsmanager');
  const byParameter = new Map(managed.map((secret) => [nameSecret(secret), locate(spec, secret)]));
  return [...byParameter].map(([parameter, path]) => ({
    parameter,
    path,
    environments: spec.environments.join(' '),
  }));
}

function listReferences({ workloads }: FullSpec): SecretReference[] {
  return workloads.flatMap(({ secrets = {} }) => Object.values(secrets));
}

/** Letters, digits and _ . - / alone: the schema takes no others. */
function locate({ name: project }: FullSpec, { name }: SecretReference): string {
  return `${project}/$env/${name}`;
}
