/** What came of a creation: for people with commands that can be pasted, for programs as one document. */
import { relative } from 'node:path';
import type { Creation, CreationRequest } from '../create/create.ts';
import { describeExample } from '../render/view.ts';
import { packageManagerOf } from '../spec/package-managers.ts';
import type { Output } from './output.ts';
import { showPlan } from './show-plan.ts';
import { showSettings } from './show-settings.ts';
import { tellOutcome } from './tell-outcome.ts';
import type { World } from './world.ts';

/** In repos that are deployed somewhere: from an empty account to the first call. */
const runbook = 'docs/runbook.md';

/** What runs once the files are there, as one would type it. */
export function listSteps({ install, git, settings }: Pick<CreationRequest, 'install' | 'git' | 'settings'>): string[] {
  return [
    ...(install ? [packageManagerOf(settings ?? {}).install] : []),
    ...(git ? ['git init and a first commit'] : []),
  ];
}

export function tellCreation(creation: Creation, request: CreationRequest, world: World, output: Output): void {
  const { status, code, spec, plan, install, git, remaining } = creation;
  const { start, call } = listNext(creation, world);
  const next = status === 'created' ? [...start, call] : [];
  if (output.isJson) output.printDocument({ code, status, spec, plan, install, git, remaining, next });
  else if (status === 'declined') output.print('Nothing was written.');
  else if (status === 'planned') output.print(tellPlanned(creation, request, output));
  else {
    tellCreated(creation, world, output);
    const indent = (command: string) => `  ${command}`;
    output.print(['', output.style.bold('Next'), ...start.map(indent)].join('\n'));
    output.print(['', output.style.bold('Then, in a second terminal there'), indent(call)].join('\n'));
    if (plan.added.some(({ path }) => path === runbook))
      output.print(['', output.style.bold('To deploy it'), indent(`read ${runbook}`)].join('\n'));
  }
}

function tellPlanned({ plan }: Creation, request: CreationRequest, { style }: Output): string {
  const title = style.bold(`${request.name}, for the target ${request.target}`);
  const files = plan.added.map(({ path }) => style.dim(`  ${path}`));
  const settings = showSettings(request, style);
  return [
    title,
    ...settings,
    ...files,
    showPlan(plan, listSteps(request), style),
    'A dry run: nothing was written.',
  ].join('\n');
}

function tellCreated({ plan, install, git }: Creation, world: World, output: Output): void {
  const { style, signs } = output;
  const place = relative(world.cwd, plan.directory) || '.';
  output.print(`${style.green(signs.done)} ${plan.totals.files} files in ${place}`);
  for (const { path, insteadOf } of plan.kept)
    output.print(`  kept: ${path}${insteadOf === undefined ? '' : ', so no other is written'}`);
  tellOutcome('install', install, output);
  tellOutcome('git', git, output);
}

/** From the folder where the user is to a server that runs, and a call that it answers. */
function listNext(
  { plan, spec, contract, install, remaining }: Creation,
  world: World,
): { start: readonly string[]; call: string } {
  const place = relative(world.cwd, plan.directory);
  const { method, request } = describeExample(spec, contract);
  const manager = packageManagerOf(spec);
  return {
    start: [
      ...(place === '' ? [] : [`cd ${quoteWord(place, world)}`]),
      ...remaining,
      ...(install.status === 'done' || remaining.includes(manager.install) ? [] : [manager.install]),
      `${manager.run} dev`,
    ],
    call: `${manager.run} call ${manager.separator}${method} ${quoteWord(request, world)}`,
  };
}

/** For a POSIX shell; on Windows for both of its shells, as far as one spelling can serve both. */
function quoteWord(word: string, { platform }: World): string {
  if (/^[\w./:@+=-]+$/.test(word)) return word;
  if (platform !== 'win32') return `'${word.replaceAll("'", "'\\''")}'`;
  return /^[\w./:@+=\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`;
}
