/** Commands that are told can be pasted, whatever the folders are called. */
import { expect, test } from 'vitest';
import { readSources } from './repo-files.ts';

/** What only ever holds letters, digits, `.`, `/`, `-`: checked names, versions, paths of ours, commands. */
const plain = /^(?:quotePath\(|\w*[cC]ommand\b|specPath\b|manifestPath\b|basePath\b)/;
const named = /\b(?:path|folder|directory|place|at|left|state|name\)|way)\b/;

test('every path in a command that is told is quoted', () => {
  const bare = [...readSources()].flatMap(([file, text]) =>
    [...text.matchAll(/\\`((?:[^`\\]|\\(?!`))*)\\`/g)]
      .flatMap(([, command = '']) => [...command.matchAll(/\$\{((?:[^{}]|\{[^{}]*\})*)\}/g)])
      .map(([, expression = '']) => expression)
      .filter((expression) => named.test(expression) && !plain.test(expression))
      .map((expression) => `${file}: ${expression}`),
  );
  // Both are checked to be paths of the tool's own.
  expect(bare.filter((one) => !/^src\/(?:manifest\/read-manifest|upgrade\/read-project)\.ts: path$/.test(one))).toEqual(
    [],
  );
});
