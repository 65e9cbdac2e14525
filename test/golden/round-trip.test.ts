import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { parseContract } from '../../src/contract/parse-contract.ts';
import { readSpec } from '../../src/spec/read-spec.ts';
import { findTarget } from '../../src/targets/targets.ts';
import type { Topology } from '../../src/topology/model.ts';
import { cases } from './cases.ts';
import { readComposed } from './read-compose.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-round-trip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const composed = cases.filter(({ name }) => readGolden(name).target === 'local');

test('there are repos for this machine among the goldens', () => {
  expect(composed.length).toBeGreaterThan(3);
});

// Those of clouds are read back from what their own tools understood: test/conformance/read-topology.ts.
describe.each(composed)('$name, without its answers', ({ name }) => {
  const copy = join(folder, name);
  cpSync(join(here, name), copy, { recursive: true });
  rmSync(join(copy, 'grpc-aws.json'));
  rmSync(join(copy, '.grpc-aws'), { recursive: true });

  test('is read back as the Topology that it was rendered from', () => {
    expect(inOrder(readComposed(copy))).toEqual(inOrder(deriveGolden(name)));
  });

  test('is another Topology once a number in it was changed', () => {
    const path = join(copy, 'compose.yaml');
    const text = readFileSync(path, 'utf8');
    for (const [said, changed] of changes) {
      expect(text).toContain(said);
      writeFileSync(path, text.replace(said, changed));
      expect(inOrder(readComposed(copy)), changed).not.toEqual(inOrder(deriveGolden(name)));
    }
    writeFileSync(path, text);
  });
});

const changes = [
  ['replicas: 3', 'replicas: 2'],
  ['50053:8080', '50052:8080'],
  [':8080"', ':8081"'],
  ['stop_grace_period: 40s', 'stop_grace_period: 30s'],
  ['DRAIN: "15"', 'DRAIN: "30"'],
  ['PRE_STOP:-12', 'PRE_STOP:-2'],
  ['["CMD",', '["CMD-SHELL",'],
  ['interval: 5s', 'interval: 30s'],
] as const;

function readGolden(name: string) {
  return readSpec(readFileSync(join(here, name, 'grpc-aws.json'), 'utf8'), 'grpc-aws.json');
}

function deriveGolden(name: string): Topology {
  const protos = join(here, name, 'proto');
  const files = readdirSync(protos, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.proto'));
  const contract = parseContract(
    files.map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(join(protos, path), 'utf8') })),
  );
  const spec = readGolden(name);
  return findTarget(spec.target).derive(spec, contract);
}

/** The services of a server are a set. */
function inOrder({ edges, workloads }: Topology): Topology {
  return {
    edges,
    workloads: workloads.map((workload) => ({
      ...workload,
      containers: workload.containers.map((container) => {
        const { runs } = container;
        return runs.kind === 'server'
          ? { ...container, runs: { ...runs, services: [...runs.services].sort() } }
          : container;
      }),
    })),
  };
}
