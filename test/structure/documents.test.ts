/** What the documents say about the repo is true. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles, readText, root } from './repo-files.ts';
import { floors } from './rooms.ts';

const { version } = JSON.parse(readText('package.json')) as { version: string };
const documents = listFiles().filter((path) => path.endsWith('.md') && /^(?:[^/]+|docs\/.*|bench\/.*)$/.test(path));

test('every path that ARCHITECTURE.md names exists', () => {
  const named = [...readText('ARCHITECTURE.md').matchAll(/`([\w.@-]+(?:\/[\w.@-]+)*\/?)`/g)]
    .map((match) => match[1] ?? '')
    .filter((word) => word.includes('/') || /\.(?:ts|mjs|json|md)$/.test(word))
    .filter((word) => !builtPaths.some((built) => word.startsWith(built)));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

/** Made by the build, or found in emitted repos only. */
const builtPaths = ['dist/', 'grpc-aws.json', '.grpc-aws/', 'main.ts', 'proto/'];

test('ARCHITECTURE.md names every room of src', () => {
  const text = readText('ARCHITECTURE.md');
  const rooms = floors.flat().map((room) => (room.endsWith('.ts') ? `src/${room}` : `src/${room}/`));
  expect(rooms.filter((room) => existsSync(join(root, room)) && !text.includes(`\`${room}\``))).toEqual([]);
});

test('every link from one document to another leads somewhere', () => {
  const broken = documents.flatMap((document) =>
    [...readText(document).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map((match) => join(document, '..', match[1] ?? ''))
      .filter((target) => !existsSync(join(root, target)))
      .map((target) => `${document}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every test and every fact that docs/targets.md names is there', () => {
  const facts = listFiles('test/conformance').filter((path) => path.endsWith('.ts'));
  const ids = new Set(
    facts.flatMap((path) => [...readText(path).matchAll(/ id: '([\w-]+\/[\w-]+)'/g)].map(([, id]) => id)),
  );
  const rows = readText('docs/targets.md')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const named = rows.flatMap((row) => [...row.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\/?)`/g)].map(([, name = '']) => name));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !ids.has(name) && !existsSync(join(root, name)))).toEqual([]);
});

test('CHANGELOG.md has an entry for the current version', () => {
  expect(readText('CHANGELOG.md')).toMatch(new RegExp(`^## ${version.replaceAll('.', '\\.')}\\b`, 'm'));
});

test('each released version keeps what it emitted in test/fixtures/released', () => {
  const heading = /^## (\d+\.\d+\.\d+)\b(?! \(not released yet\)$)/gm;
  const released = [...readText('CHANGELOG.md').matchAll(heading)].map((match) => match[1] ?? '');
  expect(released.filter((one) => !existsSync(join(root, 'test/fixtures/released', one)))).toEqual([]);
});

test('decisions are numbered once each', () => {
  const numbers = listFiles('docs/decisions').map((path) => path.split('/').at(-1)?.slice(0, 4));
  expect(new Set(numbers).size).toBe(numbers.length);
});
