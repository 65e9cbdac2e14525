/** What the runbook of a target on ECS says of some repos only: what has to be there before the first deploy, and what for. */
import type { FullSpec } from '../spec/fill-settings.ts';
import type { EcsTask } from './ecs-edge.ts';
import { sizeEnvironments } from './ecs-environments.ts';
import { countElasticIps, countVcpus, countVpcs } from './ecs-quotas.ts';

export function describeRunbook(spec: FullSpec, tasks: readonly EcsTask[]) {
  const { environments, network, internal, alarms, reflection } = spec;
  const secrets = listSecrets(spec);
  return {
    firstEnvironment: environments[0]!,
    firstHost: sizeEnvironments(spec)[0]!.hostname,
    production: environments.at(-1)!,
    workloadWords: spec.workloads.map(({ name }) => name).join(' '),
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
    vpcs: String(vpcs),
    askedVpcs: String(askedVpcs),
  };
}

/** In each environment, `$env`; two servers may have the same one. */
function listSecrets({ name: project, workloads, environments }: FullSpec) {
  const all = workloads.flatMap(({ secrets = {} }) => Object.values(secrets));
  const byCommand = new Map(
    all.map(({ from, name }) => {
      // Letters, digits and _ . - / alone: the schema takes no others.
      const path = `${project}/$env/${name}`;
      const command =
        from === 'secretsmanager'
          ? `aws secretsmanager create-secret --name "${path}" --secret-string "$value" --query Name`
          : `aws ssm put-parameter --type SecureString --name "/${path}" --value "$value" --query Version`;
      return [command, name];
    }),
  );
  return [...byCommand].map(([command, name]) => ({ command, name, environments: environments.join(' ') }));
}
