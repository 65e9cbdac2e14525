import { expect, it } from 'vitest';
import { flags, laterVerbs, verbs } from '../../src/cli/flags.ts';
import { writeHelp } from '../../src/cli/help.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';

const help = writeHelp('0.1.0');

it('fits a terminal of 80 columns', () => {
  expect(help.split('\n').filter((line) => line.length > 80)).toStrictEqual([]);
});

it('names every flag and every verb, and only plain characters', () => {
  for (const { name } of flags) expect(help).toContain(`--${name}`);
  for (const verb of Object.keys(verbs)) expect(help).toContain(`\n  ${verb} `);
  expect(help).toMatch(/^[ -~\n]*$/);
});

it('shows examples that the command line takes', () => {
  const examples = help.split('Examples\n')[1]?.split('\n\n')[0]?.split('\n') ?? [];
  expect(examples.length).toBeGreaterThan(2);
  for (const example of examples) {
    const [program, ...argv] = example.trim().split(' ');
    expect(program).toBe('create-grpc-aws');
    expect(parseArguments(argv)).toMatchObject({ verb: 'new' });
  }
});

it('gives no verb two meanings', () => {
  expect(Object.keys(verbs).filter((verb) => laterVerbs.includes(verb))).toStrictEqual([]);
});
