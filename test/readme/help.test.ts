import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { exitCode } from '../../src/errors.ts';
import { questions } from '../../src/spec/schema.ts';
import { cli } from '../golden/emit.ts';

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');

test('README shows what the built CLI prints for --help', () => {
  const shown = /<!-- help: .*-->\n```text\n([\s\S]*?)```\n<!-- \/help -->/.exec(readme)?.[1];
  expect(shown).toBe(execFileSync(process.execPath, [cli, '--help'], { encoding: 'utf8' }));
});

test('every question of the schema is among the options in README', () => {
  for (const { valueName, ...question } of Object.values(questions)) {
    expect(readme).toContain('flag' in question ? `--${question.flag} ${valueName}` : valueName);
  }
});

test('README lists every exit code', () => {
  const listed = [...readme.matchAll(/^\| (\d+) \|/gm)].map((match) => Number(match[1]));
  expect(listed).toEqual(Object.values(exitCode));
});
