import { describe, expect, it } from 'vitest';
import { collectProtos } from '../../src/contract/collect-protos.ts';
import { UserError } from '../../src/errors.ts';
import { listCases, readCase } from './fixture-cases.ts';
import { memoryDisk } from './memory-disk.ts';

describe.each(listCases('invalid'))('$name', (one) => {
  it('is refused with every fault, each with its place and a hint', async () => {
    const disk = memoryDisk(readCase(one), '/case');

    const error = await collectProtos({ workloads: [{ name: 'orders', protos: one.proto }], disk }).catch((e) => e);

    expect(error).toBeInstanceOf(UserError);
    const { code, faults } = error as UserError;
    expect(code).toBe(one.code);
    expect(faults.map(({ at, message }) => `${at}: ${message}`)).toEqual(one.faults);
    expect(faults.filter(({ hint }) => !hint)).toEqual([]);
  });
});
