import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { escapeSub, quoteYaml } from '../../src/targets/quote-yaml.ts';
import { parseTemplate, substitute } from '../conformance/cloudformation/template.ts';

/** Whole characters, with everything that begins something in YAML or in `Fn::Sub`. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '${',
        '${!',
        '}',
        '!',
        '$',
        '\\',
        '"',
        "'",
        '#',
        ': ',
        '- ',
        '\n',
        '\u2028',
        '\u0085',
        '\ufeff',
        'AWS::Region',
        'a',
        '{{',
        '%',
      ),
    )
    .map((parts) => parts.join('')),
);

test('what is quoted is the same text to whoever reads YAML', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(parse(`a: [${quoteYaml(text)}]\n`)).toStrictEqual({ a: [text] });
      expect(quoteYaml(text)).toMatch(/^"[\t\u0020-\u007e\u00a0-\ud7ff\ud800-\udfff\ue000-\ufefe\uff00-\ufffd]*"$/);
    }),
    { numRuns: 2000 },
  );
});

test('half a character is refused', () => {
  expect(() => quoteYaml('\ud83d')).toThrow('YAML has no string');
});

test('no text means anything to Fn::Sub, alone or beside names that do; what it cannot hold is refused', () => {
  const resolve = (name: string) => {
    expect(name).toBe('Environment');
    return 'prod';
  };
  const held = anyText.filter((text) => !text.replace(/\$\{[^{}]*\}/g, '').includes('${'));
  fc.assert(
    fc.property(held, held, (before, after) => {
      const { a } = parseTemplate(`a: !Sub ${quoteYaml(escapeSub(before))}\n`) as unknown as {
        a: { 'Fn::Sub': string };
      };
      expect(substitute(a['Fn::Sub'], resolve)).toBe(before);
      const mixed = `${escapeSub(before)}/\${Environment}/${escapeSub(after)}`;
      expect(substitute(mixed, resolve)).toBe(`${before}/prod/${after}`);
    }),
    { numRuns: 2000 },
  );
  for (const text of ['${', 'a${b', '${a${b}', '${a{b}}']) expect(() => escapeSub(text)).toThrow('has no word for');
});
