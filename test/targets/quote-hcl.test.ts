import fc from 'fast-check';
import { parseToObject } from 'hcl2-parser';
import { expect, test } from 'vitest';
import { listHcl, quoteHcl } from '../../src/targets/quote-hcl.ts';
import { anyText } from '../spec/any-spec.ts';

/** As HashiCorp's parser reads it: the label of a block, where it takes a string and no template. */
function readBack(quoted: string): string | undefined {
  const [file, fault] = parseToObject(`block ${quoted} {\n}\n`) as [{ block: object } | null, { Error?: unknown }];
  return file === null ? `not HCL: ${String(fault)}` : Object.keys(file.block)[0];
}

test('the parser that this is held against tells a template from a string', () => {
  expect(readBack('"a"')).toBe('a');
  for (const quoted of ['"${a}"', '"%{ if a }b%{ endif }"', '"a', '"\\b"', '"\\x"', '"a\nb"'])
    expect(readBack(quoted)).toMatch(/^not HCL/);
});

const signs = fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '\\', '"', '\b', '\f', '\n', 'u', '0', '`') });
const long = fc.string({ unit: fc.constantFrom('a', '${', 'ä', '\u2028'), minLength: 2000, maxLength: 3000 });
const odd = fc.oneof(
  { weight: 20, arbitrary: fc.oneof(anyText, signs, fc.string({ unit: 'grapheme' })) },
  { weight: 1, arbitrary: long },
);
/** What HCL has a string for. */
const holdable = odd.filter((text) => !/\p{Cs}/u.test(text) && text.normalize('NFC') === text);

test('any text that HCL can hold comes back exactly', () => {
  fc.assert(
    fc.property(holdable, (text) => {
      expect(readBack(quoteHcl(text))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test.each(['\ud800', 'a\udc00b', 'e\u0301', '\u212b'])('%j is refused, for it would come back as another', (text) => {
  expect(() => quoteHcl(text)).toThrow('HCL has no string for');
});

test('a list of texts comes back as that list', () => {
  fc.assert(
    fc.property(fc.array(holdable, { maxLength: 5 }), (texts) => {
      const [file] = parseToObject(`locals {\n  list = ${listHcl(texts)}\n}\n`) as [{ locals: [{ list: unknown }] }];
      expect(file.locals[0].list).toStrictEqual(texts);
    }),
  );
});
