import { expect, test } from 'vitest';
import type { Service } from '../../src/contract/contract.ts';
import { nameGeneratedFile, nameImports, nameMethodKey } from '../../src/render/naming.ts';

function service(fullName: string, file = 'a.proto'): Service {
  return { name: fullName.split('.').at(-1)!, fullName, package: '', file, methods: [] };
}

test('a generated file stands where its proto does', () => {
  expect(nameGeneratedFile(service('a.B', 'orders/v1/orders.proto'))).toBe('orders/v1/orders.ts');
});

test.each([
  ['PlaceOrder', 'placeOrder'],
  ['place_order', 'place_order'],
  ['HTTPGet', 'hTTPGet'],
  ['x', 'x'],
])('the method %s has the key %s', (name, key) => {
  expect(nameMethodKey({ name, kind: 'unary', input: '', output: '' })).toBe(key);
});

test('a service is imported by its name, with a small first letter', () => {
  expect(nameImports([service('orders.v1.OrdersService')], [])).toEqual(['ordersService']);
});

test('services of one name are told apart by their packages', () => {
  expect(nameImports([service('a.v1.Store'), service('b.v1.Store')], [])).toEqual(['a_v1_Store', 'b_v1_Store']);
});

test('no import is called what the file or the language calls something else', () => {
  expect(nameImports([service('Delete'), service('a.Run'), service('await')], ['run'])).toEqual([
    'Delete',
    'a_Run',
    'await_2',
  ]);
});

test('even full names that look alike with underscores get names of their own', () => {
  const names = nameImports([service('a_b.C'), service('a.b_C'), service('x.C')], []);
  expect(new Set(names).size).toBe(3);
});
