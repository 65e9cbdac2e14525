import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findFaults } from '../../src/spec/check-value.ts';
import { schemaOf } from '../../src/spec/schema.ts';
import type { SchemaNode } from '../../src/spec/schema-node.ts';
import { anyText } from './any-spec.ts';

/** Every text that somebody may choose for ecs-alb, by the path of its answer; keys of objects are answers too. */
const texts = new Map(listTexts(schemaOf('ecs-alb'), ''));

function listTexts(node: SchemaNode, path: string): [string, SchemaNode][] {
  const { type, items, properties = {}, keys, values } = node;
  return [
    ...(type === 'string' && !node.enum ? ([[path, node]] as [string, SchemaNode][]) : []),
    ...(items ? listTexts(items, `${path}[]`) : []),
    ...(keys ? listTexts(keys, `${path}{}`) : []),
    ...(values ? listTexts(values, `${path}.*`) : []),
    ...Object.entries(properties).flatMap(([key, child]) => listTexts(child, path ? `${path}.${key}` : key)),
  ];
}

test('these are the answers that are texts of one’s own: a new one has to be safe in every file it comes into', () => {
  expect([...texts.keys()]).toStrictEqual([
    // Of an editor: what is written is always the same.
    '$schema',
    'name',
    'domain',
    'zone',
    'environments[]',
    'workloads[].name',
    'workloads[].protos[]',
    'workloads[].secrets{}',
    'workloads[].secrets.*.name',
    'unlinted[]',
  ]);
  texts.delete('$schema');
});

/** What means something to a shell, HCL, YAML, JSON, Markdown, a workflow's expressions, a terminal or a path. */
const breaks = fc.oneof(
  anyText,
  fc.constantFrom('${', '%{', '${{ }}', '{{', '"', "'", '`', '\\', '\n', '\r', '\0', '\u2028', '\u2029', '\u0085', ' '),
  fc.constantFrom(
    '$(id)',
    ';',
    '&',
    '|',
    '<',
    '>',
    '(',
    ')',
    '*',
    '?',
    '!',
    '#',
    '~',
    ':',
    ',',
    '=',
    '[',
    ']',
    '^',
    '%',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
);

/** A text that is nearly right: something in the middle, in front or behind of one that is. */
function nearMiss(node: SchemaNode): fc.Arbitrary<string> {
  const right = fc.stringMatching(new RegExp(node.pattern!)).map((text) => text.slice(0, 40));
  return fc.tuple(right, fc.nat(40), breaks).map(([text, at, junk]) => text.slice(0, at) + junk + text.slice(at));
}

test.each([...texts].filter(([path]) => path !== '$schema'))(
  '%s takes nothing but letters, digits and _ . + @ / -',
  (_, node) => {
    const harmless = /^[A-Za-z0-9_][A-Za-z0-9_.+@/-]*$|^[.-][A-Za-z0-9_./-]*$/;
    const long = fc.string({ unit: fc.constantFrom('a', 'a.', 'a/', '-'), minLength: 500, maxLength: 5000 });
    fc.assert(
      fc.property(fc.oneof({ weight: 5, arbitrary: nearMiss(node) }, anyText, long), (text) => {
        const faults = findFaults(node, text);
        if (faults.length === 0) {
          expect(text).toMatch(harmless);
          expect(text.length).toBeLessThanOrEqual(node.maxLength!);
        } else for (const { message, hint } of faults) expect(message && hint).toBeTruthy();
      }),
      { numRuns: 500 },
    );
  },
);

test.each(['name', 'domain', 'zone', 'environments[]', 'workloads[].name', 'workloads[].protos[]', 'unlinted[]'])(
  '%s is never an option of a command, nor a path to somewhere else',
  (path) => {
    const node = texts.get(path)!;
    for (const text of ['-rf', '--force', '-', '.', '..', '../x', '/etc', 'a/../b', './a'])
      expect(findFaults(node, text)).not.toStrictEqual([]);
  },
);
