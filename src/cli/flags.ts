/** Every verb and every flag: what is parsed, checked and shown by `--help`. */
import { type Question, questions, type Setting, settings, specSchema } from '../spec/schema.ts';

export type Verb = 'new' | 'upgrade' | 'targets' | 'schema';

export interface Flag {
  name: string;
  short?: string;
  /** Absent: it is on or off. */
  valueName?: string;
  repeatable?: true;
  help: string;
  default?: string;
  example?: string;
  verbs: readonly Verb[];
  /** The answer that it gives, if only some targets take it. */
  setting?: Setting;
}

export const verbs: Readonly<Record<Verb, string>> = {
  new: 'Create a project (the default)',
  upgrade: 'Bring the project in this folder up to date',
  targets: 'List where a project can run',
  schema: 'Print the JSON Schema of grpc-aws.json',
};

/** Words that later versions give a meaning: a project of that name needs `new` spelled out from the first version on. */
export const laterVerbs: readonly string[] = ['add', 'adopt', 'eject', 'doctor', 'up', 'diagram', 'catalog'];

const everyVerb = Object.keys(verbs) as Verb[];
const writing: readonly Verb[] = ['new', 'upgrade'];

/** In the order of `--help`: first the answers, which come from the schema, then how the command behaves. */
export const flags: readonly Flag[] = [
  ...[questions.target, questions.workloads, questions.protos].flatMap(describeQuestion),
  ...settings.map(describeSetting),
  { name: 'yes', short: 'y', help: 'Ask nothing: take the default of everything not given', verbs: writing },
  {
    name: 'config',
    valueName: 'FILE',
    help: 'Answers from a JSON file of the form of grpc-aws.json; flags win over it',
    example: 'grpc-aws.json',
    verbs: ['new'],
  },
  { name: 'dry-run', help: 'Show what would be written, and write nothing', verbs: writing },
  {
    name: 'check',
    help: 'Write nothing, and exit with 3 where an upgrade would change something',
    verbs: ['upgrade'],
  },
  { name: 'abort', help: 'Take back an upgrade that ended in conflicts', verbs: ['upgrade'] },
  { name: 'json', help: 'Print one JSON document instead of text; implies that nothing is asked', verbs: everyVerb },
  { name: 'no-install', help: 'Leave out npm install', verbs: writing },
  { name: 'no-git', help: 'Leave out git init and the first commit', verbs: ['new'] },
  { name: 'help', short: 'h', help: 'Show this', verbs: everyVerb },
  { name: 'version', short: 'v', help: 'Show the version', verbs: everyVerb },
];

function describeQuestion({ flag, valueName, help, example, repeatable }: Question & { example: string }): Flag[] {
  if (flag === undefined || valueName === undefined) return [];
  const preset = specSchema.properties?.[flag]?.default;
  const shown = typeof preset === 'string' ? { default: preset } : {};
  return [{ name: flag, valueName, help, example, verbs: ['new'], ...(repeatable && { repeatable }), ...shown }];
}

function describeSetting(setting: Setting): Flag {
  const { question, node } = setting;
  const { valueName, help, repeatable, example = node.items?.example ?? node.example } = question;
  const preset = valueName === undefined || node.default === undefined ? undefined : [node.default].flat().join(', ');
  return {
    name: nameFlag(setting),
    help,
    verbs: ['new'],
    setting,
    ...(valueName !== undefined && { valueName, example }),
    ...(repeatable && { repeatable }),
    ...(preset !== undefined && { default: preset }),
  };
}

/** Without the dashes; what is on where nothing is said has a flag that turns it off. */
export function nameFlag({ question, name, node }: Setting): string {
  return `${node.default === true ? 'no-' : ''}${question.flag ?? name}`;
}
