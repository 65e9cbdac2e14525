import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { buildTree, mergeTrees } from '../../src/tree/build-tree.ts';
import { literalTree } from './literal-tree.ts';

test('files stand in order of code unit, whatever order they came in', () => {
  const tree = buildTree(literalTree({ b: '', 'a/b': '', Z: '', é: '', 'a.b': '', 'a-b': '' }));
  expect([...tree.keys()]).toEqual(['Z', 'a-b', 'a.b', 'a/b', 'b', 'é']);
});

const refused: [path: string, message: string][] = [
  ['/etc/passwd', 'the path is absolute'],
  ['C:/x', 'the path is absolute'],
  ['a\\b', 'the path has a backslash'],
  ['../x', 'the path leaves the project'],
  ['a/../../x', 'the path leaves the project'],
  ['', 'a part of the path is empty'],
  ['a//b', 'a part of the path is empty'],
  ['a/', 'a part of the path is empty'],
  ['./a', 'a part of the path is empty'],
  ['proto/aux/v1.proto', 'Windows keeps the name aux for a device'],
  ['Con', 'Windows keeps the name Con for a device'],
  ['nul.ts', 'Windows keeps the name nul.ts for a device'],
  ['ab:c', 'Windows cannot hold the name "ab:c"'],
  ['a?', 'Windows cannot hold the name "a?"'],
  ['a\nb', 'Windows cannot hold the name "a\\nb"'],
  ['a./b', 'Windows cannot hold the name "a."'],
  ['a ', 'Windows cannot hold the name "a "'],
];

test.each(refused)('%j is refused', (path, message) => {
  expect(() => buildTree(literalTree({ [path]: '' }))).toThrow(message);
});

test('names that only look reserved are fine', () => {
  const paths = ['console', 'auxiliary.ts', 'com10', 'a.con', '..a', 'a..b', '.env', 'ünïcode'];
  expect(buildTree(literalTree(Object.fromEntries(paths.map((path) => [path, ''])))).size).toBe(paths.length);
});

const colliding: [name: string, paths: string[], message: string][] = [
  ['files by case', ['a/Orders.ts', 'a/orders.ts'], 'a/orders.ts: differs from a/Orders.ts by case alone'],
  ['folders by case', ['Orders/a.ts', 'orders/b.ts'], 'orders: differs from Orders by case alone'],
  ['two forms of one letter', ['\u00e9', 'e\u0301'], 'by case alone'],
  ['a file and a folder', ['a/b', 'a/b/c'], 'a/b/c: a/b is a file, so nothing can stand below it'],
];

test.each(colliding)('%s collide', (_, paths, message) => {
  expect(() => buildTree(paths.map((path) => [path, { text: '', executable: false, ownership: 'managed' }]))).toThrow(
    message,
  );
});

test('one path twice is refused', () => {
  const file = { text: '', executable: false, ownership: 'managed' } as const;
  expect(() =>
    buildTree([
      ['a', file],
      ['a', file],
    ]),
  ).toThrow('a: two files have this path');
});

test('all faults are told at once, each with a hint', () => {
  let thrown: unknown;
  try {
    buildTree(literalTree({ '../x': '', '/y': '', z: '' }));
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(UserError);
  const { code, faults } = thrown as UserError;
  expect(code).toBe(1);
  expect(faults.map(({ at }) => at)).toEqual(['../x', '/y']);
  expect(faults.every(({ hint }) => hint !== undefined)).toBe(true);
});

test('the overlay wins, with its mode and ownership', () => {
  const first = literalTree({ a: 'first', c: 'first' });
  const overlay = literalTree({ c: 'over', b: 'over' }, { c: { executable: true, ownership: 'seeded' } });
  expect([...mergeTrees(first, overlay)]).toEqual([
    ['a', { text: 'first', executable: false, ownership: 'managed' }],
    ['b', { text: 'over', executable: false, ownership: 'managed' }],
    ['c', { text: 'over', executable: true, ownership: 'seeded' }],
  ]);
});

test('an overlay that collides is refused', () => {
  expect(() => mergeTrees(literalTree({ a: '' }), literalTree({ A: '' }))).toThrow('by case alone');
});
