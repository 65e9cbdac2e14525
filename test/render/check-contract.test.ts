import { expect, test } from 'vitest';
import type { Contract } from '../../src/contract/contract.ts';
import { UserError } from '../../src/errors.ts';
import { refuseUnservable } from '../../src/render/check-contract.ts';

function contractOf(fullName: string, ...methods: string[]): Contract {
  const method = (name: string) => ({ name, kind: 'unary' as const, input: 'A', output: 'B' });
  const name = fullName.split('.').at(-1)!;
  return { services: [{ name, fullName, package: '', file: 'a.proto', methods: methods.map(method) }] };
}

function refusal(contract: Contract): UserError {
  try {
    refuseUnservable(contract);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test('two methods that TypeScript would call the same are refused by name', () => {
  const { code, message } = refusal(contractOf('a.Door', 'Close', 'Open', 'close'));
  expect(code).toBe(1);
  expect(message).toBe('a.proto: a.Door has the methods Close and close, and TypeScript would call both close');
});

test('the services that every server answers itself are refused', () => {
  const { code, message } = refusal(contractOf('grpc.health.v1.Health', 'Check'));
  expect(code).toBe(1);
  expect(message).toContain('declares grpc.health.v1.Health');
});

test.each(['main', 'settings', 'Main'])(
  'a service called %s, without a package, would take a file of its workload',
  (name) => {
    const { code, message } = refusal(contractOf(name, 'Open'));
    expect(code).toBe(1);
    expect(message).toContain(`would take the place of ${name.toLowerCase()}.ts`);
  },
);

test('anything else is served', () => {
  expect(() => refuseUnservable(contractOf('a.Door', 'Close', 'Open', 'CLOSE', 'constructor'))).not.toThrow();
  expect(() => refuseUnservable(contractOf('a.main', 'Open'))).not.toThrow();
});
