/** The rooms keep their direction, and only the rooms that may do so touch the world. */
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { findImports, readSources, root } from './repo-files.ts';
import { browserRooms, diskRooms, doors, floorOf, roomOf } from './rooms.ts';

const sources = readSources();
const imports = [...sources].flatMap(([path, text]) => findImports(text).map((name) => ({ path, name })));

test('every file in src belongs to a room with a floor', () => {
  expect([...sources.keys()].filter((path) => floorOf(roomOf(path)) < 0)).toEqual([]);
});

test('a room imports itself and lower floors only', () => {
  const wrong = imports.filter(({ path, name }) => {
    if (!name.startsWith('.')) return false;
    const from = roomOf(path);
    const to = roomOf(posix.join(posix.dirname(path), name));
    return from !== to && floorOf(to) >= floorOf(from);
  });
  expect(wrong).toEqual([]);
});

test('a relative import names an existing file, with its ending', () => {
  const wrong = imports.filter(
    ({ path, name }) => name.startsWith('.') && !existsSync(join(root, posix.dirname(path), name)),
  );
  expect(wrong).toEqual([]);
});

test('from spec to render nothing imports node:', () => {
  const inBrowser = (path: string) => browserRooms.includes(roomOf(path)) || path === 'src/tree/file-tree.ts';
  expect(imports.filter(({ path, name }) => inBrowser(path) && name.startsWith('node:'))).toEqual([]);
});

test('only the compiler of templates imports handlebars', () => {
  const users = imports.filter(({ name }) => name === 'handlebars' || name.startsWith('handlebars/'));
  expect([...new Set(users.map(({ path }) => path))]).toEqual(['src/render/compile-templates.ts']);
});

test('only the projen door imports projen', () => {
  const users = imports.filter(({ name }) => name === 'projen' || name.startsWith('projen/'));
  expect([...new Set(users.map(({ path }) => path))]).toEqual(['src/projen/grpc-service-project.ts']);
});

test('the compiler of templates is for the build alone: nothing shipped imports it', () => {
  expect(imports.filter(({ name }) => name.endsWith('/compile-templates.ts'))).toEqual([]);
});

test('only tree, plan and the doors import node:fs', () => {
  const users = imports.filter(({ name }) => name.startsWith('node:fs')).map(({ path }) => path);
  expect(users.filter((path) => ![...diskRooms, ...doors].includes(roomOf(path)))).toEqual([]);
});

test('below the doors nothing prompts, prints, exits, or reads argv, env or the clock', () => {
  const world =
    /\bprocess\.(?:argv|env|exit|exitCode|stdin|stdout|stderr|cwd)\b|\bconsole\.|\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/;
  const wrong = [...sources].flatMap(([path, text]) =>
    doors.includes(roomOf(path))
      ? []
      : withoutComments(text)
          .split('\n')
          .filter((line) => world.test(line))
          .map((line) => `${path}: ${line.trim()}`),
  );
  expect(wrong).toEqual([]);
});

test('from spec to render nothing is left to chance', () => {
  const inBrowser = [...sources].filter(([path]) => browserRooms.includes(roomOf(path)));
  expect(inBrowser.filter(([, text]) => /\bMath\.random\(|\bcrypto\b/.test(text)).map(([path]) => path)).toEqual([]);
});

test('below the doors nothing imports prompts, terminals or processes', () => {
  const world = ['@clack/prompts', 'node:child_process', 'node:readline', 'node:process', 'node:tty', 'execa'];
  expect(imports.filter(({ path, name }) => !doors.includes(roomOf(path)) && world.includes(name))).toEqual([]);
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
