import { expect, it } from 'vitest';
import { loadGoogleProtos, mayBeGoogleProto } from '../../src/contract/google-protos.ts';
import { parseContract } from '../../src/contract/parse-contract.ts';
import { declareWellKnown, isWellKnown, listWellKnown } from '../../src/contract/well-known-types.ts';
import { buildWithBuf, contractOf, typesOf } from './buf.ts';

it('knows the well-known files and types that buf has', async () => {
  const imports = listWellKnown().map((path) => `import "${path}";\n`);

  const { complaint, files } = await buildWithBuf([
    { path: 't.proto', text: `syntax = "proto3";\n${imports.join('')}` },
  ]);

  expect(complaint).toBe('');
  for (const file of files.filter(({ name }) => name !== 't.proto')) {
    const declared = declareWellKnown(file.name).map(({ fullName }) => fullName);
    expect(declared.sort()).toEqual(typesOf(file).sort());
  }
  expect(files).toHaveLength(listWellKnown().length + 1);
});

it('brings Google protos that are whole: each import is among them, and buf reads all as we do', async () => {
  const texts = await loadGoogleProtos();
  const protos = [...texts].map(([path, text]) => ({ path, text }));

  const truth = await buildWithBuf(protos);

  expect(truth.complaint).toBe('');
  expect(parseContract(protos)).toEqual(
    contractOf({ ...truth, files: truth.files.filter(({ name }) => !isWellKnown(name)) }),
  );
  expect([...texts.keys()].filter((path) => !mayBeGoogleProto(path))).toEqual([]);
  expect(texts.has('google/api/annotations.proto')).toBe(true);
});

it('brings Google protos under the license that each of them states', async () => {
  for (const text of (await loadGoogleProtos()).values()) expect(text).toContain('Licensed under the Apache License');
});
