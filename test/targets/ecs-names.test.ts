import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameLogically, nameTargetGroup, shortenName } from '../../src/targets/ecs-names.ts';
import { sha1 } from '../../src/targets/sha1.ts';

test('the hash is SHA-1 of what the text is in UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(sha1(text)).toBe(createHash('sha1').update(text).digest('hex'));
    }),
    { numRuns: 300 },
  );
});

test('a name of 24 characters stands as it is, a longer one keeps its beginning and gets a hash', () => {
  expect(shortenName('a'.repeat(24))).toBe('a'.repeat(24));
  expect(shortenName('order-processing-api-staging')).toBe(
    `order-processing-${hash('order-processing-api-staging')}`.replace('g--', 'g-'),
  );
  expect(nameTargetGroup('shop-prod', 'orders', 8080)).toBe(`shop-prod-orders-${hash('shop-prod orders 8080')}`);
});

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,12}[a-z0-9])?$/);

test('names fit into the 32 characters of a load balancer, whatever the project and the workload are called', () => {
  fc.assert(
    fc.property(label, label, (name, workload) => {
      const long = `${name}-${'x'.repeat(40)}`;
      for (const one of [name, long]) {
        expect(shortenName(one).length).toBeLessThanOrEqual(32);
        expect(nameTargetGroup(one, workload, 8080)).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
      }
    }),
  );
});

test('no two workloads have one name inside a template', () => {
  expect(['order-items', 'a-1', 'a1', 'a--b', 'a-b', 'ab'].map(nameLogically)).toEqual([
    'OrderItems',
    `A1${sha1('a-1').slice(0, 8)}`,
    'A1',
    `AB${sha1('a--b').slice(0, 8)}`,
    'AB',
    'Ab',
  ]);
  fc.assert(
    fc.property(label, label, (one, other) => {
      expect(nameLogically(one)).toMatch(/^[A-Z][A-Za-z0-9]*$/);
      expect(nameLogically(one) === nameLogically(other)).toBe(one === other);
    }),
    { numRuns: 1000 },
  );
});

function hash(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 6);
}
