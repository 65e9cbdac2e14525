/** The part of the conversation that depends on the target: what it needs, then all its options in one question. */
import { checkAnswers } from '../spec/check-spec.ts';
import { type Setting, settingsOf } from '../spec/schema.ts';
import type { Settings, TargetId } from '../spec/spec.ts';
import type { Asker } from './asker.ts';
import { answered, explainRefusal } from './take-answers.ts';

export interface Known {
  name: string;
  target: TargetId;
  settings: Partial<Settings>;
}

/** Everything that was known, and what was answered. @throws UserError (interrupted) */
export async function askSettings({ name, target, settings }: Known, asker: Asker): Promise<Partial<Settings>> {
  // At once where the target refuses what is known already.
  checkAnswers({ name, target, ...settings });
  let said: Partial<Settings> = settings;
  for (const setting of settingsOf(target)) {
    if (setting.question.prompt === undefined || said[setting.name] !== undefined) continue;
    const check = (answer: string) => checkAnswers({ name, target, ...said, [setting.name]: answer });
    said = { ...said, [setting.name]: await askSetting(setting, setting.question.prompt, check, asker) };
  }
  return { ...said, ...(await askOptions(settingsOf(target), said, asker)) };
}

/** More values than this are typed, not chosen. */
const longestChoice = 8;

async function askSetting(
  { node }: Setting,
  message: string,
  check: (answer: string) => unknown,
  asker: Asker,
): Promise<string> {
  const { enum: values = [], titles = {}, example } = node;
  if (values.length > 0 && values.length <= longestChoice) {
    const choices = values.map(String).map((value) => {
      const summary = titles[value];
      return { value, title: value, ...(summary !== undefined && { summary }) };
    });
    return answered(await asker.askChoice({ message, choices }));
  }
  return answered(await asker.askText({ message, example, check: (answer) => explainRefusal(() => check(answer)) }));
}

async function askOptions(
  settings: readonly Setting[],
  said: Partial<Settings>,
  asker: Asker,
): Promise<Readonly<Record<string, unknown>>> {
  const open = settings.filter(({ name, question }) => question.option !== undefined && said[name] === undefined);
  // What every target takes is no reason to ask of a target that has no options of its own.
  if (open.every(({ node }) => node.targets === undefined)) return {};
  const choices = open.map(({ name, question }) => ({ value: name, title: question.option ?? name }));
  const chosen = answered(await asker.askSeveral({ message: 'Which options? None is needed.', choices }));
  const others: Record<string, unknown> = {};
  for (const setting of open.filter(({ name }) => chosen.includes(name))) {
    others[setting.name] = await findOther(setting, asker);
  }
  return others;
}

/** The value that is not the default; where there are several, that is asked. */
async function findOther({ node, question }: Setting, asker: Asker): Promise<unknown> {
  if (node.type === 'boolean') return !node.default;
  const [first, ...more] = node.enum?.filter((value) => value !== (node.default ?? node.enum?.[0])) ?? [];
  if (more.length === 0) return first;
  const choices = [first, ...more]
    .map(String)
    .map((value) => ({ value, title: value, summary: node.titles?.[value] ?? '' }));
  return answered(await asker.askChoice({ message: `${question.option}: which?`, choices }));
}
