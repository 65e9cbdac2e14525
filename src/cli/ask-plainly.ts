/** Asks in plain lines, nothing redrawn: for screen readers and for terminals that can only print. */
import { createInterface } from 'node:readline/promises';
import type { Asker } from './asker.ts';
import type { World } from './world.ts';

export function askPlainly({ stdin, stdout, signal }: World): Asker {
  // `terminal: false` keeps the line editing, and its redrawing, with the terminal itself.
  const lines = createInterface({ input: stdin, output: stdout, terminal: false });
  const arrived = lines[Symbol.asyncIterator]();
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });

  const ask = async (prompt: string): Promise<string | undefined> => {
    stdout.write(prompt);
    const line = await Promise.race([arrived.next(), aborted]);
    if (line === 'aborted' || line.done) {
      stdout.write('\n');
      return undefined;
    }
    return line.value.trim();
  };

  const askYesOrNo = async (message: string, preset: boolean): Promise<boolean | undefined> => {
    for (;;) {
      const answer = (await ask(`${message} yes or no (Enter for ${preset ? 'yes' : 'no'}): `))?.toLowerCase();
      if (answer === undefined) return undefined;
      if (answer === '') return preset;
      if (['y', 'yes'].includes(answer)) return true;
      if (['n', 'no'].includes(answer)) return false;
      stdout.write('Not accepted: answer yes or no\n\n');
    }
  };

  return {
    open: (title) => stdout.write(`${title}\n\n`),
    async askText({ message, example, check }) {
      for (;;) {
        const answer = await ask(`${message}\nFor example ${example}: `);
        const wrong = answer === undefined ? undefined : await check(answer);
        if (wrong === undefined) return answer;
        stdout.write(`Not accepted: ${wrong}\n\n`);
      }
    },
    async askChoice({ message, choices }) {
      const list = choices.map(({ title, summary }, index) => `${index + 1}. ${title}${summary ? `: ${summary}` : ''}`);
      for (;;) {
        const answer = await ask(`${[message, ...list].join('\n')}\nNumber (1 to ${choices.length}, Enter for 1): `);
        if (answer === undefined) return undefined;
        const chosen = answer === '' ? choices[0] : choices[Number(answer) - 1];
        if (chosen) return chosen.value;
        stdout.write(`Not accepted: give a number from 1 to ${choices.length}\n\n`);
      }
    },
    async askSeveral({ message, choices }) {
      stdout.write(`${message}\n`);
      const chosen: (typeof choices)[number]['value'][] = [];
      for (const { value, title } of choices) {
        const answer = await askYesOrNo(`${title}?`, false);
        if (answer === undefined) return undefined;
        if (answer) chosen.push(value);
      }
      return chosen;
    },
    askYes: (message) => askYesOrNo(message, true),
    tell: (title, text) => stdout.write(`${title}\n${text}\n\n`),
    close: () => lines.close(),
  };
}
