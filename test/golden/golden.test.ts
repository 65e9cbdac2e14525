import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { findNode } from '../../scripts/find-node.ts';
import { cases } from './cases.ts';
import { compareTrees } from './compare-trees.ts';
import { emitCase } from './emit.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-golden-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cure = 'npm run golden, then read the difference as the user who will get it';

test('every folder here is a case, and every case has its folder', () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map((entry) => entry.name).sort(), cure).toEqual(cases.map((one) => one.name).sort());
});

describe.each(cases)('$name: $shows', (one) => {
  test('the built CLI emits exactly the golden', () => {
    expect(compareTrees(join(here, one.name), emitCase(one, join(folder, 'now'))), cure).toEqual([]);
  });

  test('a second run emits the same bytes', () => {
    expect(compareTrees(join(here, one.name), emitCase(one, join(folder, 'again'))), cure).toEqual([]);
  });

  test('Node 20 emits the same bytes', { timeout: 120_000 }, async () => {
    const emitted = emitCase(one, join(folder, 'node20'), await findNode(20));
    expect(compareTrees(join(here, one.name), emitted), cure).toEqual([]);
  });
});
