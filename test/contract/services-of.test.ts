import { describe, expect, it } from 'vitest';
import type { Contract } from '../../src/contract/contract.ts';
import { assignServices, servicesOf } from '../../src/contract/services-of.ts';
import { UserError } from '../../src/errors.ts';

const files = ['orders/v1/a.proto', 'orders/v1/deep/b.proto', 'orders/v10/c.proto', 'root.proto'];
const contract: Contract = {
  services: files.map((file, at) => ({ name: `S${at}`, fullName: `p.S${at}`, package: 'p', file, methods: [] })),
};
const namesOf = (protos: readonly string[]): string[] => servicesOf(protos, contract).map(({ name }) => name);

describe('servicesOf', () => {
  it('takes a folder with all below it, and no folder whose name only begins alike', () => {
    expect(namesOf(['orders/v1'])).toEqual(['S0', 'S1']);
    expect(namesOf(['orders/v1/'])).toEqual(['S0', 'S1']);
  });

  it('takes a file, and nothing twice', () => {
    expect(namesOf(['root.proto', 'orders/v1/a.proto', 'orders/v1'])).toEqual(['S0', 'S1', 'S3']);
  });

  it('takes everything for the whole module, and nothing for nothing', () => {
    expect(namesOf(['.'])).toHaveLength(4);
    expect(namesOf([])).toEqual([]);
  });
});

describe('assignServices', () => {
  it('gives each workload its own', () => {
    const assigned = assignServices(
      [
        { name: 'a', protos: ['orders'] },
        { name: 'b', protos: ['root.proto'] },
      ],
      contract,
    );
    expect([...assigned].map(([name, services]) => [name, services.length])).toEqual([
      ['a', 3],
      ['b', 1],
    ]);
  });

  it('refuses a service that two workloads claim', () => {
    const claim = (): unknown =>
      assignServices(
        [
          { name: 'a', protos: ['orders/v1'] },
          { name: 'b', protos: ['orders/v1/a.proto'] },
        ],
        contract,
      );
    expect(claim).toThrow(UserError);
    expect(claim).toThrow('orders/v1/a.proto: the service p.S0 is claimed by two workloads, "a" and "b"');
  });
});
