import { expect, test } from 'vitest';
import { compareVersions } from '../../src/plan/compare-versions.ts';

test('versions stand in the order that semver gives them', () => {
  const order = [
    '0.0.0-source',
    '0.1.0',
    '0.2.0-alpha',
    '0.2.0-alpha.1',
    '0.2.0-beta.2',
    '0.2.0-beta.11',
    '0.2.0',
    '0.10.0',
    '1.0.0',
  ];
  expect([...order].reverse().sort(compareVersions)).toEqual(order);
});

test('what comes after + does not count', () => {
  expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0);
});
