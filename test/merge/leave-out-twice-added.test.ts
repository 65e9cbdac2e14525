import { expect, test } from 'vitest';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

const list = (...items: string[]) =>
  ['workloads = {', '  services = [', ...items.map((item) => `    ${item}`), '  ]', '}', ''].join('\n');
const base = list('"a.A",', '"m.M",', '"z.Z",');
const theirs = list('"a.A",', '"b.B",', '"m.M",', '"z.Z",');

test.each([
  ['elsewhere', list('"a.A",', '"m.M",', '"z.Z",', '"b.B",')],
  ['without its comma', list('"a.A",', '"m.M",', '"z.Z",', '"b.B"')],
  ['where it belongs', theirs],
])('a service that its owner listed %s is listed once', async (_, ours) => {
  expect(await mergeFile('infra/settings.tf', { base, ours, theirs }, labels)).toEqual({ text: theirs, conflicts: [] });
});

test('what only the owner listed stays, other edits too', async () => {
  const ours = `# mine\n${list('"a.A",', '"m.M",', '"z.Z",', '"b.B",', '"q.Q",')}`;
  const text = `# mine\n${list('"a.A",', '"b.B",', '"m.M",', '"z.Z",', '"q.Q",')}`;
  expect(await mergeFile('infra/settings.tf', { base, ours, theirs }, labels)).toEqual({ text, conflicts: [] });
});

test('the services of main.ts stand as they are emitted where its owner named the same ones', async () => {
  const main = (...names: string[]) => `run({\n  services: [${names.join(', ')}],\n});\n`;
  const sides = { base: main('m', 'z'), ours: `// mine\n${main('m', 'z', 'b')}`, theirs: main('b', 'm', 'z') };
  const text = `// mine\n${sides.theirs}`;
  expect(await mergeFile('src/workloads/a/main.ts', sides, labels)).toEqual({ text, conflicts: [] });
});

test('an import that both sides wrote is there once', async () => {
  const lines = (...imports: string[]) =>
    [...imports.map((name) => `import ${name} from './${name}.ts';`), ''].join('\n');
  const sides = { base: lines('a', 'm', 'z'), ours: lines('a', 'm', 'z', 'b'), theirs: lines('a', 'b', 'm', 'z') };
  expect(await mergeFile('src/workloads/a/main.ts', sides, labels)).toEqual({ text: sides.theirs, conflicts: [] });
});
