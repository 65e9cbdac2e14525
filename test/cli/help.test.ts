import { describe, expect, it } from 'vitest';
import { flags, laterVerbs, type Verb, verbs } from '../../src/cli/flags.ts';
import { writeHelp, writeVerbHelp } from '../../src/cli/help.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';

const help = writeHelp('0.1.0');

it('fits a terminal of 80 columns', () => {
  expect(help.split('\n').filter((line) => line.length > 80)).toStrictEqual([]);
});

it('names every flag and every verb, and only plain characters', () => {
  for (const { name } of flags.filter(({ isOpposite }) => !isOpposite)) expect(help).toContain(`--${name}`);
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

describe.each(Object.keys(verbs) as Verb[])('%s --help', (verb) => {
  const page = writeVerbHelp(verb, '0.1.0');

  it('is what the command line answers with', () => {
    expect(parseArguments([verb, '--help'])).toStrictEqual({ verb: 'help', of: verb });
    expect(page).toContain(`\n${verbs[verb]}.\n`);
  });

  it('fits a terminal of 80 columns, in plain characters', () => {
    expect(page.split('\n').filter((line) => line.length > 80)).toStrictEqual([]);
    expect(page).toMatch(/^[ -~\n]*$/);
  });

  it('names every flag of the verb, and none of another', () => {
    const named = new Set(
      [...page.split('\nFlags\n')[1]!.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map((match) => match[1]),
    );
    const taken = flags.filter(({ verbs: of, isOpposite }) => of.includes(verb) && !isOpposite);
    expect([...named].sort()).toStrictEqual(taken.map(({ name }) => name).sort());
  });

  it('shows examples that the command line takes', () => {
    const examples = page.split('Examples\n')[1]?.split('\n\n')[0]?.split('\n') ?? [];
    for (const example of examples) expect(parseArguments(example.trim().split(' ').slice(1))).toMatchObject({ verb });
  });
});

it('gives no verb two meanings', () => {
  expect(Object.keys(verbs).filter((verb) => laterVerbs.includes(verb))).toStrictEqual([]);
});
