/** From the words of the command line to what was asked for, or to everything that is wrong with them. */
import { parseArgs } from 'node:util';
import { exitCode, UserError } from '../errors.ts';
import {
  explainExtraWord,
  explainNearVerb,
  findAdditionFaults,
  findExclusions,
  findOptionFaults,
  isAddable,
  isKnown,
  type OptionToken,
} from './find-word-faults.ts';
import { flags, laterVerbs, type Verb, verbs } from './flags.ts';

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
  /** Answers that win over those of the project. */
  config?: string;
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

export type EjectArguments = Omit<UpgradeArguments, 'config' | 'check' | 'abort'>;

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
  const verb = readVerb(words);
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
  const config = values('config')[0];
  const configured = config === undefined ? {} : { config };
  switch (verb) {
    case 'upgrade':
      return { verb, ...steps, ...configured, check: has('check'), abort: has('abort') };
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
  const [directory, target] = [rest[0], values('target')[0]];
  return {
    verb,
    ...(directory !== undefined && { directory }),
    ...(target !== undefined && { target }),
    ...configured,
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

function readVerb([word, ...more]: readonly string[]): Verb {
  if (word !== undefined && laterVerbs.includes(word)) {
    throw new UserError(exitCode.usage, {
      message: `${word} is not in this version`,
      hint: `For a project of that name, run: create-grpc-aws new ${word}`,
    });
  }
  if (isVerb(word)) return word;
  const fault = word === undefined ? undefined : explainNearVerb(word, more.length > 0);
  if (fault) throw new UserError(exitCode.usage, fault);
  return 'new';
}

function isVerb(word: string | undefined): word is Verb {
  return word !== undefined && Object.hasOwn(verbs, word);
}
