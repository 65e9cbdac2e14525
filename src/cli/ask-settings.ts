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
  if (open.length === 0) return {};
  const choices = open.map(({ name, question }) => ({ value: name, title: question.option ?? name }));
  const chosen = answered(await asker.askSeveral({ message: 'Which options? None is needed.', choices }));
  return Object.fromEntries(
    open.filter(({ name }) => chosen.includes(name)).map((setting) => [setting.name, findOther(setting)]),
  );
}

/** Of the two values of an option the one that is not the default. */
function findOther({ node }: Setting): unknown {
  if (node.type === 'boolean') return !node.default;
  return node.enum?.find((value) => value !== node.default);
}
