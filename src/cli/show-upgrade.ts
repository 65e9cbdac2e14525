/** The plan of an upgrade for people: each path with what becomes of it, conflicts last. */
import type { KeptReason, Move, PlannedChange, SettledPin, UpgradePlan, Verdict } from '../plan/upgrade-plan.ts';
import { quotePath } from '../steps/quote-path.ts';
import type { Style } from './style.ts';

/** In the order of the lines. */
const verdicts: readonly Verdict[] = ['added', 'updated', 'merged', 'renamed', 'removed', 'kept', 'conflicting'];
const width = Math.max(...verdicts.map((verdict) => verdict.length));

const reasons: Readonly<Record<KeptReason, string>> = {
  edited: 'edited, and nothing new comes for it',
  deleted: 'you deleted it, and it stays so',
  'not-a-file': 'something else is there',
  'no-longer-emitted': 'no longer part of this version, but edited',
  'no-longer-used': 'no workload uses it',
  'service-gone': 'its service is gone from the protos',
};

/** Lines without a title; none where there is nothing to say. */
export function showUpgrade({ changes, totals, moves }: Omit<UpgradePlan, 'from' | 'to'>, style: Style): string {
  const lines = verdicts.flatMap((verdict) =>
    changes.filter((change) => change.verdict === verdict).map((change) => showChange(change, style)),
  );
  return [
    ...lines,
    ...explainBlocked(changes),
    ...explainUnused(changes),
    ...explainDeleted(changes),
    style.bold(countVerdicts(totals)),
    ...showMoves(moves),
  ].join('\n');
}

/** `2 updated, 1 merged`; `nothing to change` where all is as it should be. */
export function countVerdicts(totals: UpgradePlan['totals']): string {
  const counted = verdicts.filter((verdict) => totals[verdict] > 0).map((verdict) => `${totals[verdict]} ${verdict}`);
  return counted.length > 0 ? counted.join(', ') : 'nothing to change';
}

function showChange(change: PlannedChange, style: Style): string {
  const { path, verdict, from, conflicts, because, blockedBy, replaced, leftOut, pins = [] } = change;
  // That nothing new comes would be untrue.
  const isMoved = because === 'edited' && (leftOut !== undefined || pins.length > 0);
  const details = [
    from === undefined ? undefined : `from ${from}`,
    conflicts?.join(', '),
    replaced && `in place of yours: ${replaced.join(', ')}`,
    because && (isMoved ? 'edited' : reasons[because]),
    leftOut && `stays deleted, though this version changes it: ${leftOut.join(', ')}`,
    ...pins.map(showPin),
    blockedBy === undefined || blockedBy === path ? undefined : `at ${blockedBy}`,
  ].filter((detail) => detail !== undefined);
  const line = `${verdict.padEnd(width)}  ${path}${details.length > 0 ? `: ${details.join('; ')}` : ''}`;
  if (verdict === 'conflicting') return style.red(line);
  return verdict === 'kept' && because === 'edited' && !leftOut ? style.dim(line) : line;
}

/** `kept yours: actions/checkout v8 is newer than v7.1`. */
function showPin({ name, yours, theirs, stands, because }: SettledPin): string {
  const [standing, other] = stands === 'yours' ? [yours, theirs] : [theirs, yours];
  const which = stands === 'yours' ? 'kept yours' : 'in place of yours';
  if (because === 'newer') return `${which}: ${name} ${standing} is newer than ${other}`;
  if (because === 'digest') return `${which}: ${name} ${standing} has a digest`;
  return `${which}: ${standing}, since a digest is all that was added to ${other}`;
}

/** What its owner has to do, in the order of doing it. */
export function showMoves(moves: readonly Move[]): string[] {
  const titles = { before: 'By hand, before this is written', after: 'By hand, after this is written' };
  return (['before', 'after'] as const).flatMap((when) => {
    const some = moves.filter((move) => move.when === when);
    if (some.length === 0) return [];
    const lines = some.flatMap(({ message, commands }) => [`  ${message}`, ...commands.map((line) => `    ${line}`)]);
    return [`${titles[when]}:`, ...lines];
  });
}

/** Everything else needs what is in it. */
function explainBlocked(changes: readonly PlannedChange[]): string[] {
  const isBlocked = changes.some(({ path, because }) => path === 'package.json' && because === 'not-a-file');
  if (!isBlocked) return [];
  return [
    'package.json is a link or a folder, and nothing is written through one: packages and scripts that this version needs',
    'may be missing. Put a file of its own there before this is written, and it is merged.',
  ];
}

/** The handler of a removed service imports what is generated no more; that of a workload that left is only of no use. */
function explainUnused(changes: readonly PlannedChange[]): string[] {
  const list = (title: string, isMeant: (change: PlannedChange) => boolean) => {
    const paths = changes.filter(isMeant).map(({ path }) => quotePath(path));
    return paths.length === 0 ? [] : [title, `  rm ${paths.join(' ')}`];
  };
  return [
    ...list(
      'The build fails on code whose service is gone from the protos. Take from it what you need, then remove it:',
      ({ because }) => because === 'service-gone',
    ),
    ...list('No workload runs this code. If none is to, take from it what you need, then remove it:', isUnused),
  ];
}

/** A handler that main.ts imports: the build fails without it, and only asking for it brings it back. */
function explainDeleted(changes: readonly PlannedChange[]): string[] {
  const services = changes
    .filter(({ because, ownership }) => because === 'deleted' && ownership === 'seeded')
    .flatMap(({ path }) => /^src\/workloads\/[^/]+\/(?!settings\.ts$)(.+)\.ts$/.exec(path)?.[1] ?? []);
  if (services.length === 0) return [];
  return [
    'main.ts imports a handler that you deleted. To have it back, as it is written for a new service:',
    ...services.map((service) => `  npx create-grpc-aws add service ${service}`),
  ];
}

/** The edited main.ts of a workload that left imports its handlers: it goes with them. */
function isUnused({ because, path }: PlannedChange): boolean {
  return because === 'no-longer-used' || (because === 'no-longer-emitted' && path.startsWith('src/workloads/'));
}
