/** What the runbook of `ecs-alb` says of some repos only: what has to be there before the first deploy. */
import type { FullSpec } from '../spec/fill-settings.ts';

export function describeFirstDeploy({ name: project, network, internal, workloads }: FullSpec) {
  const secrets = workloads.flatMap(({ secrets = {} }) => Object.values(secrets));
  // Two servers may have the same one.
  const commands = new Set(
    secrets.map(({ from, name }) => {
      // Letters, digits and _ . - / alone: the schema takes no others.
      const path = `${project}/$ENV/${name}`;
      return from === 'secretsmanager'
        ? `aws secretsmanager create-secret --name "${path}" --secret-string "$value" --query Name`
        : `aws ssm put-parameter --type SecureString --name "/${path}" --value "$value" --query Version`;
    }),
  );
  return {
    findsNetwork: network === 'existing',
    isInternal: internal,
    hasSecrets: commands.size > 0,
    secretCommands: [...commands].map((command) => ({ command })),
  };
}
