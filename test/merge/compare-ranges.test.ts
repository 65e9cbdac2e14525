import { expect, test } from 'vitest';
import { compareRanges } from '../../src/merge/compare-ranges.ts';

const inOrder = [
  '0.0.1',
  '^0.1.0',
  '~0.2.0',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '^1.0.0-beta.11',
  '1.0.0-rc.1',
  '^1',
  '1.0.1',
  '~1.2',
  '1.10.0',
  '24.21.0',
];

test('each range of a list in order is older than the next and newer than the one before', () => {
  for (const [index, range] of inOrder.slice(1).entries()) {
    expect(compareRanges(inOrder[index]!, range), `${inOrder[index]} < ${range}`).toBeLessThan(0);
    expect(compareRanges(range, inOrder[index]!), `${range} > ${inOrder[index]}`).toBeGreaterThan(0);
  }
});

test('ranges that begin at the same version are equal, whatever their operator or build', () => {
  expect(compareRanges('^1.2.3', '1.2.3')).toBe(0);
  expect(compareRanges('~1.2', '^1.2.0')).toBe(0);
  expect(compareRanges('1.2.3+build', '1.2.3')).toBe(0);
});

test('of anything but exact versions, ^ and ~ nobody can tell', () => {
  const unknown = [
    'workspace:*',
    'file:../a',
    'git+https://example.com/a.git#v2.0.0',
    'npm:other@2.0.0',
    'https://example.com/a.tgz',
    'latest',
    '*',
    '',
    '1',
    '1.x',
    '>=2.0.0',
    '1.0.0 - 2.0.0',
    '^1.0.0 || ^2.0.0',
    'v1.0.0',
    '01.0.0',
    ' 1.0.0',
  ];
  expect(unknown.filter((range) => compareRanges(range, '1.0.0') !== undefined)).toEqual([]);
  expect(unknown.filter((range) => compareRanges('1.0.0', range) !== undefined)).toEqual([]);
});
