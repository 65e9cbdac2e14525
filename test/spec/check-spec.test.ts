import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { checkAnswers, checkSpec } from '../../src/spec/check-spec.ts';
import { findFaults } from '../../src/spec/check-value.ts';
import { specSchema } from '../../src/spec/schema.ts';
import { targets } from '../../src/targets/targets.ts';

const orders = { name: 'orders', target: 'local', workloads: [{ name: 'orders', protos: ['orders/v1'] }] };

describe('checkSpec', () => {
  it('takes a whole Spec and keeps nothing else', () => {
    expect(checkSpec({ $schema: './schema.json', ...orders })).toStrictEqual(orders);
  });

  it('fills in the default target', () => {
    const { target: _, ...rest } = orders;
    expect(checkSpec(rest).target).toBe('local');
  });

  it('tells every fault at once, in the order of the value', () => {
    const faults = refusalOf({
      name: 'Orders',
      traget: 'local',
      target: 'locl',
      workloads: [{ name: 'a', protos: [] }, { name: 'a', protos: ['x', 'x'] }, 'b', { protos: ['/etc', '../up'] }],
    });
    expect(faults.map((fault) => `${fault.message}${fault.hint ? ` → ${fault.hint}` : ''}`)).toStrictEqual([
      'name is "Orders", but must be a DNS label: a to z first, then a to z, 0 to 9 or -, not ending with -, at most 63 characters → Use orders',
      'traget is no setting of this version → Did you mean target?',
      'target is "locl", but must be one of local, ecs-alb, ecs-nlb-nginx → Did you mean local?',
      'workloads[0].protos has 0 entries, but must be a list of one or more paths below proto/ → Write for example ["orders/v1"]',
      'workloads[1].protos[1] repeats "x" → Name it once',
      'workloads[2] is "b", but must be an object with a name and its protos → Write for example { "name": "orders", "protos": ["orders/v1"] }',
      'workloads[3].protos[0] is "/etc", but must be a path below proto/ with / between its parts, each of letters, digits, and _ . + @ - inside, without . or .. parts → Write for example orders/v1/orders.proto',
      'workloads[3].protos[1] is "../up", but must be a path below proto/ with / between its parts, each of letters, digits, and _ . + @ - inside, without . or .. parts → Write for example orders/v1/orders.proto',
      'workloads[3].name is missing; it must be a DNS label: a to z first, then a to z, 0 to 9 or -, not ending with -, at most 63 characters → Write for example orders',
      'two workloads are named "a" → Give each its own name',
    ]);
  });

  it.each([
    ['a NUL', 'ord\0ers', String.raw`name "ord\u0000ers" holds a NUL at character 4`],
    ['a line break', 'orders\n', String.raw`name "orders\n" holds a line break at character 7`],
    ['a terminal escape', '\u001b[31mred', String.raw`name "\u001b[31mred" holds the unprintable character U+001B`],
    ['a bidirectional override', 'a\u202eb', String.raw`name "a\u202eb" holds the unprintable character U+202E`],
    ['a lone surrogate', 'a\ud800', String.raw`name "a\ud800" holds the unprintable character U+D800`],
    ['no character', '', 'name is empty'],
    ['too many characters', 'a'.repeat(64), `name is "${'a'.repeat(64)}", 64 characters long`],
    ['far too many', 'a'.repeat(1e6), `name is "${'a'.repeat(80)}"… (1000000 characters), 1000000 characters long`],
    ['a last hyphen', 'orders-', 'name is "orders-", but must be'],
    ['a first digit', '1orders', 'name is "1orders", but must be'],
    ['a device name of Windows', 'nul', 'name cannot be "nul": Windows keeps that name for a device'],
    ['a number', 7, 'name is 7, but must be'],
    ['null', null, 'name is null, but must be'],
  ])('refuses a name with %s and shows it escaped', (_, name, message) => {
    expect(refusalOf({ ...orders, name })[0]?.message).toContain(message);
  });

  it.each([
    'orders/../../etc',
    './orders',
    'orders/',
    'orders//v1',
    'orders\\v1',
    'C:/orders',
    '.hidden',
    '-rf',
    'a b',
    'a$b',
    'a"b',
    '…',
  ])('refuses the proto path %s', (path) => {
    expect(refusalOf({ ...orders, workloads: [{ name: 'orders', protos: [path] }] })).toHaveLength(1);
  });

  it.each([null, undefined, 7, 'orders', [], true])('refuses %s in place of a Spec', (value) => {
    expect(refusalOf(value)).toHaveLength(1);
  });

  it('says where a value was given, when told how to find out', () => {
    const at = refusalOf({ ...orders, target: 'mars' }, (path) => `--${path.join('.')}`)[0]?.at;
    expect(at).toBe('--target');
  });

  it('is not fooled by keys that every object inherits', () => {
    const value = JSON.parse(
      '{"name":"orders","workloads":[{"name":"a","protos":["a"]}],"constructor":1,"__proto__":2}',
    );
    expect(refusalOf(value).map((fault) => fault.message)).toStrictEqual([
      'constructor is no setting of this version',
      '__proto__ is no setting of this version',
    ]);
  });
});

describe('checkAnswers', () => {
  it('takes what is there and asks for nothing more', () => {
    expect(checkAnswers({})).toStrictEqual({});
    expect(checkAnswers({ workloads: [{ name: 'orders' }] })).toStrictEqual({ workloads: [{ name: 'orders' }] });
  });

  it('still refuses a workload without a name', () => {
    expect(() => checkAnswers({ workloads: [{}] })).toThrow('workloads[0].name is missing');
  });
});

it('offers exactly the targets that exist, in their own words', () => {
  const target = specSchema.properties?.target;
  expect(target?.enum).toStrictEqual(Object.keys(targets));
  expect(Object.keys(target?.titles ?? {})).toStrictEqual(Object.keys(targets));
});

function refusalOf(value: unknown, locate?: (path: readonly (string | number)[]) => string) {
  try {
    checkSpec(value, locate);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.code).toBe(2);
    return error.faults;
  }
  throw new Error('accepted');
}

it('says of every fault how to mend it', () => {
  const shape = fc.record(
    {
      name: fc.oneof(fc.string(), fc.constant('a'.repeat(64)), fc.jsonValue()),
      target: fc.oneof(fc.string(), fc.constantFrom('aws', 'ecs-alb')),
      workloads: fc.oneof(fc.jsonValue(), fc.array(fc.record({ name: fc.string(), protos: fc.array(fc.string()) }))),
      unlinted: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(shape, fc.jsonValue()), (value) => {
      expect(findFaults(specSchema, value).filter(({ hint }) => hint === undefined)).toEqual([]);
    }),
  );
});
