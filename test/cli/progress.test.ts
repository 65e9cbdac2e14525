import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { showProgress } from '../../src/cli/progress.ts';
import { createWorld } from './test-world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells plain lines where there is no terminal', () => {
  const world = createWorld();
  const progress = showProgress(world, 'npm install', false);
  progress.update('added 1 package');
  progress.succeed();
  expect(world.told).toEqual({ stdout: '', stderr: 'npm install...\nnpm install: done\n' });
});

it('tells the same lines to a screen reader', () => {
  const world = createWorld({ isTerminal: true, env: { ACCESSIBLE: '1' } });
  showProgress(world, 'npm install', false).fail();
  expect(world.told.stderr).toBe('npm install...\nnpm install: failed\n');
});

it('is silent beside JSON', () => {
  const world = createWorld({ isTerminal: true });
  showProgress(world, 'npm install', true).succeed();
  expect(world.told).toEqual({ stdout: '', stderr: '' });
});

it('turns on a terminal, never wider than it, and leaves the cursor as it was', () => {
  const world = createWorld({ isTerminal: true, columns: 30, env: { NO_COLOR: '1' } });
  const progress = showProgress(world, 'npm install', false);
  progress.update(`\u001b[31m${'very long '.repeat(20)}\u001b[39m\u0007`);
  vi.advanceTimersByTime(250);
  progress.succeed();
  vi.advanceTimersByTime(250);
  const lines = stripVTControlCharacters(world.told.stderr).split('\r');
  expect(Math.max(...lines.map((line) => line.trimEnd().length))).toBeLessThan(30);
  expect(lines.at(-1)).toBe('✔ npm install\n');
  expect(world.told.stderr.startsWith('\u001b[?25l')).toBe(true);
  expect(world.told.stderr.endsWith('\u001b[?25h')).toBe(true);
  expect(world.told.stderr).not.toContain('\u0007');
});
