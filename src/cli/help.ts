/** The texts of `--help`, of all verbs and of each, from the tables of flags and questions; no line is wider than 80 columns. */
import { questions } from '../spec/schema.ts';
import { type Flag, flags, type Verb, verbs } from './flags.ts';
import { wrapText } from './wrap-text.ts';

const width = 80;
const column = 26;

export function writeHelp(version: string): string {
  return `create-grpc-aws ${version}
A TypeScript gRPC service behind the right load balancer, as a whole repo.

Usage
  create-grpc-aws [new] [DIRECTORY] [flags]
  npm create grpc-aws DIRECTORY -- [flags]   (npm needs the -- before flags)
  create-grpc-aws VERB [flags]   (in a project)
  create-grpc-aws VERB --help

Commands
${listRows(Object.entries(verbs))}

Argument
${listRows([[questions.name.valueName, questions.name.help]])}

Flags
${listFlags(listed.filter(isGeneral))}
${listGroups(listed)}
${switches}

Examples
  create-grpc-aws orders
  create-grpc-aws orders --proto protos/orders.proto --yes
  create-grpc-aws shop --workload cart=protos/cart --workload pay=pay.proto
  create-grpc-aws pay --target ecs-alb --region eu-west-1 --domain example.com
  create-grpc-aws orders --dry-run --json

${manners}`;
}

/** What one verb takes, and nothing else. */
export function writeVerbHelp(verb: Verb, version: string): string {
  const { usage, argument = [], words, examples } = pages[verb];
  const taken = listed.filter((flag) => flag.verbs.includes(verb)).map((flag) => ({ ...flag, ...flag.of?.[verb] }));
  const groups = listGroups(taken);
  return [
    `create-grpc-aws ${version}`,
    `${verbs[verb]}.`,
    '',
    'Usage',
    ...usage.map(indent),
    ...(argument.length > 0 ? ['', 'Argument', listRows(argument)] : []),
    ...(words === undefined ? [] : ['', ...wrapText(words, width)]),
    '',
    'Flags',
    listFlags(taken.filter(isGeneral)),
    ...(groups === '' ? [] : [`${groups}\n${switches}`]),
    '',
    'Examples',
    ...examples.map(indent),
    '',
    manners,
  ].join('\n');
}

interface Page {
  usage: readonly string[];
  argument?: readonly (readonly [string, string])[];
  words?: string;
  examples: readonly string[];
}

const pages: Readonly<Record<Verb, Page>> = {
  new: {
    usage: ['create-grpc-aws [new] [DIRECTORY] [flags]', 'npm create grpc-aws DIRECTORY -- [flags]'],
    argument: [[questions.name.valueName, questions.name.help]],
    examples: ['create-grpc-aws orders', 'create-grpc-aws orders --proto protos/orders.proto --yes'],
  },
  add: {
    usage: [
      'create-grpc-aws add service PACKAGE.SERVICE [--workload NAME] [--proto PATH]',
      'create-grpc-aws add workload NAME [--proto PATH]',
    ],
    argument: [
      ['PACKAGE.SERVICE', 'The full name of the service, as its proto declares it'],
      ['NAME', 'The name of the workload: a server with an image of its own'],
    ],
    words:
      'Changes grpc-aws.json, writes the protos, handlers and tests that are missing, and renders the project anew: all of it, or nothing. It shows its plan first.',
    examples: [
      'create-grpc-aws add service orders.v1.RefundsService',
      'create-grpc-aws add service pay.v1.PayService --workload pay --proto pay.proto',
      'create-grpc-aws add workload billing',
    ],
  },
  upgrade: {
    usage: ['create-grpc-aws upgrade [--check | --abort] [flags]'],
    words:
      'Renders the project anew with this version, from its grpc-aws.json and its protos, and merges what you edited. It shows its plan first. A changed answer in grpc-aws.json and a changed proto take effect the same way.',
    examples: ['create-grpc-aws upgrade', 'create-grpc-aws upgrade --check', 'create-grpc-aws upgrade --abort'],
  },
  eject: {
    usage: ['create-grpc-aws eject [flags]'],
    words:
      'Removes what only this tool needs: .grpc-aws/, .projenrc.ts, .projen/, its packages, its workflow. Everything else stays and goes on working. It shows its plan first.',
    examples: ['create-grpc-aws eject --dry-run', 'create-grpc-aws eject'],
  },
  targets: { usage: ['create-grpc-aws targets [--json]'], examples: ['create-grpc-aws targets'] },
  schema: { usage: ['create-grpc-aws schema'], examples: ['create-grpc-aws schema'] },
};

const switches = wrapText(
  'An on-or-off flag of a target has its opposite, such as --reflection and --no-alarms, for use over --config.',
  width,
).join('\n');

const manners = `Nothing is asked without a terminal, with --yes or --json, or when CI is true.
ACCESSIBLE=1 asks in plain lines; NO_COLOR and FORCE_COLOR are honoured.
Exit codes: 0 done, 1 the disk, a file or the network refused, 2 a wrong command
or answer, 3 conflicts or drift, 70 a bug of ours, 130 interrupted. Nothing you
do is reported to us.
`;

const listed = flags.filter(({ isOpposite }) => isOpposite === undefined);

function listFlags(some: readonly Flag[]): string {
  return listRows(some.map((flag) => [writeFlag(flag), explainFlag(flag)]));
}

/** Whether every target takes it. */
function isGeneral({ setting }: Flag): boolean {
  return setting?.node.targets === undefined;
}

/** What only some targets take, together for those targets; each group ends with a line break. */
function listGroups(some: readonly Flag[]): string {
  const groups = new Map<string, Flag[]>();
  for (const flag of some) {
    if (!flag.setting || isGeneral(flag)) continue;
    const title = `For ${flag.setting.targets.join(', ')}`;
    groups.set(title, [...(groups.get(title) ?? []), flag]);
  }
  return [...groups].map(([title, group]) => `\n${title}\n${listFlags(group)}\n`).join('');
}

function writeFlag({ name, short, valueName }: Flag): string {
  return `${short ? `-${short}, ` : ''}--${name}${valueName ? ` ${valueName}` : ''}`;
}

function explainFlag(flag: Flag): string {
  return [
    flag.help,
    flag.setting?.node.needed ? ' (needed)' : '',
    flag.repeatable ? ' (repeatable)' : '',
    flag.default === undefined ? '' : ` (default: ${flag.default})`,
  ].join('');
}

function listRows(rows: readonly (readonly [string, string])[]): string {
  return rows
    .map(([name, help]) => {
      const [first = '', ...rest] = wrapText(help, width - column - 2);
      return [indent(`${name.padEnd(column)}${first}`), ...rest.map((line) => ' '.repeat(column + 2) + line)].join(
        '\n',
      );
    })
    .join('\n');
}

function indent(line: string): string {
  return `  ${line}`;
}
