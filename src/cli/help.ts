/** The text of `--help`, from the tables of flags and questions; no line is wider than 80 columns. */
import { questions } from '../spec/schema.ts';
import { type Flag, flags, verbs } from './flags.ts';
import { wrapText } from './wrap-text.ts';

const width = 80;
const column = 26;

export function writeHelp(version: string): string {
  return `create-grpc-aws ${version}
A TypeScript gRPC service behind the right load balancer, as a whole repo.

Usage
  create-grpc-aws [new] [DIRECTORY] [flags]
  npm create grpc-aws DIRECTORY -- [flags]   (npm needs the -- before flags)
  create-grpc-aws upgrade [--check | --abort]   (in a project)

Commands
${listRows(Object.entries(verbs))}

Argument
${listRows([[questions.name.valueName, questions.name.help]])}

Flags
${listFlags(flags.filter(({ setting }) => setting === undefined))}
${listGroups()}
Examples
  create-grpc-aws orders
  create-grpc-aws orders --proto protos/orders.proto --yes
  create-grpc-aws shop --workload cart=protos/cart --workload pay=pay.proto
  create-grpc-aws pay --target ecs-alb --region eu-west-1 --domain example.com
  create-grpc-aws orders --dry-run --json

Nothing is asked without a terminal, with --yes or --json, or when CI is true.
ACCESSIBLE=1 asks in plain lines; NO_COLOR and FORCE_COLOR are honoured.
Exit codes: 0 done, 1 the disk, a file or the network refused, 2 a wrong command
or answer, 3 conflicts or drift, 70 a bug of ours, 130 interrupted. Nothing you
do is reported to us.
`;
}

function listFlags(some: readonly Flag[]): string {
  return listRows(some.map((flag) => [writeFlag(flag), explainFlag(flag)]));
}

/** What only some targets take, together for those targets; each group ends with a line break. */
function listGroups(): string {
  const groups = new Map<string, Flag[]>();
  for (const flag of flags) {
    if (!flag.setting) continue;
    const title = `For ${flag.setting.targets.join(', ')}`;
    groups.set(title, [...(groups.get(title) ?? []), flag]);
  }
  return [...groups].map(([title, some]) => `\n${title}\n${listFlags(some)}\n`).join('');
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
      return [`  ${name.padEnd(column)}${first}`, ...rest.map((line) => ' '.repeat(column + 2) + line)].join('\n');
    })
    .join('\n');
}
