import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { exitCode } from '../../src/errors.ts';
import { cli } from './emit.ts';

/** What breaks out of somewhere, if it is let in. */
const hostile = constantFrom(
  '',
  ' ',
  '-',
  'a-',
  '1st',
  'Orders',
  'ördérs',
  '../orders',
  'a/b',
  'a\\b',
  '$(id)',
  '`id`',
  '${HOME}',
  '${{ secrets.TOKEN }}',
  "a'; rm -rf .; '",
  'a"b',
  'a: b',
  'a\nb: c',
  '# a',
  '{{name}}',
  '</svg>',
  'a\u202eb',
  'con',
  'nul',
  `a${'b'.repeat(63)}`,
);

/** Any text that a command line can hold and no name can be. */
const refusedName = oneof(hostile, string({ unit: 'binary' }), string({ unit: 'grapheme-ascii' })).filter(
  (text) => !text.includes('\0') && !text.includes('=') && !/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text.trim()),
);

const refusedFlags = oneof(
  refusedName.map((name) => ['--workload', name]),
  refusedName.map((name) => ['--workload', 'orders', '--workload', name]),
  refusedName.map((name) => ['--target', name]),
  refusedName.map((name) => [`--proto=missing/${name}.proto`]),
  array(string({ minLength: 1 }), { minLength: 1, maxLength: 2 }).map((words) => words.map((word) => `--x${word}`)),
).filter((flags) => flags.every((flag) => !flag.includes('\0')));

test('a refused answer writes nothing, and says what is wrong', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-refused-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  assert(
    property(refusedFlags, (flags) => {
      const args = [cli, 'orders', ...flags, '--yes', '--no-install', '--no-git'];
      const run = spawnSync(process.execPath, args, {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect([exitCode.refused, exitCode.usage]).toContain(run.status);
      expect(run.stderr.trim()).not.toBe('');
      expect(readdirSync(folder)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
