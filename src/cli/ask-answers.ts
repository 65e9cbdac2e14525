/** The conversation: asks for each answer that is still open, in one order, and checks it as the flags are checked. */
import { checkAnswers } from '../spec/check-spec.ts';
import { listOfferedTargets } from '../spec/offered-targets.ts';
import { packageManagerOf } from '../spec/package-managers.ts';
import { questions, settings } from '../spec/schema.ts';
import type { Settings, TargetId } from '../spec/spec.ts';
import { askSettings } from './ask-settings.ts';
import type { Asker } from './asker.ts';
import { type GatheredAnswers, nameDirectory } from './gather-answers.ts';
import { answered, explainRefusal } from './take-answers.ts';

export interface Conversation {
  asker: Asker;
  cwd: string;
  /** Throws a UserError where a project cannot go into that folder. */
  checkDirectory(directory: string): void | Promise<void>;
  /** Throws a UserError where these files or folders hold no protos that can be used. */
  checkProtos(paths: readonly string[]): void | Promise<void>;
}

/** @throws UserError (interrupted) */
export async function askAnswers(given: GatheredAnswers, talk: Conversation): Promise<GatheredAnswers> {
  const { directory = '', name = '' } = given.directory === undefined ? await askDirectory(talk) : given;
  const target = given.target ?? (await askTarget(given.settings ?? {}, talk.asker));
  const said = await askSettings({ name, target, settings: given.settings ?? {} }, talk.asker);
  const isOpen = given.workloads === undefined && given.protos.length === 0;
  const protos = isOpen ? await askProtos(talk) : given.protos;
  const command = packageManagerOf(said).install;
  const install = given.install ?? answered(await talk.asker.askYes(`Install its packages with ${command}?`));
  const git = given.git ?? answered(await talk.asker.askYes('Start a git repository with a first commit?'));
  const settings = Object.keys(said).length > 0 ? { settings: said } : {};
  return { ...given, directory, name, target, ...settings, protos, install, git };
}

async function askDirectory({
  asker,
  cwd,
  checkDirectory,
}: Conversation): Promise<{ directory: string; name: string }> {
  const directory = answered(
    await asker.askText({
      message: questions.name.prompt,
      example: questions.name.example,
      check: (answer) =>
        explainRefusal(async () => {
          checkAnswers({ name: answer === '' ? '' : nameDirectory(answer, cwd) });
          await checkDirectory(answer);
        }),
    }),
  );
  return { directory, name: nameDirectory(directory, cwd) };
}

/** Among those that take what was said already. */
async function askTarget(said: Partial<Settings>, asker: Asker): Promise<TargetId> {
  const taking = settings.filter(({ name }) => said[name] !== undefined).map(({ targets }) => targets);
  const choices = listOfferedTargets()
    .filter(({ id }) => taking.every((targets) => targets.includes(id)))
    .map(({ id, summary }) => ({ value: id, title: id, summary }));
  const [first, ...others] = choices;
  // A choice of one is no question; the plan shows it.
  if (first !== undefined && others.length === 0) return first.value;
  return answered(await asker.askChoice({ message: questions.target.prompt, choices }));
}

async function askProtos({ asker, checkProtos }: Conversation): Promise<readonly string[]> {
  const source = answered(
    await asker.askChoice({
      message: 'Which API should it serve?',
      choices: [
        { value: 'sample', title: 'A sample', summary: 'one service with all four kinds of call' },
        { value: 'own', title: 'My own .proto files' },
      ],
    }),
  );
  if (source === 'sample') return [];
  const paths = answered(
    await asker.askText({
      message: questions.protos.prompt,
      example: questions.protos.example,
      check: (answer) => explainRefusal(() => checkProtos(splitPaths(answer))),
    }),
  );
  return splitPaths(paths);
}

function splitPaths(answer: string): string[] {
  const paths = answer.split(',').map((path) => path.trim());
  return paths.filter((path) => path !== '');
}
