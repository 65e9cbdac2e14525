import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flags } from '../../src/cli/flags.ts';
import { parseArguments, wantsJson } from '../../src/cli/parse-arguments.ts';
import { UserError } from '../../src/errors.ts';

const nothing = { verb: 'new', workloads: [], protos: [], settings: {}, yes: false, dryRun: false, json: false };

describe('parseArguments', () => {
  it.each([
    [[], {}],
    [['orders'], { directory: 'orders' }],
    [['new', 'orders'], { directory: 'orders' }],
    [['new', 'doctor'], { directory: 'doctor' }],
    [['new', 'new'], { directory: 'new' }],
    [['./doctor'], { directory: './doctor' }],
    [['--', 'orders'], { directory: 'orders' }],
    [['orders', '-y'], { directory: 'orders', yes: true }],
    [
      ['-y', 'apps/orders', '--no-git', '--no-install'],
      { directory: 'apps/orders', yes: true, git: false, install: false },
    ],
    [['a', '--target', 'local', '--dry-run', '--json'], { directory: 'a', target: 'local', dryRun: true, json: true }],
    [['a', '--proto', 'x.proto', '--proto=y'], { directory: 'a', protos: ['x.proto', 'y'] }],
    [['a', '--workload', 'b=c', '--workload', 'd'], { directory: 'a', workloads: ['b=c', 'd'] }],
    [['--config=a=b.json'], { config: 'a=b.json' }],
    [['--proto=-odd.proto'], { protos: ['-odd.proto'] }],
  ])('reads %j', (argv, expected) => {
    expect(parseArguments(argv)).toStrictEqual({ ...nothing, ...expected });
  });

  it.each([
    [['--help'], 'help'],
    [['orders', '-h', '--nonsense'], 'help'],
    [['new', 'orders', '--version'], 'version'],
    [['targets', '--json'], 'targets'],
    [['schema'], 'schema'],
  ])('reads %j as %s', (argv, verb) => {
    expect(parseArguments(argv).verb).toBe(verb);
  });

  it.each([
    [['--traget', 'local'], 'unknown flag --traget', 'Did you mean --target?'],
    [['--Yes'], 'unknown flag --Yes', 'Did you mean --yes?'],
    [['-yes'], 'unknown flag -yes', 'Did you mean --yes?'],
    [['-x'], 'unknown flag -x', 'See every flag: create-grpc-aws --help'],
    [['--install'], 'unknown flag --install', 'Did you mean --no-install?'],
    [['--\u001b[2J'], String.raw`unknown flag "--\u001b[2J"`, 'See every flag: create-grpc-aws --help'],
    [['--constructor'], 'unknown flag --constructor', 'See every flag: create-grpc-aws --help'],
    [['--yes=no'], '--yes takes no value, but was given "no"', 'Write --yes, or leave it out'],
    [['--target'], '--target needs a value: TARGET', 'For example: --target local'],
    [['--target='], '--target needs a value: TARGET', 'For example: --target local'],
    [
      ['--proto', '--yes'],
      '--proto needs a value: PATH',
      'For example: --proto protos/orders.proto; a value that begins with - is written --proto=--yes',
    ],
    [['--target', 'a', '--target', 'b'], '--target is given more than once', 'Give --target once'],
    [['a', 'b'], 'one argument too many: b', 'Quote a path with spaces'],
    [['a', '--', '--yes'], '--yes stands after --', 'Leave out the --'],
    [['schema', '--proto', 'x'], '--proto is no flag of schema', 'Leave out --proto'],
    [['a', '--targt', 'local'], 'unknown flag --targt', 'Did you mean --target?'],
    [['targets', 'x'], 'one argument too many: x', 'Quote a path with spaces'],
    [['doctor'], 'doctor is not in this version', 'For a project of that name, run: create-grpc-aws new doctor'],
  ])('refuses %j and says how to mend it', (argv, message, hint) => {
    expect(refusalOf(argv)).toStrictEqual([{ message, hint }]);
  });

  it.each([
    [['upgrad'], 'there is no verb upgrad', 'Did you mean upgrade?'],
    [['Upgrade', '--yes'], 'there is no verb Upgrade', 'Did you mean upgrade?'],
    [['update'], 'there is no verb update', 'Did you mean upgrade?'],
    [['check'], 'there is no verb check', 'Did you mean upgrade --check?'],
    [['ejct'], 'there is no verb ejct', 'Did you mean eject?'],
    [['adds', 'service', 'a.v1.B'], 'there is no verb adds', 'Did you mean add?'],
    [
      ['remove', 'workload', 'fleet'],
      'there is no verb remove',
      'To remove something, take it out of grpc-aws.json, then run: create-grpc-aws upgrade.',
    ],
  ])('makes no project of %j, which is most likely a verb', (argv, message, meant) => {
    const hint = `${meant} For a project of that name, run: create-grpc-aws new ${argv[0]}`;
    expect(refusalOf(argv)).toStrictEqual([{ message, hint }]);
  });

  it.each(['ads', 'news', 'app', './upgrade', 'orders', 'updates-feed'])('makes a project of %s', (word) => {
    expect(parseArguments([word])).toStrictEqual({ ...nothing, directory: word });
    expect(parseArguments(['new', 'upgrad'])).toStrictEqual({ ...nothing, directory: 'upgrad' });
  });

  it('tells everything that is wrong at once', () => {
    expect(refusalOf(['a', 'b', '--foo', '--yes=1', '--target']).map(({ message }) => message)).toStrictEqual([
      'unknown flag --foo',
      '--yes takes no value, but was given "1"',
      '--target needs a value: TARGET',
      'one argument too many: b',
    ]);
  });

  it('takes or refuses any words, and never fails otherwise', () => {
    const word = fc.oneof(
      fc.constantFrom(...flags.flatMap(({ name, short }) => [`--${name}`, `--${name}=x`, short ? `-${short}` : '-'])),
      fc.constantFrom('new', 'doctor', 'schema', '--', '-', '', '__proto__', '--__proto__', '--no-', '-='),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
        try {
          parseArguments(argv);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          expect(error.code).toBe(2);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

it('knows that JSON is wanted even where the rest is wrong', () => {
  expect(wantsJson(['--foo', '--json'])).toBe(true);
  expect(wantsJson(['--', '--json'])).toBe(false);
});

function refusalOf(argv: readonly string[]) {
  try {
    parseArguments(argv);
  } catch (error) {
    if (error instanceof UserError && error.code === 2) return error.faults;
    throw error;
  }
  throw new Error('accepted');
}
