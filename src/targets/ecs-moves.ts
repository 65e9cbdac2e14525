/** What a change of the Spec asks of an AWS account with a repo on ECS: one small function for each reason. */
import { nameHost } from '../spec/domain-names.ts';
import { type FullSpec, requireSettings } from '../spec/fill-settings.ts';
import { type EcsStand, listEdgeMoves, listWhatClientsSee } from './ecs-edge-moves.ts';
import { listLanguageMoves } from './ecs-language-moves.ts';
import { deployFoundation, forgetZoneCommands, moveWords } from './ecs-move-words.ts';
import type { Move } from './move.ts';
import type { Platform } from './platform.ts';

type Rule = (before: FullSpec, now: FullSpec) => readonly Move[];

/** The sections of docs/runbook.md are named as they are there. */
const destroy = 'docs/runbook.md, Destroy';

export const ecsPlatform: Platform = {
  listMoves(before, now) {
    if (before === undefined) return now === undefined ? [] : listEntering(requireSettings(now.spec));
    if (now === undefined) return listLeaving(requireSettings(before.spec));
    const old = { spec: requireSettings(before.spec), topology: before.topology };
    const next = { spec: requireSettings(now.spec), topology: now.topology };
    return old.spec.iac === next.spec.iac ? listChanges(old, next) : listChangesOfLanguage(old, next);
  },
};

function listLeaving({ environments }: FullSpec): readonly Move[] {
  const message = `What runs in AWS stays there, and costs, while the files that could destroy it go. Destroy it first, or keep a branch that has them (${destroy}): ${environments.join(', ')}, then the foundation.`;
  return [{ when: 'before', message, commands: [] }];
}

function listEntering({ environments }: FullSpec): readonly Move[] {
  const message = `docs/runbook.md leads from an empty AWS account to the first call in ${environments[0]}.`;
  return [{ when: 'after', message, commands: [] }];
}

function listChanges(before: EcsStand, now: EcsStand): readonly Move[] {
  const moves = rules.flatMap((rule) => rule(before.spec, now.spec));
  return [...moves, ...listEdgeMoves(before, now), ...listWhatClientsSee(before, now)];
}

/** Everything is made anew, so what else changed is part of the first deploy; clients alone were there before. */
function listChangesOfLanguage(before: EcsStand, now: EcsStand): readonly Move[] {
  return [
    ...listLanguageMoves(before.spec, now.spec),
    ...changeNames(before.spec, now.spec),
    ...listWhatClientsSee(before, now),
  ];
}

/** State, image repositories, secrets and every name hold the region or the project. */
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
      commands: moveWords[before.iac].prepareDestruction(name),
    };
  });
};

const addEnvironments: Rule = (before, now) => {
  const added = now.environments.filter((name) => !before.environments.includes(name));
  if (added.length === 0) return [];
  const message = `The new environment ${added.join(', ')} needs a role, and GitHub has to know it: apply the foundation, then docs/runbook.md, step 3.`;
  return [{ when: 'after', message, commands: moveWords[now.iac].applyNewEnvironments(now, added) }];
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
  const naming = `Name the VPC, ${moveWords[now.iac].networkValues}: docs/runbook.md, step 4.`;
  const leaving = 'The VPC that was there before is left alone.';
  return [
    { when: 'before', message, commands: [] },
    { when: 'after', message: now.network === 'existing' ? naming : leaving, commands: [] },
  ];
};

const changeScheme: Rule = (before, now) => {
  if (before.internal === now.internal) return [];
  const fact = 'A load balancer cannot change between internal and facing the internet';
  const messages = {
    terraform: `${fact}: Terraform replaces it, and nobody answers meanwhile. Where \`deletion_protection\` of an environment is true, which it is unless infra/environments/*.tfvars say otherwise, apply that as false first.`,
    cloudformation: `${fact}, and CloudFormation replaces nothing that has a name of its own. Destroy each environment first (${destroy}), and have the workflow make it anew; nobody answers meanwhile.`,
  };
  return [{ when: 'before', message: messages[now.iac], commands: [] }];
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
  return now.iac === 'terraform'
    ? changeZoneOfTerraform(before, now, isOther, isMadeNow)
    : changeZoneOfStacks(now, isOther, isMadeNow);
};

