import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectProtos } from '../../src/contract/collect-protos.ts';
import { parseContract } from '../../src/contract/parse-contract.ts';
import { readProto } from '../../src/contract/read-proto.ts';
import { assignServices } from '../../src/contract/services-of.ts';
import { openProtoDisk } from '../../src/tree/proto-disk.ts';
import { buildWithBuf, contractOf } from './buf.ts';
import { listCases, readCase } from './fixture-cases.ts';
import { memoryDisk } from './memory-disk.ts';

describe.each(listCases('valid'))('$name', (one) => {
  const disk = openProtoDisk(one.folder);

  it('gives the services, methods, kinds and types that buf finds', async () => {
    const collected = await collectProtos({ workloads: [{ name: 'orders', protos: one.proto }], disk });

    const truth = await buildWithBuf(collected.files);

    expect(truth.complaint).toBe('');
    expect(parseContract(collected.files)).toEqual(contractOf(truth));
    expect(collected.contract).toEqual(contractOf(truth));
  });

  it('gives the workload the same services again from what the Spec keeps', async () => {
    const { workloads, contract } = await collectProtos({ workloads: [{ name: 'orders', protos: one.proto }], disk });

    const served = assignServices(workloads, contract).get('orders') ?? [];

    expect(workloads[0]?.services).not.toEqual([]);
    expect(served.map(({ fullName }) => fullName)).toEqual(workloads[0]?.services);
  });

  it('is the same on any disk', async () => {
    const workloads = [{ name: 'orders', protos: one.proto }];

    const inMemory = await collectProtos({ workloads, disk: memoryDisk(readCase(one), '/case') });

    expect(inMemory).toEqual(await collectProtos({ workloads, disk }));
  });

  it('can be given file by file, and buf accepts each', async () => {
    const paths = Object.keys(readCase(one)).filter((path) => path.endsWith('.proto'));
    for (const path of paths) {
      const typed = join(one.folder, path.slice('/case'.length));
      const { services } = readProto(new TextDecoder().decode(memoryDisk(readCase(one)).read(path)));
      if (services.length === 0) continue;

      const { files, workloads } = await collectProtos({
        workloads: [{ name: 'orders', protos: [typed] }],
        disk: openProtoDisk(dirname(one.folder)),
      });

      expect((await buildWithBuf(files)).complaint).toBe('');
      expect(workloads[0]?.protos).toHaveLength(1);
    }
  });
});
