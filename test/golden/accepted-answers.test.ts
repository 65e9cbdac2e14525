import { transform } from 'esbuild';
import { assert, asyncProperty, constantFrom, oneof, property, stringMatching, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseContract } from '../../src/contract/parse-contract.ts';
import { sampleContract } from '../../src/contract/sample.ts';
import { readSpec } from '../../src/spec/read-spec.ts';
import type { Spec } from '../../src/spec/spec.ts';
import type { FileTree } from '../../src/tree/file-tree.ts';
import { describeSamples, renderSamples } from './render-answers.ts';

/** Names that some format takes for something else: YAML's words and numbers, JavaScript's, proto's, our own folders'. */
const misread = constantFrom(
  ...['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n', 'e1', 'inf', 'nan', 'x0', 'o7'],
  ...['constructor', 'prototype', 'import', 'default', 'class', 'delete', 'new', 'await', 'arguments', 'to-string'],
  ...['message', 'package', 'service', 'rpc', 'stream', 'syntax', 'option', 'google', 'string'],
  ...['server', 'client', 'gen', 'proto', 'src', 'test', 'all', 'a--b', `a${'b'.repeat(62)}`],
);
const name = oneof(misread, stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/)).filter(
  (text) => !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(text),
);
/** Two of them whose packages would be one are refused elsewhere. */
const spec = uniqueArray(name, { minLength: 2, maxLength: 4, selector: (text) => text.replaceAll('-', '') }).map(
  ([project = '', ...workloads]) => describeSamples(project, workloads),
);
const runs = { numRuns: 40 };

test('JSON gives back every accepted name', () => {
  assert(
    property(spec, (given) => {
      const tree = renderSamples(given);
      for (const [path, { text }] of tree) if (path.endsWith('.json')) JSON.parse(text);
      expect(JSON.parse(read(tree, 'package.json')).name).toBe(given.name);
      expect(readSpec(read(tree, 'grpc-aws.json'), 'grpc-aws.json')).toEqual(given);
      expect(Object.keys(JSON.parse(read(tree, '.grpc-aws/manifest.json')).files)).toEqual([...tree.keys()]);
    }),
    runs,
  );
});

test.each(['1.1', '1.2'] as const)('YAML %s gives back every accepted name', (version) => {
  assert(
    property(spec, (given) => {
      const tree = renderSamples(given);
      for (const [path, { text }] of tree) {
        if (!/\.ya?ml$/.test(path)) continue;
        expect(parseAllDocuments(text, { version }).flatMap((document) => document.errors)).toEqual([]);
      }
      const compose = parse(read(tree, 'compose.yaml'), { version });
      expect(compose.name).toBe(given.name);
      expect(Object.keys(compose.services)).toEqual(listNames(given));
      const args = Object.values<{ build: { args: { WORKLOAD: string } } }>(compose.services);
      expect(args.map(({ build }) => build.args.WORKLOAD)).toEqual(listNames(given));
      const workflow = parse(read(tree, '.github/workflows/build.yml'), { version });
      const images = listNames(given).map((name) => ({ name, context: '.', arguments: `WORKLOAD=${name}` }));
      expect(workflow.jobs.image.strategy.matrix.include).toEqual(images);
    }),
    runs,
  );
});

test('proto files give back the contract they were written from', () => {
  assert(
    property(spec, (given) => {
      const files = [...renderSamples(given)]
        .filter(([path]) => path.startsWith('proto/'))
        .map(([path, { text }]) => ({ path: path.slice('proto/'.length), text }));
      expect(parseContract(files)).toEqual(sampleContract(listNames(given)));
    }),
    runs,
  );
});

test('TypeScript parses, and its imports are the files that were meant', { timeout: 60_000 }, async () => {
  await assert(
    asyncProperty(spec, async (given) => {
      const tree = renderSamples(given);
      const sources = [...tree].filter(([path]) => path.startsWith('src/workloads/') && path.endsWith('.ts'));
      for (const [, { text }] of sources) await transform(text, { loader: 'ts' });
      for (const workload of listNames(given)) {
        const handlers = sampleContract([workload]).services.map((service) => `./${service.fullName}.ts`);
        for (const handler of handlers)
          expect(read(tree, `src/workloads/${workload}/main.ts`)).toContain(`'${handler}'`);
      }
    }),
    { numRuns: 15 },
  );
});

test('Dockerfile, Markdown and the words of the picture hold every accepted name as it is', () => {
  assert(
    property(spec, (given) => {
      const tree = renderSamples(given);
      expect(read(tree, 'README.md').split('\n')[0]).toBe(`# ${given.name}`);
      expect(read(tree, 'Dockerfile')).toContain(`--build-arg WORKLOAD=${listNames(given)[0]} .\n`);
      for (const workload of listNames(given))
        expect(read(tree, 'docs/topology.svg')).toContain(` leads to ${workload}.`);
    }),
    runs,
  );
});

test('the same answers give the same tree', () => {
  assert(
    property(spec, (given) => {
      expect([...renderSamples(given)]).toEqual([...renderSamples(structuredClone(given))]);
    }),
    runs,
  );
});

function listNames({ workloads }: Spec): string[] {
  return workloads.map((workload) => workload.name);
}

function read(tree: FileTree, path: string): string {
  const file = tree.get(path);
  if (file === undefined) throw new Error(`${path} is not emitted`);
  return file.text;
}
