/** What a change of the Spec asks of an AWS account that is run by ecs-alb: one small function for each reason. */

import { nameHost } from '../spec/domain-names.ts';
import type { FullSpec } from '../spec/fill-settings.ts';
import type { Move } from './move.ts';

type Rule = (before: FullSpec, now: FullSpec) => readonly Move[];

/** The sections of docs/runbook.md are named as they are there. */
const destroy = 'docs/runbook.md, Destroy';

export function listLeaving({ environments }: FullSpec): readonly Move[] {
  const message = `What runs in AWS stays there, and costs, while the files that could destroy it go. Destroy it first, or keep a branch that has them (${destroy}): ${environments.join(', ')}, then the foundation.`;
  return [{ when: 'before', message, commands: [] }];
}

export function listEntering({ environments }: FullSpec): readonly Move[] {
  const message = `docs/runbook.md leads from an empty AWS account to the first call in ${environments[0]}.`;
  return [{ when: 'after', message, commands: [] }];
}

export function listChanges(before: FullSpec, now: FullSpec): readonly Move[] {
  return rules.flatMap((rule) => rule(before, now));
}

/** State bucket, image repositories, secrets and every name hold the region or the project. */
const beginAnew: Rule = (before, now) => {
  const parts = [
    before.region === now.region ? undefined : `the region ${before.region}`,
    before.name === now.name ? undefined : `the name ${before.name}`,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return [];
  const old = parts.join(' and ');
  return [
    {
      when: 'before',
      message: `Nothing that has ${old} comes along: state, images, secrets, logs and the network have to be made anew. Destroy the old ones with the files as they are now (${destroy}), or their names are in the way of the new: ${before.environments.join(', ')}, then the foundation.`,
      commands: [],
    },
    { when: 'after', message: 'Begin at step 1 of docs/runbook.md.', commands: [] },
  ];
};

const removeEnvironments: Rule = (before, now) => {
  const gone = before.environments.filter((name) => !now.environments.includes(name));
  return gone.map((name): Move => {
    const host = nameHost(name, before.environments, before.domain);
    const taken = now.environments.find((other) => nameHost(other, now.environments, now.domain) === host);
    const also =
      taken === undefined ? '' : ` Its name, ${host}, is to be that of ${taken}, which cannot be deployed before.`;
    return {
      when: 'before',
      message: `The environment ${name} stays in AWS, and costs, while its files go. Destroy it first (${destroy}).${also}`,
      commands: [`export ENV=${name}`, ...initCommands],
    };
  });
};

const addEnvironments: Rule = (before, now) => {
  const added = now.environments.filter((name) => !before.environments.includes(name));
  if (added.length === 0) return [];
  const message = `The new environment ${added.join(', ')} needs a role, and GitHub has to know it: apply the foundation, then docs/runbook.md, step 3.`;
  return [{ when: 'after', message, commands: bootstrapCommands }];
};

const moveProduction: Rule = (before, now) => {
  const [old, production] = [before.environments.at(-1), now.environments.at(-1)];
  if (old === undefined || old === production || !now.environments.includes(old)) return [];
  const message = `${now.domain} moves from ${old} to ${production}, and ${old} is dialled at ${nameHost(old, now.environments, now.domain)} from then on. Between the two deploys nobody answers at ${now.domain}.`;
  return [{ when: 'after', message, commands: [] }];
};

const changeNetwork: Rule = (before, now) => {
  if (before.network === now.network) return [];
  const message = `A load balancer, its target groups and the security groups belong to one VPC and cannot go to another. Destroy each environment first (${destroy}), and have the workflow make it anew.`;
  const naming = 'Name the VPC, `vpc_tags` in infra/environments/*.tfvars: docs/runbook.md, step 4.';
  const leaving = 'The VPC that was looked up is left alone.';
  return [
    { when: 'before', message, commands: [] },
    { when: 'after', message: now.network === 'existing' ? naming : leaving, commands: [] },
  ];
};

const changeScheme: Rule = (before, now) => {
  if (before.internal === now.internal) return [];
  const message =
    'A load balancer cannot change between internal and facing the internet: Terraform replaces it, and nobody answers meanwhile. Where `deletion_protection` of an environment is true, which it is unless infra/environments/*.tfvars say otherwise, apply that as false first.';
  return [{ when: 'before', message, commands: [] }];
};

const changeNames: Rule = (before, now) => {
  if (before.domain === now.domain) return [];
  const hosts = ({ environments, domain }: FullSpec) =>
    environments.map((name) => nameHost(name, environments, domain)).join(', ');
  const message = `Clients have to dial the new names: ${hosts(now)}. The old ones, ${hosts(before)}, end with the deploy.`;
  return [{ when: 'after', message, commands: [] }];
};

const changeZone: Rule = (before, now) => {
  const isOther = before.zone !== now.zone;
  const isMadeNow = now.dns === 'create' && (before.dns !== 'create' || isOther);
  if (!isOther && before.dns === now.dns) return [];
  // Looked up from now on: the foundation lets go of it without destroying it.
  if (!isOther && !isMadeNow)
    return [
      { when: 'after', message: 'The zone stays, and the foundation no longer holds it.', commands: bootstrapCommands },
    ];
  const leave: Move[] =
    isOther && before.dns === 'create' && now.dns === 'create'
      ? [
          {
            when: 'after',
            message: `The zone ${before.zone} is protected from being destroyed: have the foundation forget it.`,
            commands: [bootstrapInit, 'terraform -chdir=infra/bootstrap state rm aws_route53_zone.this'],
          },
        ]
      : [];
  const make = `The foundation makes the zone ${now.zone}; one that is there already has to be imported, and a new one delegated to: docs/runbook.md, steps 1 and 2.`;
  const find = `The zone ${now.zone} has to be in the account, and the roles are bound to it by the foundation.`;
  return [...leave, { when: 'after', message: isMadeNow ? make : find, commands: isMadeNow ? [] : bootstrapCommands }];
};

const changeProcessor: Rule = (before, now) => {
  if (before.arch === now.arch) return [];
  const message = `Images of earlier commits are for ${before.arch}: rolling back to one of them takes \`arch\` back as well.`;
  return [{ when: 'after', message, commands: [] }];
};

const turnAlarmsOn: Rule = (before, now) => {
  if (before.alarms || !now.alarms) return [];
  const message = 'Nobody hears of an alarm until `alarm_emails` in infra/environments/*.tfvars names somebody.';
  return [{ when: 'after', message, commands: [] }];
};

const removeWorkloads: Rule = (before, now) => {
  const gone = listNames(before).filter((name) => !listNames(now).includes(name));
  return gone.map((name): Move => {
    const message = `The next deploy destroys what ran ${name}, its logs (/${now.name}/ENVIRONMENT/${name}) too. Its image repository goes when the foundation is applied, once it is empty.`;
    return { when: 'after', message, commands: [] };
  });
};

const addWorkloads: Rule = (before, now) => {
  const added = listNames(now).filter((name) => !listNames(before).includes(name));
  if (added.length === 0) return [];
  const message = `The image repository of ${added.join(', ')} has to be there before the workflow builds for it: apply the foundation.`;
  return [{ when: 'after', message, commands: bootstrapCommands }];
};

function listNames({ workloads }: FullSpec): string[] {
  return workloads.map(({ name }) => name);
}

const rules: readonly Rule[] = [
  beginAnew,
  removeEnvironments,
  addEnvironments,
  moveProduction,
  changeNetwork,
  changeScheme,
  changeNames,
  changeZone,
  changeProcessor,
  turnAlarmsOn,
  removeWorkloads,
  addWorkloads,
];

const initCommands: readonly string[] = [
  'terraform -chdir=infra init -reconfigure -backend-config=environments/$ENV.backend.hcl -backend-config="bucket=$TF_STATE_BUCKET"',
];

const bootstrapInit =
  'terraform -chdir=infra/bootstrap init -backend-config=backend.hcl -backend-config="bucket=$TF_STATE_BUCKET"';
const bootstrapCommands: readonly string[] = [bootstrapInit, 'terraform -chdir=infra/bootstrap apply'];
