import { expect, it } from 'vitest';
import { chooseSigns, chooseStyle } from '../../src/cli/style.ts';
import { canAsk, isPlain } from '../../src/cli/world.ts';
import { createWorld } from './test-world.ts';

it.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
])('colours: terminal %s with %j is %s', (isTerminal, env, expected) => {
  const world = createWorld({ isTerminal, env });
  expect(chooseStyle(world, world.stdout).red('x') !== 'x').toBe(expected);
});

it('keeps to plain signs where the console has no others', () => {
  expect(chooseSigns(createWorld({ platform: 'win32' })).done).toBe('ok');
  expect(chooseSigns(createWorld({ platform: 'win32', env: { WT_SESSION: 'x' } })).done).toBe('✔');
  expect(chooseSigns(createWorld({ env: { TERM: 'linux' } })).done).toBe('ok');
});

it.each([
  [true, {}, true],
  [false, {}, false],
  [true, { CI: 'true' }, false],
  [true, { CI: '1' }, false],
  [true, { CI: 'false' }, true],
])('asks: terminal %s with %j is %s', (isTerminal, env, expected) => {
  expect(canAsk(createWorld({ isTerminal, env }))).toBe(expected);
});

it('is plain for screen readers and for terminals that cannot redraw', () => {
  expect(
    [{ ACCESSIBLE: '1' }, { TERM: 'dumb' }, { ACCESSIBLE: '0' }, {}].map((env) => isPlain(createWorld({ env }))),
  ).toEqual([true, true, false, false]);
});
