/** From the words of the command line to what was asked for, or to everything that is wrong with them. */
import { parseArgs } from 'node:util';
import { exitCode, type Fault, UserError } from '../errors.ts';
import { findNearest } from '../spec/find-nearest.ts';
import { showValue } from '../spec/show-value.ts';
import { type Flag, flags, laterVerbs, type Verb, verbs } from './flags.ts';

export type Command =
  /** Of one verb, or of all. */
  | { verb: 'help'; of?: Verb }
  | { verb: 'version' }
  | { verb: 'targets' | 'schema'; json: boolean }
  | ({ verb: 'add' } & AddArguments)
  | ({ verb: 'upgrade' } & UpgradeArguments)
  | ({ verb: 'eject' } & EjectArguments)
  | ({ verb: 'new' } & NewArguments);

/** As typed: nothing of it is checked beyond its place. */
export interface NewArguments {
  directory?: string;
  target?: string;
  /** Each `NAME` or `NAME=PROTO`. */
  workloads: readonly string[];
  protos: readonly string[];
  /** Those of some targets, by their names in the schema. */
  settings: Readonly<Record<string, string | boolean | readonly string[]>>;
  config?: string;
  yes: boolean;
  dryRun: boolean;
  json: boolean;
  /** Undefined: not said either way. */
  install?: false;
  git?: false;
}

export interface UpgradeArguments {
  check: boolean;
  abort: boolean;
  yes: boolean;
  dryRun: boolean;
  json: boolean;
  install: boolean;
}

export interface AddArguments {
  kind?: 'service' | 'workload';
  /** Of a service its full name. */
  name?: string;
  /** Which one serves it. */
  workload?: string;
  protos: readonly string[];
  yes: boolean;
  dryRun: boolean;
  json: boolean;
  install: boolean;
}

export type EjectArguments = Omit<UpgradeArguments, 'check' | 'abort'>;

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** @throws UserError (usage) with every fault at once. */
export function parseArguments(argv: readonly string[]): Command {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      flags.map(({ name, short, valueName }) => [
        name,
        { type: valueName ? 'string' : 'boolean', multiple: true, ...(short && { short }) } as const,
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options = tokens.filter((token) => token.kind === 'option');
  const asks = (name: string) => options.some((option) => option.name === name && option.value === undefined);
  if (asks('version') && !asks('help')) return { verb: 'version' };

  // The word after an unknown flag is most likely its value: the flag is what is wrong.
  const unknown = new Set(options.filter((option) => !isKnown(option)).map(({ index }) => index));
  const words = tokens
    .filter((token) => token.kind === 'positional')
    .filter(({ index }) => !unknown.has(index - 1))
    .map(({ value }) => value);
  if (asks('help')) return isVerb(words[0]) ? { verb: 'help', of: words[0] } : { verb: 'help' };
  const verb = readVerb(words[0]);
  const rest = words[0] === verb ? words.slice(1) : words;
  const allowed = { new: 1, add: 2 }[verb as string] ?? 0;
  const faults = [
    ...findOptionFaults(options, argv, verb),
    ...rest.slice(allowed).map(explainExtraWord),
    ...findExclusions(options),
    ...(verb === 'add' ? findAdditionFaults(rest[0], options) : []),
  ];
  if (faults.length > 0) throw new UserError(exitCode.usage, faults);

  const values = (name: string) => options.filter((option) => option.name === name).map(({ value }) => value ?? '');
  const has = (name: string) => options.some((option) => option.name === name);
  const common = { yes: has('yes'), dryRun: has('dry-run'), json: has('json') };
  const steps = { ...common, install: !has('no-install') };
  switch (verb) {
    case 'upgrade':
      return { verb, ...steps, check: has('check'), abort: has('abort') };
    case 'eject':
      return { verb, ...steps };
    case 'add': {
      const [kind, name, workload] = [rest.find(isAddable), rest[1], values('workload')[0]];
      return {
        verb,
        ...steps,
        ...(kind !== undefined && { kind }),
        ...(name !== undefined && { name }),
        ...(workload !== undefined && { workload }),
        protos: values('proto'),
      };
    }
    case 'targets':
    case 'schema':
      return { verb, json: has('json') };
  }
  const [directory, target, config] = [rest[0], values('target')[0], values('config')[0]];
  return {
    verb,
    ...(directory !== undefined && { directory }),
    ...(target !== undefined && { target }),
    ...(config !== undefined && { config }),
    workloads: values('workload'),
    protos: values('proto'),
    settings: readSettings(options),
    ...common,
    ...(has('no-install') && { install: false as const }),
    ...(has('no-git') && { git: false as const }),
  };
}

function readSettings(options: readonly OptionToken[]): NewArguments['settings'] {
  const read: Record<string, string | boolean | readonly string[]> = {};
  for (const { name, setting, valueName, repeatable, gives = true } of flags) {
    const words = options.filter((option) => option.name === name).map(({ value }) => value ?? '');
    const [first] = words;
    if (!setting || first === undefined) continue;
    if (valueName) read[setting.name] = repeatable ? words : first;
    else read[setting.name] = gives;
  }
  return read;
}

/** Whether JSON was asked for, even by a command line that is wrong in other ways. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? undefined : end).includes('--json');
}

function readVerb(word: string | undefined): Verb {
  if (word !== undefined && laterVerbs.includes(word)) {
    throw new UserError(exitCode.usage, {
      message: `${word} is not in this version`,
      hint: `For a project of that name, run: create-grpc-aws new ${word}`,
    });
  }
  return isVerb(word) ? word : 'new';
}

function isVerb(word: string | undefined): word is Verb {
  return word !== undefined && Object.hasOwn(verbs, word);
}

const addable = ['service', 'workload'] as const;

function isAddable(word: string): word is (typeof addable)[number] {
  return (addable as readonly string[]).includes(word);
}

function findAdditionFaults(kind: string | undefined, options: readonly OptionToken[]): Fault[] {
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

function findOptionFaults(options: readonly OptionToken[], argv: readonly string[], verb: Verb): Fault[] {
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
function findExclusions(options: readonly OptionToken[]): Fault[] {
  const given = ['check', 'abort', 'dry-run'].filter((name) => options.some((option) => option.name === name));
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

function isKnown(option: OptionToken): boolean {
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

function explainExtraWord(word: string): Fault {
  if (word.startsWith('-')) return { message: `${escapeWord(word)} stands after --`, hint: 'Leave out the --' };
  return { message: `one argument too many: ${escapeWord(word)}`, hint: 'Quote a path with spaces' };
}

/** Bare where it is harmless, quoted and escaped where it is not. */
function escapeWord(word: string): string {
  return /^[\w./=@:-]{1,80}$/.test(word) ? word : showValue(word);
}
