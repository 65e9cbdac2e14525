/** What came of an upgrade: for people with commands that can be pasted, for programs as one document. */
import type { Move } from '../plan/upgrade-plan.ts';
import type { Abortion } from '../upgrade/abort-upgrade.ts';
import { abortCommand, upgradeCommand } from '../upgrade/ports.ts';
import type { Upgrade } from '../upgrade/upgrade.ts';
import { type Output, tame } from './output.ts';
import { countVerdicts, showMoves, showUpgrade } from './show-upgrade.ts';
import { tellOutcome } from './tell-outcome.ts';

export interface Telling {
  isCheck: boolean;
  /** Whoever agreed to the plan has seen it. */
  isShown: boolean;
  /** Of a command that does more than to render anew. */
  title?: string;
}

export function tellUpgrade(upgrade: Upgrade, { isCheck, isShown, title }: Telling, output: Output): void {
  const { status, code, plan, earlier, edited, install, notes, remaining } = upgrade;
  if (output.isJson) {
    output.printDocument({ code, status, plan, earlier, edited, install, notes, remaining });
    return;
  }
  tellEarlier(upgrade, output);
  const { print, style, signs } = output;
  const lines = showUpgrade(plan, style);
  switch (status) {
    case 'current':
      if (plan.changes.length > 0) print(lines);
      print(`${style.green(signs.done)} Up to date with create-grpc-aws ${plan.to}`);
      break;
    case 'planned':
      print([style.bold(title ?? nameUpgrade(upgrade)), lines].join('\n'));
      print(isCheck ? `To change that: ${upgradeCommand}` : 'A dry run: nothing was written.');
      break;
    case 'declined':
      print('Nothing was written.');
      tellMoves(upgrade, 'before', output);
      break;
    case 'upgraded':
      if (!isShown) print(lines);
      print(`${style.green(signs.done)} ${title ?? nameUpgrade(upgrade)}: ${countVerdicts(plan.totals)}`);
      if (isShown) tellMoves(upgrade, 'after', output);
      break;
    case 'conflicting':
      if (isShown) tellMoves(upgrade, 'after', output);
      else print(lines);
      tellConflicts(upgrade, output);
  }
  for (const note of notes) output.complain(`${output.errorStyle.yellow('note: ')}${tame(note)}`);
  if (status !== 'upgraded' && status !== 'current') return;
  if (install.status !== 'skipped') tellOutcome('install', install, output);
  if (remaining.length > 0) print(['', style.bold('Next'), ...remaining.map(indent)].join('\n'));
}

/** A new version, or the same one with other answers and protos. */
export function nameUpgrade({ plan: { from, to } }: Pick<Upgrade, 'plan'>): string {
  return from === to ? `Rendered anew with create-grpc-aws ${to}` : `From create-grpc-aws ${from} to ${to}`;
}

export function tellAbortion({ edited, notes }: Abortion, output: Output): void {
  if (output.isJson) output.printDocument({ code: 0, status: 'aborted', edited, notes });
  const told =
    edited.length === 0 ? 'All is as it was before the upgrade' : 'The upgrade is taken back, but not everywhere';
  output.print(`${output.style.green(output.signs.done)} ${told}`);
  tellLeft(edited, output);
  for (const note of notes) output.complain(`${output.errorStyle.yellow('note: ')}${tame(note)}`);
}

function tellEarlier({ earlier, edited }: Upgrade, output: Output): void {
  if (earlier === 'nothing') return;
  output.print(`An earlier run was cut short: it is ${earlier === 'finished' ? 'finished' : 'taken back'} now.`);
  tellLeft(edited, output);
}

function tellLeft(edited: readonly string[], { print }: Output): void {
  for (const path of edited) print(`  left as it is, for somebody edited it since: ${path}`);
}

function tellConflicts(upgrade: Upgrade, { complain, errorStyle, style, print }: Output): void {
  const { plan, remaining } = upgrade;
  const paths = plan.changes.filter(({ verdict }) => verdict === 'conflicting').map(({ path }) => path);
  const all = paths.length === 1 ? '1 file has conflicts' : `${paths.length} files have conflicts`;
  complain(`${errorStyle.red('error: ')}${all}; everything else is upgraded`);
  for (const { path, choices = [] } of plan.changes) {
    if (choices.length === 0) continue;
    print(`${tame(path)} takes no markers, and keeps your values until you change them:`);
    for (const { where, yours = 'nothing', theirs = 'nothing' } of choices) {
      print([`  ${tame(where)}`, `    yours: ${tame(yours)}`, `    new:   ${tame(theirs)}`].join('\n'));
    }
  }
  const title = 'Next, once you chose between the sides in them';
  if (remaining.length > 0) print(['', style.bold(title), ...remaining.map(indent)].join('\n'));
  print(['', style.bold('Or, to have it all as it was'), indent(abortCommand)].join('\n'));
}

/** Once more, where they were in a box whose lines are broken: from here they can be copied. */
function tellMoves({ plan: { moves } }: Upgrade, next: Move['when'], { print }: Output): void {
  const lines = showMoves(moves.filter(({ when }) => when === next));
  if (lines.length > 0) print(lines.join('\n'));
}

function indent(command: string): string {
  return `  ${command}`;
}
