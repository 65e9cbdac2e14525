import fc from 'fast-check';
import { lexer, type Token, type Tokens, walkTokens } from 'marked';
import { expect, test } from 'vitest';
import { quoteMarkdown } from '../../src/render/quote-markdown.ts';

const word = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_]{1,6}$/),
  fc.constantFrom('_a_', '__', 'a_b', 'www.example.com', '_www.example.com_', 'Www.a.b'),
);
const sentence = fc
  .array(fc.tuple(word, fc.constantFrom(' ', ', ', '.', ' and ')), { minLength: 1, maxLength: 8 })
  .map((parts) => `a ${parts.flat().join('')}z`);

test('any sentence of names is shown as it is, with nothing marked in it', () => {
  fc.assert(
    fc.property(sentence, (text) => {
      const types = new Set<string>();
      let shown = '';
      walkTokens(lexer(`- ${quoteMarkdown(text)}\n`), (token: Token) => {
        types.add(token.type);
        if (isLeaf(token)) shown += token.text;
      });
      expect(shown).toBe(text);
      expect([...types].filter((type) => !['list', 'list_item', 'text', 'escape'].includes(type))).toStrictEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('names as most people write them stay as they are', () => {
  const usual = 'orders_v2 runs 3 replicas and serves my_shop.v1.OrdersService, grpc.example.com.';
  expect(quoteMarkdown(usual)).toBe(usual);
});

function isLeaf(token: Token): token is Tokens.Text | Tokens.Escape {
  return token.type === 'escape' || (token.type === 'text' && !('tokens' in token && token.tokens));
}
