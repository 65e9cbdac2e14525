import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { parseJson } from '../../src/spec/parse-json.ts';
import { readSpec, writeSpec } from '../../src/spec/read-spec.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { aLabel, aProtoPath } from './any-spec.ts';

const workload = fc.record(
  { name: aLabel, protos: fc.uniqueArray(aProtoPath, { minLength: 1, maxLength: 5 }) },
  { noNullPrototype: true },
);
const spec: fc.Arbitrary<Spec> = fc.record(
  {
    name: aLabel,
    target: fc.constant('local' as const),
    workloads: fc.uniqueArray(workload, { minLength: 1, maxLength: 5, selector: ({ name }) => name }),
  },
  { noNullPrototype: true },
);

describe('a Spec', () => {
  it('comes back exactly from its own text', () => {
    fc.assert(
      fc.property(spec, (value) => {
        const text = writeSpec(value);
        expect(readSpec(text, 'grpc-aws.json')).toStrictEqual(value);
        expect(writeSpec(readSpec(text, 'grpc-aws.json'))).toBe(text);
      }),
    );
  });

  it('is written in one order, whatever order it was made in', () => {
    const text = writeSpec({ workloads: [{ protos: ['a'], name: 'a' }], target: 'local', name: 'a' });
    expect(text).toBe(`{
  "$schema": "./.grpc-aws/schema.json",
  "name": "a",
  "target": "local",
  "workloads": [
    {
      "name": "a",
      "protos": [
        "a"
      ]
    }
  ]
}
`);
  });

  it('is refused as the user’s fault, or read back as it was, whatever the text', () => {
    const mangled = fc.tuple(spec, fc.nat(), fc.string({ unit: 'binary' })).map(([value, offset, junk]) => {
      const text = writeSpec(value);
      const at = offset % text.length;
      return text.slice(0, at) + junk + text.slice(at + 1);
    });
    fc.assert(
      fc.property(fc.oneof(mangled, fc.json(), fc.string({ unit: 'binary' })), (text) => {
        const read = attempt(() => readSpec(text, 'grpc-aws.json'));
        if (read instanceof UserError) {
          expect(read.code).toBe(2);
          for (const fault of read.faults) expect(fault.message).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        } else expect(readSpec(writeSpec(read), 'f')).toStrictEqual(read);
      }),
      { numRuns: 500 },
    );
  });

  it('is parsed to what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseJson(text, 'f').value).toStrictEqual(JSON.parse(text));
      }),
    );
  });
});

describe('readSpec', () => {
  it.each([
    ['an unknown key', '{\n  "nmae": "a",\n  "name": "a", "workloads": [{"name":"a","protos":["a"]}]}', '2:3'],
    ['a value', '{\n  "name":\n    "A",\n  "workloads": [{"name":"a","protos":["a"]}]}', '3:5'],
    ['a missing key, at its object', '{"name": "a", "workloads": [\n {"name":"a"}]}', '2:2'],
    ['a list item', '{"name":"a","workloads":[{"name":"a","protos":["a",\r\n "../b"]}]}', '2:2'],
    ['a key that is there twice', '{"name": "a", "name": "b"}', '1:15'],
    ['a missing brace', '{"name": "a"', '1:13'],
    ['a last comma', '{"name": "a",\n}', '1:13'],
    ['a comment', '{\n// no\n"name": "a"}', '2:1'],
    ['a single quote', "{'name': 'a'}", '1:2'],
    ['an open text', '{"name": "a', '1:10'],
    ['more after the end', '{} {}', '1:4'],
    ['an empty file', '', '1:1'],
    ['YAML', 'name: orders\n', '1:1'],
    ['a bad escape', String.raw`{"name": "\x41"}`, '1:11'],
    ['a number that starts with 0', '{"name": 01}', '1:10'],
    ['a fault after a byte order mark', '\uFEFF{"name": "A"}', '1:10'],
  ])('says line and column of %s', (_, text, position) => {
    const refusal = attempt(() => readSpec(text, 'grpc-aws.json'));
    if (!(refusal instanceof UserError)) throw new Error('accepted');
    expect(refusal.faults[0]?.at).toBe(`grpc-aws.json:${position}`);
  });

  it('refuses what is nested too deep instead of running out of stack', () => {
    expect(() => readSpec('['.repeat(1e5), 'f')).toThrow('nested more than 64 levels deep');
  });
});

function attempt<T>(act: () => T): T | UserError {
  try {
    return act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
