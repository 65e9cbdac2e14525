/** Asks with prompts that redraw: arrow keys, colours, the answer checked at once. The only import of clack. */
import { setMaxListeners } from 'node:events';
import { confirm, intro, isCancel, multiselect, note, select, text } from '@clack/prompts';
import type { Asker, ChoiceQuestion } from './asker.ts';
import type { World } from './world.ts';

export function askWithClack({ stdin, stdout, signal }: World): Asker {
  const common = { input: stdin, output: stdout, signal };
  // Each question listens to it and never stops: Node would warn of the eleventh.
  setMaxListeners(0, signal);
  return {
    open: (title) => intro(title, { output: stdout }),
    async askText({ message, example, check }) {
      const answer = await text({
        ...common,
        message,
        placeholder: `for example ${example}`,
        validate: async (value) => check((value ?? '').trim()),
      });
      return isCancel(answer) ? undefined : answer.trim();
    },
    async askChoice({ message, choices }) {
      const answer = await select({ ...common, message, options: listOptions(choices) });
      return choices.find(({ value }) => value === answer)?.value;
    },
    async askSeveral({ message, choices }) {
      const answer = await multiselect({ ...common, message, options: listOptions(choices), required: false });
      if (isCancel(answer)) return undefined;
      return choices.map(({ value }) => value).filter((value) => answer.includes(value));
    },
    async askYes(message) {
      const answer = await confirm({ ...common, message });
      return isCancel(answer) ? undefined : answer;
    },
    tell(title, told) {
      // A box breaks what is in it, and never its title: one that is too wide stands inside.
      const isWide = title.length + frame > (stdout.columns ?? 80);
      const [head, body] = isWide ? ['', `${title}\n\n${told}`] : [title, told];
      note(body, head, { output: stdout, format: (line) => line });
    },
    close() {},
  };
}

/** The columns of a box around its title. */
const frame = 6;

function listOptions(choices: ChoiceQuestion<string>['choices']) {
  // Not as a hint, which is seen only where the cursor is.
  return choices.map(({ value, title, summary }) => ({
    value,
    label: summary === undefined ? title : `${title}: ${summary}`,
  }));
}
