/** What another language of infrastructure asks of an AWS account: neither tool knows what the other one made. */
import type { FullSpec } from '../spec/fill-settings.ts';
import { deployBeside } from './ecs-edge-moves.ts';
import { forgetZoneCommands, moveWords } from './ecs-move-words.ts';
import type { Move } from './move.ts';

export function listLanguageMoves(before: FullSpec, now: FullSpec): readonly Move[] {
  return [destroyFirst(before, now), ...keepZone(before, now), deployBeside, ...beginAgain(before, now)];
}

function destroyFirst(before: FullSpec, now: FullSpec): Move {
  const [old, next] = [moveWords[before.iac].tool, moveWords[now.iac].tool];
  return {
    when: 'before',
    message: `What ${old} made is unknown to ${next}, which would make it again under the same names, and AWS refuses that. Destroy it first, with the files as they are now and with what stays behind (docs/runbook.md, Destroy): ${before.environments.join(', ')}, then the foundation, and with it images and ${before.iac === 'terraform' ? 'the bucket of states' : 'the bucket of templates'}. Nobody answers until the new ones stand. Both tools can import what is there, one thing after the other; nothing here does it. Secrets stay.`,
    commands: [],
  };
}

/** A new one would have other name servers, and whoever delegates would have to do it again. */
function keepZone(before: FullSpec, now: FullSpec): readonly Move[] {
  if (before.dns !== 'create' || before.zone !== now.zone) return [];
  const choice = now.dns === 'create' ? ', and set `dns` to existing in grpc-aws.json' : '';
  return before.iac === 'terraform'
    ? [
        {
          when: 'before',
          message: `The zone ${before.zone} can stay, and its delegation with it: have Terraform forget it before you destroy the foundation${choice}.`,
          commands: forgetZoneCommands,
        },
      ]
    : [
        {
          when: 'before',
          message: `The zone ${before.zone} stays when its stack goes, and its delegation with it${now.dns === 'create' ? ': step 1 of the new docs/runbook.md imports it' : ''}.`,
          commands: [],
        },
      ];
}

function beginAgain(before: FullSpec, now: FullSpec): readonly Move[] {
  const [old, next] = [moveWords[before.iac], moveWords[now.iac]];
  const fills = now.iac === 'cloudformation' ? ' Some values there are empty, and have to be filled in: step 4.' : '';
  return [
    {
      when: 'after',
      message: `What ${old.values} said beyond grpc-aws.json (tasks, ranges, addresses) does not come along: write it into ${next.values}.${fills}`,
      commands: [],
    },
    {
      when: 'after',
      message: `Begin at step 1 of docs/runbook.md; step 3 tells GitHub the new roles. ${old.variable} is of no use to it any more, if Destroy has not deleted it yet.`,
      commands: [`gh variable delete ${old.variable}`],
    },
  ];
}
