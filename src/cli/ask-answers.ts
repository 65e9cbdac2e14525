/** The conversation: asks for each answer that is still open, in one order, and checks it as the flags are checked. */
import { exitCode, UserError } from '../errors.ts';
import { checkAnswers } from '../spec/check-spec.ts';
import { questions, specSchema } from '../spec/schema.ts';
import type { TargetId } from '../spec/spec.ts';
import type { Asker } from './asker.ts';
import { type GatheredAnswers, nameDirectory } from './gather-answers.ts';

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
  const named = given.directory === undefined ? { ...given, ...(await askDirectory(talk)) } : given;
  const target = given.target ?? (await askTarget(talk.asker));
  const isOpen = given.workloads === undefined && given.protos.length === 0;
  const protos = isOpen ? await askProtos(talk) : given.protos;
  const install = given.install ?? answered(await talk.asker.askYes('Install its packages with npm install?'));
  const git = given.git ?? answered(await talk.asker.askYes('Start a git repository with a first commit?'));
  return { ...named, target, protos, install, git };
}

/** The answer, where there is one. */
export function answered<T>(answer: T | undefined): T {
  if (answer !== undefined) return answer;
  throw new UserError(exitCode.interrupted, { message: 'Interrupted: nothing was written' });
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
        explain(async () => {
          checkAnswers({ name: answer === '' ? '' : nameDirectory(answer, cwd) });
          await checkDirectory(answer);
        }),
    }),
  );
  return { directory, name: nameDirectory(directory, cwd) };
}

async function askTarget(asker: Asker): Promise<TargetId> {
  const { enum: ids = [], titles = {} } = specSchema.properties?.target ?? {};
  const [first, ...others] = ids as readonly TargetId[];
  // A choice of one is no question; the plan shows it.
  if (first !== undefined && others.length === 0) return first;
  const choices = (ids as readonly TargetId[]).map((id) => ({ value: id, title: id, summary: titles[id] ?? '' }));
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
      check: (answer) => explain(() => checkProtos(splitPaths(answer))),
    }),
  );
  return splitPaths(paths);
}

function splitPaths(answer: string): string[] {
  const paths = answer.split(',').map((path) => path.trim());
  return paths.filter((path) => path !== '');
}

/** What a check refuses, in words for the person who is asked. */
async function explain(check: () => void | Promise<void>): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const lines = error.faults.map(({ at, message, hint }) => {
      const told = at === undefined ? message : `${at}: ${message}`;
      // A hint that names a flag is for whoever typed one.
      return hint === undefined || hint.includes('--') ? told : `${told}. ${hint}`;
    });
    return lines.join('\n');
  }
}
