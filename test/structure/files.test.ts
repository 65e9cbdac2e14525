/** What every file of this repo keeps to. */
import { expect, test } from 'vitest';
import { git, listFiles, readText, root } from './repo-files.ts';

const own = listFiles().filter((path) => !/^(test\/(golden\/[^/]+|fixtures)\/|package-lock|LICENSE)/.test(path));
const code = own.filter((path) => /\.(ts|mjs)$/.test(path) && !path.startsWith('templates/'));

test('each code file opens with a comment that says what it is for; a test says it by its names', () => {
  expect(code.filter((path) => !path.endsWith('.test.ts') && !/^(#!.*\n)?\/\*\*\s+\S/.test(readText(path)))).toEqual(
    [],
  );
});

test('no file holds a word for work left over', () => {
  // Split, so that this file does not find itself.
  const words = new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`);
  expect(own.filter((path) => words.test(readText(path)))).toEqual([]);
});

test('no test is switched off or alone', () => {
  const off = /\b(?:it|test|describe)\.(?:skip|todo|only)\(/;
  expect(code.filter((path) => path.startsWith('test/') && off.test(readText(path)))).toEqual([]);
});

test('no file escapes the types or the linter', () => {
  const escapes = new RegExp(
    ['as any\\b', ': any\\b', '@ts-' + '(?:ignore|expect-error|nocheck)', 'biome-' + 'ignore'].join('|'),
  );
  expect(code.filter((path) => path !== 'test/structure/files.test.ts' && escapes.test(readText(path)))).toEqual([]);
});

test('no file names a path of the machine it was written on', () => {
  expect(listFiles().filter((path) => readText(path).includes(root))).toEqual([]);
});

test('no lockfile names the host it was installed from', () => {
  const locks = listFiles().filter((path) => path.endsWith('package-lock.json'));
  expect(locks.filter((path) => readText(path).includes('"resolved": "http'))).toEqual([]);
});

test('each lockfile is whole: npm ci refuses one that lacks the packages of another system', () => {
  const locks = listFiles().filter((path) => path.endsWith('package-lock.json') && !path.startsWith('test/'));
  const missing = locks.flatMap((lock) => {
    const { packages } = JSON.parse(readText(lock)) as Record<string, Record<string, LockedPackage>>;
    const paths = Object.keys(packages ?? {});
    return Object.entries(packages ?? {}).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter(
          (name) =>
            !paths.some((other) => other === `${path}/node_modules/${name}` || other === `node_modules/${name}`),
        )
        .map((name) => `${lock}: ${name}`),
    );
  });
  expect(missing).toEqual([]);
});

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
}

test('a file of code is short enough to be read at once', () => {
  const long = code.filter((path) => !path.startsWith('test/') && readText(path).split('\n').length > 251);
  expect(long).toEqual([]);
});

test('an executable file is a script, and a script is executable', () => {
  const modes = git(['ls-files', '-s', '--', ...own])
    .split('\n')
    .filter(Boolean);
  const executable = modes.filter((line) => line.startsWith('100755')).map((line) => line.split('\t')[1] ?? '');
  const scripts = own.filter(
    (path) => !path.startsWith('templates/') && readText(path).startsWith('#!/usr/bin/env bash'),
  );
  expect(executable.filter((path) => !path.startsWith('templates/') && !readText(path).startsWith('#!'))).toEqual([]);
  expect(scripts.filter((path) => !executable.includes(path))).toEqual([]);
});
