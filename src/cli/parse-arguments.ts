/** From the words of the command line to what was asked for, or to everything that is wrong with them. */
import { parseArgs } from 'node:util';
import { exitCode, type Fault, UserError } from '../errors.ts';
import { findNearest } from '../spec/find-nearest.ts';
import { showValue } from '../spec/show-value.ts';
import { type Flag, flags, laterVerbs, type Verb, verbs } from './flags.ts';

export type Command =
  | { verb: 'help' | 'version' }
  | { verb: 'targets' | 'schema'; json: boolean }
  | ({ verb: 'upgrade' } & UpgradeArguments)
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
  if (asks('help')) return { verb: 'help' };
  if (asks('version')) return { verb: 'version' };

  // The word after an unknown flag is most likely its value: the flag is what is wrong.
  const unknown = new Set(options.filter((option) => !isKnown(option)).map(({ index }) => index));
  const words = tokens
    .filter((token) => token.kind === 'positional')
    .filter(({ index }) => !unknown.has(index - 1))
    .map(({ value }) => value);
  const verb = readVerb(words[0]);
  const rest = words[0] === verb ? words.slice(1) : words;
  const allowed = verb === 'new' ? 1 : 0;
  const faults = [
    ...findOptionFaults(options, argv, verb),
    ...rest.slice(allowed).map(explainExtraWord),
    ...findExclusions(options),
  ];
  if (faults.length > 0) throw new UserError(exitCode.usage, faults);

  const values = (name: string) => options.filter((option) => option.name === name).map(({ value }) => value ?? '');
  const has = (name: string) => options.some((option) => option.name === name);
  const common = { yes: has('yes'), dryRun: has('dry-run'), json: has('json') };
  if (verb === 'upgrade') {
    return { verb, ...common, check: has('check'), abort: has('abort'), install: !has('no-install') };
  }
  if (verb !== 'new') return { verb, json: has('json') };
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
  for (const { name, setting, valueName, repeatable } of flags) {
    const words = options.filter((option) => option.name === name).map(({ value }) => value ?? '');
    const [first] = words;
    if (!setting || first === undefined) continue;
    if (valueName) read[setting.name] = repeatable ? words : first;
    else read[setting.name] = setting.node.default !== true;
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
  return word !== undefined && Object.hasOwn(verbs, word) ? (word as Verb) : 'new';
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
  return given.length < 2 || !given.some((name) => name !== 'dry-run')
    ? []
    : [{ message: `${flagged.join(' and ')} exclude each other`, hint: `Give one of them: ${flagged[0]}` }];
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
