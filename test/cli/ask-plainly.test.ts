import { expect, it } from 'vitest';
import { askPlainly } from '../../src/cli/ask-plainly.ts';
import { createWorld } from './test-world.ts';

const isShort = async (answer: string) => (answer.length > 3 ? 'too long' : undefined);

it('asks again until an answer is accepted, and says why', async () => {
  const world = createWorld({ isTerminal: true });
  world.type('orders', ' abc ');
  const asker = askPlainly(world);
  expect(await asker.askText({ message: 'Name?', example: 'abc', check: isShort })).toBe('abc');
  expect(world.told.stdout).toBe('Name?\nFor example abc: Not accepted: too long\n\nName?\nFor example abc: ');
  asker.close();
});

it('lists choices by number, and takes Enter for the first', async () => {
  const world = createWorld({ isTerminal: true });
  world.type('3', 'b', '2', '');
  const asker = askPlainly(world);
  const question = {
    message: 'Which?',
    choices: [
      { value: 'a', title: 'A', summary: 'the first' },
      { value: 'b', title: 'B' },
    ],
  };
  expect(await asker.askChoice(question)).toBe('b');
  expect(await asker.askChoice(question)).toBe('a');
  expect(world.told.stdout).toContain('Which?\n1. A: the first\n2. B\nNumber (1 to 2, Enter for 1): ');
  asker.close();
});

it('takes yes, no and Enter', async () => {
  const world = createWorld({ isTerminal: true });
  world.type('maybe', 'No', 'y', '');
  const asker = askPlainly(world);
  expect([await asker.askYes('Go?'), await asker.askYes('Go?'), await asker.askYes('Go?')]).toEqual([
    false,
    true,
    true,
  ]);
  asker.close();
});

it('writes no control character but line breaks', async () => {
  const world = createWorld({ isTerminal: true });
  world.type('x', '', '');
  const asker = askPlainly(world);
  asker.open('Title');
  await asker.askText({ message: 'Name?', example: 'abc', check: isShort });
  asker.tell('Plan', 'line');
  await asker.askYes('Go?');
  expect(world.told.stdout).toMatch(/^[ -~\n]*$/);
  asker.close();
});

it('gives up at the end of the input and at an interruption', async () => {
  const ended = createWorld({ isTerminal: true });
  (ended.stdin as unknown as { end(): void }).end();
  expect(await askPlainly(ended).askYes('Go?')).toBeUndefined();

  const interrupted = createWorld({ isTerminal: true });
  const asker = askPlainly(interrupted);
  const answer = asker.askYes('Go?');
  interrupted.interrupt();
  expect(await answer).toBeUndefined();
  asker.close();
});
