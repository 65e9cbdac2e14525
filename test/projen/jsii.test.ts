import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { describeJsii } from '../../src/projen/jsii.ts';
import { settings, specSchema } from '../../src/spec/schema.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface ProjectType {
  moduleName: string;
  pjid: string;
  fqn: string;
  options: ProjectOption[];
}

interface ProjectOption {
  name: string;
  switch: string;
  simpleType: string;
  optional?: boolean;
  default?: string;
  docs: string;
  type: { collection?: { kind: string; elementtype: { primitive?: string; fqn?: string } } };
}

const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-jsii-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What projen itself makes of the file, in a package of its own. */
function discover(): ProjectType[] {
  const home = join(folder, 'node_modules/create-grpc-aws');
  mkdirSync(home, { recursive: true });
  symlinkSync(join(root, 'node_modules/projen'), join(folder, 'node_modules/projen'), 'junction');
  writeFileSync(join(home, '.jsii'), JSON.stringify(describeJsii('1.2.3', '*')));
  const inventory = createRequire(import.meta.url)('projen/lib/inventory.js') as {
    discover(folder: string): ProjectType[];
  };
  return inventory.discover(home).filter(({ moduleName }) => moduleName === 'create-grpc-aws');
}

const types = discover();
const options = types[0]?.options ?? [];
const find = (name: string) => options.find((option) => option.name === name);

test('projen finds one project type in it', () => {
  expect(types.map(({ fqn, pjid }) => ({ fqn, pjid }))).toEqual([
    { fqn: 'create-grpc-aws.GrpcServiceProject', pjid: 'grpc-service' },
  ]);
});

test('every answer of the Spec is an option, and so is what a creation brings along', () => {
  const asked = Object.keys(specSchema.properties ?? {}).filter((key) => !['$schema', 'unlinted'].includes(key));
  expect(options.map(({ name }) => name).sort()).toEqual([...asked, 'proto', 'workload'].sort());
  expect(settings.length).toBeGreaterThan(5);
  expect(options.filter(({ docs }) => !docs.endsWith('.'))).toEqual([]);
});

test('a name alone is enough, and the folder has one', () => {
  expect(options.filter(({ optional }) => !optional).map(({ name }) => name)).toEqual(['name']);
  expect(find('name')?.default).toBe('$BASEDIR');
});

test('what can be said in one word is a flag of projen new', () => {
  expect(find('target')).toMatchObject({ switch: 'target', simpleType: 'string', default: '"local"' });
  expect(find('target')?.docs).toContain('one of local, ecs-alb');
  expect(find('telemetry')).toMatchObject({ switch: 'telemetry', simpleType: 'boolean', default: 'false' });
  expect(find('environments')?.type.collection).toEqual({ kind: 'array', elementtype: { primitive: 'string' } });
  expect(find('workload')?.type.collection).toEqual({ kind: 'array', elementtype: { primitive: 'string' } });
});

test('workloads with settings of their own are a type, for .projenrc.ts', () => {
  const { types } = describeJsii('1.2.3', '*') as { types: Record<string, { properties: ProjectOption[] }> };
  const fqn = find('workloads')?.type.collection?.elementtype.fqn ?? '';
  const properties = types[fqn]?.properties ?? [];
  expect(properties.map(({ name, optional = false }) => ({ name, optional }))).toEqual([
    { name: 'name', optional: false },
    { name: 'protos', optional: true },
    { name: 'cpu', optional: true },
    { name: 'memory', optional: true },
    { name: 'secrets', optional: true },
  ]);
});