function changeZoneOfTerraform(before: FullSpec, now: FullSpec, isOther: boolean, isMadeNow: boolean): Move[] {
  const apply = moveWords.terraform.applyFoundation(now);
  // Looked up from now on: the foundation lets go of it without destroying it.
  if (!isOther && !isMadeNow)
    return [{ when: 'after', message: 'The zone stays, and the foundation no longer holds it.', commands: apply }];
  const leave: Move[] =
    isOther && before.dns === 'create' && now.dns === 'create'
      ? [
          {
            when: 'after',
            message: `The zone ${before.zone} is protected from being destroyed: have the foundation forget it.`,
            commands: forgetZoneCommands,
          },
        ]
      : [];
  const make = `The foundation makes the zone ${now.zone}; one that is there already has to be imported, and a new one delegated to: docs/runbook.md, steps 1 and 2.`;
  const find = `The zone ${now.zone} has to be in the account, and the roles are bound to it by the foundation.`;
  return [...leave, { when: 'after', message: isMadeNow ? make : find, commands: isMadeNow ? [] : apply }];
}

/** Environments take the zone's id from the foundation, and CloudFormation changes nothing that is taken. */
function changeZoneOfStacks(now: FullSpec, isOther: boolean, isMadeNow: boolean): Move[] {
  if (!isOther && !isMadeNow) {
    const id = `"$(aws cloudformation describe-stacks --stack-name ${now.name}-bootstrap --query 'Stacks[0].Outputs[?OutputKey==\`HostedZoneId\`].OutputValue' --output text)"`;
    const message = 'The zone stays, and the foundation takes it by its id.';
    return [
      { when: 'after', message, commands: [deployFoundation(now.name, ` --parameter-overrides HostedZoneId=${id}`)] },
    ];
  }
  const before = `CloudFormation gives the environments no other zone while they stand. Destroy each of them first (${destroy}), and have the workflow make it anew.`;
  const make = `The foundation makes the zone ${now.zone}, which has to be delegated to. It takes over none that is there: for that \`dns\` is existing. Then docs/runbook.md, steps 1 and 2.`;
  const find = `The zone ${now.zone} has to be in the account, and the foundation to be told its id: docs/runbook.md, step 1.`;
  return [
    { when: 'before', message: before, commands: [] },
    { when: 'after', message: isMadeNow ? make : find, commands: [] },
  ];
}

const changeProcessor: Rule = (before, now) => {
  if (before.arch === now.arch) return [];
  const message = `Images of earlier commits are for ${before.arch}: rolling back to one of them takes \`arch\` back as well.`;
  return [{ when: 'after', message, commands: [] }];
};

const turnAlarmsOn: Rule = (before, now) => {
  if (before.alarms || !now.alarms) return [];
  const message = `Nobody hears of an alarm until ${moveWords[now.iac].emails} names somebody.`;
  return [{ when: 'after', message, commands: [] }];
};

const removeWorkloads: Rule = (before, now) => {
  const gone = listNames(before).filter((name) => !listNames(now).includes(name));
  return gone.map((name): Move => {
    const runs = `The next deploy destroys what ran ${name}`;
    const logs = `/${now.name}/ENVIRONMENT/${name}`;
    if (now.iac === 'cloudformation')
      return {
        when: 'after',
        message: `${runs}. Its logs (${logs}) and its image repository stay until somebody deletes them.`,
        commands: [`aws ecr delete-repository --force --repository-name ${now.name}/${name}`],
      };
    const message = `${runs}, its logs (${logs}) too. Its image repository goes when the foundation is applied, once it is empty.`;
    return { when: 'after', message, commands: [] };
  });
};

const addWorkloads: Rule = (before, now) => {
  const added = listNames(now).filter((name) => !listNames(before).includes(name));
  if (added.length === 0) return [];
  const message = `The image repository of ${added.join(', ')} has to be there before the workflow builds for it: apply the foundation.`;
  return [{ when: 'after', message, commands: moveWords[now.iac].applyFoundation(now) }];
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
