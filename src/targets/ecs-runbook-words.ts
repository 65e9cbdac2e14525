/** How commands of the runbook learn what was made, and what things are called, in each language of infrastructure. */
import type { FullSpec } from '../spec/fill-settings.ts';

export function describeReading(spec: FullSpec) {
  return spec.iac === 'terraform' ? readStates() : readStacks(spec);
}

function readStates() {
  const output = (name: string) => `$(tf output -raw ${name})`;
  const bootstrap = 'terraform -chdir=infra/bootstrap output';
  const variable = (name: string) => ({ name, value: `$(${bootstrap} -json github_variables | jq -r .${name})` });
  return {
    read: {
      endpoint: output('endpoint'),
      host: '$(tf output -raw endpoint | cut -d: -f1)',
      loadBalancer: output('load_balancer'),
      accessLogs: output('access_logs'),
      alarmsTopic: output('alarms_topic'),
      nameServers: `${bootstrap} name_servers`,
      nameServersJson: `${bootstrap} -json name_servers`,
      deployRole: `$(${bootstrap} -json github_variables | jq -r ".AWS_DEPLOY_ROLE_FOR.$env")`,
    },
    variables: [variable('TF_STATE_BUCKET'), variable('AWS_PLAN_ROLE'), variable('AWS_IMAGES_ROLE')],
    zoneParameter: '',
    say: {
      allowance:
        'put the ranges that they come from into `allowed_cidrs` in `infra/environments/*.tfvars`, together with the range of the network itself, which is what it holds while it is empty, and merge.',
      rolledBack: 'the apply fails with «ECS rolled … back»',
      secretKeys: 'secret_key_arns',
      timings: 'infra/timings.tf',
      alsoRenewed: ', providers',
      nameSecret: '',
    },
  };
}

function readStacks({ name, dns, zone }: FullSpec) {
  const foundation = `${name}-bootstrap`;
  const told = (output: string) => `$(told ${name}-$ENV ${output})`;
  const variable = (one: string, output: string) => ({ name: one, value: `$(told ${foundation} ${output})` });
  const nameServers = (query: string) =>
    `aws route53 get-hosted-zone --id "$(told ${foundation} HostedZoneId)" --query ${query}`;
  const findZone = `"$(aws route53 list-hosted-zones --query 'HostedZones[?Name==\`"${zone}."\` && Config.PrivateZone==\`false\`].Id' --output text | cut -d/ -f3)"`;
  return {
    read: {
      endpoint: told('Endpoint'),
      host: `$(told ${name}-$ENV Endpoint | cut -d: -f1)`,
      loadBalancer: told('LoadBalancerName'),
      accessLogs: told('AccessBucket'),
      alarmsTopic: told('AlarmsTopic'),
      nameServers: nameServers(`'DelegationSet.NameServers[]' --output text`),
      nameServersJson: nameServers('DelegationSet.NameServers --output json'),
      deployRole: `$(told "${foundation}-$env" DeployRole)`,
    },
    variables: [
      variable('TEMPLATES_BUCKET', 'TemplatesBucket'),
      variable('AWS_PLAN_ROLE', 'PlanRole'),
      variable('AWS_IMAGES_ROLE', 'ImagesRole'),
    ],
    /** The foundation makes a zone or is told of one. */
    zoneParameter: dns === 'create' ? '' : `HostedZoneId=${findZone} `,
    say: {
      allowance:
        'put the range that they come from into `AllowedCidr` in `infra/environments/*.json`, or several into a prefix list of yours and its id into `AllowedPrefixList`, together with that of the network itself, which may dial while both are empty, and merge.',
      rolledBack: 'so does the stack, and the run is red',
      secretKeys: 'SecretKeyArns',
      timings: 'infra/service.yaml',
      alsoRenewed: '',
      nameSecret:
        ' One of Secrets Manager is a parameter from then on, empty in `infra/environments/*.json`: its ARN belongs there, as in [step 4](#4-what-the-first-deploy-has-to-find).',
    },
  };
}
