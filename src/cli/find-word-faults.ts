/** What is wrong with the words of a command line, each with what would do. */
import type { parseArgs } from 'node:util';
import type { Fault } from '../errors.ts';
import { findNearest } from '../spec/find-nearest.ts';
import { showValue } from '../spec/show-value.ts';
import { type Flag, flags, type Verb, verbs } from './flags.ts';

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
export type OptionToken = Extract<Token, { kind: 'option' }>;

export function findOptionFaults(options: readonly OptionToken[], argv: readonly string[], verb: Verb): Fault[] {
  return options.flatMap((option, index) => {
    const flag = flags.find(({ name }) => name === option.name);
    if (!flag) {
      // `-yes` is three short flags to the parser, and one mistake to whoever typed it.
      const isTold = options.slice(0, index).some((other) => other.index === option.index && !isKnown(other));
      return isTold ? [] : [explainUnknown(option, argv)];
    }
    const earlier = options.slice(0, index).some(({ name }) => name === option.name);
    const fault = explainMisuse(flag, option, verb, earlier);
    return fault ? [fault] : [];
  });
}

/** Each of them is a run of its own. */
export function findExclusions(options: readonly OptionToken[]): Fault[] {
  const isGiven = (name: string) => options.some((option) => option.name === name);
  const given = [...['check', 'abort', 'dry-run'], ...(isGiven('abort') ? ['config'] : [])].filter(isGiven);
  const flagged = given.map((name) => `--${name}`);
  const runs =
    given.length < 2 || !given.some((name) => name !== 'dry-run')
      ? []
      : [{ message: `${flagged.join(' and ')} exclude each other`, hint: `Give one of them: ${flagged[0]}` }];
  return [...runs, ...findContradictions(options)];
}

/** A switch both ways. */
function findContradictions(options: readonly OptionToken[]): Fault[] {
  const isGiven = (flag: Flag) => options.some(({ name }) => name === flag.name);
  return flags
    .filter((flag) => flag.isOpposite && isGiven(flag))
    .flatMap((opposite) => {
      const other = flags.find((flag) => flag.setting === opposite.setting && flag !== opposite);
      if (other === undefined || !isGiven(other)) return [];
      const names = [other, opposite].map(({ name }) => `--${name}`);
      return [{ message: `${names.join(' and ')} exclude each other`, hint: `Give one of them: ${names[0]}` }];
    });
}

export function findAdditionFaults(kind: string | undefined, options: readonly OptionToken[]): Fault[] {
  if (kind !== undefined && !isAddable(kind)) {
    const nearest = findNearest(kind, addable);
    const hint = nearest ? `Did you mean add ${nearest}?` : 'Say add service PACKAGE.SERVICE, or add workload NAME';
    return [{ message: `add takes service or workload, and not ${escapeWord(kind)}`, hint }];
  }
  const given = options.filter(({ name, value }) => name === 'workload' && value !== undefined);
  const [first] = given;
  if (first === undefined) return [];
  const name = first.value?.split('=')[0] ?? '';
  if (kind === 'workload')
    return [{ message: '--workload is no flag of add workload', hint: `Give its name alone: add workload ${name}` }];
  if (given.length > 1)
    return [{ message: '--workload is given more than once', hint: 'One workload serves a service' }];
  if (!first.value?.includes('=')) return [];
  const hint = `Say --workload ${name}, and --proto for the file`;
  return [{ message: '--workload takes the name alone with add', hint }];
}

const addable = ['service', 'workload'] as const;

export function isAddable(word: string): word is (typeof addable)[number] {
  return (addable as readonly string[]).includes(word);
}

export function isKnown(option: OptionToken): boolean {
  return flags.some(({ name }) => name === option.name);
}

function explainMisuse(flag: Flag, option: OptionToken, verb: Verb, earlier: boolean): Fault | undefined {
  const typed = option.rawName;
  const example = `--${flag.name} ${flag.example}`;
  if (!flag.verbs.includes(verb)) return { message: `${typed} is no flag of ${verb}`, hint: `Leave out ${typed}` };
  if (!flag.valueName) {
    const message = `${typed} takes no value, but was given ${showValue(option.value)}`;
    return option.inlineValue ? { message, hint: `Write ${typed}, or leave it out` } : undefined;
  }
  if (option.value === undefined || option.value === '')
    return { message: `${typed} needs a value: ${flag.valueName}`, hint: `For example: ${example}` };
  if (!option.inlineValue && option.value.startsWith('-')) {
    const hint = `For example: ${example}; a value that begins with - is written --${flag.name}=${option.value}`;
    return { message: `${typed} needs a value: ${flag.valueName}`, hint };
  }
  if (earlier && !flag.repeatable)
    return { message: `${typed} is given more than once`, hint: `Give --${flag.name} once` };
  return undefined;
}

function explainUnknown(option: OptionToken, argv: readonly string[]): Fault {
  const word = argv[option.index] ?? option.rawName;
  const typed = option.rawName.startsWith('--') ? option.rawName : (/^-[^=]+/.exec(word)?.[0] ?? word);
  const nearest = findNearest(
    typed.replace(/^-+/, ''),
    flags.map(({ name }) => name),
  );
  return {
    message: `unknown flag ${escapeWord(typed)}`,
    hint: nearest ? `Did you mean --${nearest}?` : 'See every flag: create-grpc-aws --help',
  };
}

/** What other tools call what a verb of ours does. */
const otherWords: ReadonlyMap<string, string> = new Map([
  ['update', 'Did you mean upgrade?'],
  ['check', 'Did you mean upgrade --check?'],
  ['abort', 'Did you mean upgrade --abort?'],
  ['init', 'Did you mean new?'],
  ['create', 'Did you mean new?'],
  ['list', 'Did you mean targets?'],
  ['help', 'Did you mean --help?'],
  ['version', 'Did you mean --version?'],
  ...['remove', 'delete', 'rm'].map(
    (word) => [word, 'To remove something, take it out of grpc-aws.json, then run: create-grpc-aws upgrade.'] as const,
  ),
]);

/** A first word that is no verb names a project, unless it was most likely meant as one: undefined where it was not. */
export function explainNearVerb(word: string, hasMore: boolean): Fault | undefined {
  if (!/^[a-z-]+$/i.test(word)) return undefined;
  // A word of three letters is close to many names: `ads` is meant as `add` only before what it adds.
  const known = Object.keys(verbs).filter((verb) => hasMore || verb.length > 3);
  const nearest = findNearest(word, known);
  const meant = otherWords.get(word.toLowerCase()) ?? (nearest && `Did you mean ${nearest}?`);
  if (meant === undefined) return undefined;
  const hint = `${meant} For a project of that name, run: create-grpc-aws new ${word}`;
  return { message: `there is no verb ${word}`, hint };
}

export function explainExtraWord(word: string): Fault {
  if (word.startsWith('-')) return { message: `${escapeWord(word)} stands after --`, hint: 'Leave out the --' };
  return { message: `one argument too many: ${escapeWord(word)}`, hint: 'Quote a path with spaces' };
}

/** Bare where it is harmless, quoted and escaped where it is not. */
function escapeWord(word: string): string {
  return /^[\w./=@:-]{1,80}$/.test(word) ? word : showValue(word);
}
