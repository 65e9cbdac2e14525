/** Every verb and every flag: what is parsed, checked and shown by `--help`. */
import { type Question, questions, type Setting, settings, specSchema } from '../spec/schema.ts';

export type Verb = 'new' | 'add' | 'upgrade' | 'eject' | 'targets' | 'schema';

export interface Flag {
  name: string;
  short?: string;
  /** Absent: it is on or off. */
  valueName?: string;
  repeatable?: boolean;
  help: string;
  default?: string;
  example?: string;
  verbs: readonly Verb[];
  /** The answer that it gives, if only some targets take it. */
  setting?: Setting;
  /** Of a switch: what it makes of its setting. */
  gives?: boolean;
  /** Taken and not listed: a switch in the direction that is the default anyway. */
  isOpposite?: true;
  /** Where a verb takes it otherwise. */
  of?: Readonly<Partial<Record<Verb, { valueName?: string; help: string; repeatable?: boolean }>>>;
}

export const verbs: Readonly<Record<Verb, string>> = {
  new: 'Create a project (the default)',
  add: 'Add a service or a workload to the project in this folder',
  upgrade: 'Bring the project in this folder up to date',
  eject: 'Have the project in this folder go on without this tool',
  targets: 'List where a project can run',
  schema: 'Print the JSON Schema of grpc-aws.json',
};

/** Words that later versions give a meaning: a project of that name needs `new` spelled out from the first version on. */
export const laterVerbs: readonly string[] = ['adopt', 'doctor', 'up', 'diagram', 'catalog'];

const everyVerb = Object.keys(verbs) as Verb[];
const writing: readonly Verb[] = ['new', 'add', 'upgrade', 'eject'];

/** In the order of `--help`: first the answers, which come from the schema, then how the command behaves. */
export const flags: readonly Flag[] = [
  ...describeQuestion(questions.target),
  ...describeQuestion(questions.workloads).map((flag) =>
    takeToo(flag, { valueName: 'NAME', help: 'Which workload is to serve the service', repeatable: false }),
  ),
  ...describeQuestion(questions.protos).map((flag) =>
    takeToo(flag, { help: 'A .proto file or folder that declares it; without it you get one' }),
  ),
  ...settings.flatMap((setting) => [describeSetting(setting), ...describeOpposite(setting)]),
  { name: 'yes', short: 'y', help: 'Ask nothing: take the default of everything not given', verbs: writing },
  {
    name: 'config',
    valueName: 'FILE',
    help: 'Answers from a JSON file of the form of grpc-aws.json; flags win over it',
    example: 'grpc-aws.json',
    verbs: ['new', 'upgrade'],
    of: { upgrade: { help: 'Answers that go into grpc-aws.json, from a JSON file of that form' } },
  },
  { name: 'dry-run', help: 'Show what would be written, and write nothing', verbs: writing },
  {
    name: 'check',
    help: 'Write nothing, and exit with 3 where an upgrade would change something',
    verbs: ['upgrade'],
  },
  { name: 'abort', help: 'Take back an upgrade that ended in conflicts', verbs: ['upgrade'] },
  { name: 'json', help: 'Print one JSON document instead of text; implies that nothing is asked', verbs: everyVerb },
  { name: 'no-install', help: 'Leave out the installation of packages', verbs: writing },
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

/** The same flag for `add`, where it means a little less. */
function takeToo(flag: Flag, add: NonNullable<NonNullable<Flag['of']>['add']>): Flag {
  return { ...flag, verbs: [...flag.verbs, 'add'], of: { add } };
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
    ...(valueName === undefined ? { gives: node.default !== true } : { valueName, example }),
    ...(repeatable && { repeatable }),
    ...(preset !== undefined && { default: preset }),
  };
}

/** Takes back what a config file says. */
function describeOpposite(setting: Setting): Flag[] {
  const { question, name, node } = setting;
  if (question.valueName !== undefined) return [];
  const isOn = node.default === true;
  const flag = `${isOn ? '' : 'no-'}${question.flag ?? name}`;
  return [{ name: flag, help: question.help, verbs: ['new'], setting, gives: isOn, isOpposite: true }];
}

/** Without the dashes; what is on where nothing is said has a flag that turns it off. */
export function nameFlag({ question, name, node }: Setting): string {
  return `${node.default === true ? 'no-' : ''}${question.flag ?? name}`;
}
