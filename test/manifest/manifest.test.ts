import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { basePath, manifestPath, withManifest } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import type { FileTree } from '../../src/tree/file-tree.ts';
import { literalTree } from '../tree/literal-tree.ts';

const tree = literalTree(
  { 'README.md': '# orders\n', 'scripts/run.sh': '#!/bin/sh\n', 'src/server/a.ts': 'const a = "1";\n' },
  { 'README.md': { ownership: 'seeded' }, 'scripts/run.sh': { executable: true } },
);

function textsOf(complete: FileTree): [manifest: string, base: string] {
  return [complete.get(manifestPath)?.text ?? '', complete.get(basePath)?.text ?? ''];
}

test('the manifest lists every path with ownership and mode, itself and the base included', () => {
  expect(textsOf(withManifest(tree, '0.1.0'))[0]).toBe(`{
  "//": "Written by create-grpc-aws, which reads it to update this repo: leave it as it is.",
  "format": 1,
  "version": "0.1.0",
  "files": {
    ".grpc-aws/base.json": { "ownership": "managed", "mode": "644" },
    ".grpc-aws/manifest.json": { "ownership": "managed", "mode": "644" },
    "README.md": { "ownership": "seeded", "mode": "644" },
    "scripts/run.sh": { "ownership": "managed", "mode": "755" },
    "src/server/a.ts": { "ownership": "managed", "mode": "644" }
  }
}
`);
});

test('the base holds the managed texts, one path a line', () => {
  expect(textsOf(withManifest(tree, '0.1.0'))[1]).toBe(
    `{\n"scripts/run.sh":"#!/bin/sh\\n",\n"src/server/a.ts":"const a = \\"1\\";\\n"\n}\n`,
  );
});

test('both files take their place in the order of paths', () => {
  expect([...withManifest(literalTree({ '.env': '', a: '' }), '1').keys()]).toEqual([
    '.env',
    basePath,
    manifestPath,
    'a',
  ]);
});

test('what was written is read back, whatever the texts are', () => {
  const texts = fc.dictionary(fc.stringMatching(/^[a-z_]{1,9}$/), fc.string({ unit: 'binary' }), { maxKeys: 6 });
  fc.assert(
    fc.property(texts, fc.boolean(), (dictionary, executable) => {
      const emitted = literalTree(dictionary, { a: { executable }, b: { ownership: 'seeded' } });
      const names = Object.keys(dictionary).sort();
      fc.pre(!names.some((name) => ['con', 'prn', 'aux', 'nul'].includes(name)));
      const manifest = readManifest(...textsOf(withManifest(emitted, '1.2.3')));
      expect(manifest.version).toBe('1.2.3');
      expect([...manifest.files.keys()]).toEqual([basePath, manifestPath, ...names]);
      expect(manifest.files.get('a')?.executable ?? executable).toBe(executable);
      const managed = names.filter((name) => emitted.get(name)?.ownership === 'managed');
      expect([...manifest.base]).toEqual(managed.map((name) => [name, emitted.get(name)?.text]));
    }),
  );
});

describe('a damaged manifest', () => {
  const [manifest, base] = textsOf(withManifest(tree, '0.1.0'));
  const cases: [name: string, manifest: string, base: string, message: string][] = [
    ['a conflict in the manifest', `<<<<<<< ours\n${manifest}`, base, `${manifestPath}: it is not JSON`],
    ['a conflict in the base', manifest, `${base}>>>>>>> theirs`, `${basePath}: it is not JSON`],
    ['a list', '[]', base, `${manifestPath}: it is no JSON object`],
    ['no version', '{"format":1,"files":{}}', base, 'it has no format, version and files'],
    [
      'a strange mode',
      manifest.replace('"755"', '"777"'),
      base,
      'the entry of scripts/run.sh has no ownership and mode',
    ],
    ['a strange owner', manifest.replace('seeded', 'toString'), base, 'the entry of README.md has no ownership'],
    [
      'a text that is none',
      manifest,
      base.replace(/"#!.*n"/, '1'),
      `${basePath}: the entry of scripts/run.sh is no text`,
    ],
    ['a text too few', manifest, '{}', `${basePath}: the text of scripts/run.sh is missing`],
    ['a text too many', manifest, base.replace('{', '{"README.md":"",'), 'does not list README.md as managed'],
  ];

  test.each(cases)('%s is told with the command that mends it', (_, manifestText, baseText, message) => {
    expect(() => readManifest(manifestText, baseText)).toThrow(message);
    try {
      readManifest(manifestText, baseText);
    } catch (error) {
      expect((error as UserError).code).toBe(1);
      expect((error as UserError).faults[0]?.hint).toContain('git checkout HEAD -- .grpc-aws/');
    }
  });

  test('a newer format names the version to run', () => {
    const newer = manifest.replace('"format": 1', '"format": 2').replace('0.1.0', '2.0.0');
    try {
      readManifest(newer, base);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).faults).toMatchObject([
        { at: manifestPath, hint: 'Run `npx create-grpc-aws@2.0.0` instead.' },
      ]);
    }
  });
});

describe('a version that is none', () => {
  const versions = ['0.1.0; curl example.com | sh', '0.1.0\n>>>>>>>', '0.1.0\u001b[31m', '`id`', '$(id)', 'latest', ''];

  test.each(versions)('is damage: %j', (version) => {
    const [manifest, base] = textsOf(withManifest(tree, '0.1.0'));
    const edited = JSON.stringify({ ...JSON.parse(manifest), version });
    expect(() => readManifest(edited, base)).toThrow('no format, version and files');
  });

  test.each(versions)('never comes into a hint: %j', (version) => {
    const newer = JSON.stringify({ format: 99, version, files: {} });
    const error = (() => {
      try {
        return readManifest(newer, '{}');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ faults: [{ hint: 'Run `npx create-grpc-aws@latest` instead.' }] });
    expect((error as UserError).message).toContain('(latest)');
  });
});
