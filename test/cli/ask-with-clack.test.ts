import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { askWithClack } from '../../src/cli/ask-with-clack.ts';
import { createWorld } from './test-world.ts';

it('shows what each choice is before it is chosen', async () => {
  const world = createWorld({ isTerminal: true });
  const choices = [
    { value: 'a', title: 'First', summary: 'the one' },
    { value: 'b', title: 'Second', summary: 'the other' },
  ];
  const answer = askWithClack(world).askChoice({ message: 'Which?', choices });
  await sleep(20);
  const shown = stripVTControlCharacters(world.told.stdout);
  expect(shown).toContain('First: the one');
  expect(shown).toContain('Second: the other');
  world.stdin.push('\r');
  expect(await answer).toBe('a');
});

it('asks as many questions as there are without a word from Node', async () => {
  const warnings: string[] = [];
  const listen = ({ name }: Error) => warnings.push(name);
  process.on('warning', listen);
  onTestFinished(() => void process.off('warning', listen));
  const world = createWorld({ isTerminal: true });
  // As Node 20 has it without being told.
  setMaxListeners(10, world.signal);
  const asker = askWithClack(world);
  for (let asked = 0; asked < 15; asked += 1) {
    const answer = asker.askYes('Well?');
    world.stdin.push('\r');
    expect(await answer).toBe(true);
  }
  await sleep(20);
  expect(warnings).toEqual([]);
});

it.each([40, 20, 80])('tells within %i columns', (columns) => {
  const world = createWorld({ isTerminal: true, columns });
  const command = 'terraform -chdir=infra state rm module.network.aws_nat_gateway.this';
  const lines = ['updated      .github/workflows/build.yml', `  ${command}`, '\u001b[31mconflicting  a\u001b[39m'];
  askWithClack(world).tell('From create-grpc-aws 0.2.0 to 0.3.0, all of it', lines.join('\n'));
  const widths = stripVTControlCharacters(world.told.stdout)
    .split('\n')
    .map((line) => line.length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
  expect(stripVTControlCharacters(world.told.stdout).replace(/[^\w.]/g, '')).toContain(
    'Fromcreategrpcaws0.2.0to0.3.0allofit',
  );
});
