import { expect, it } from 'vitest';
import { findNearest } from '../../src/spec/find-nearest.ts';

it.each([
  ['traget', 'target'],
  ['worklaod', 'workload'],
  ['TARGET', 'target'],
  ['targets', 'target'],
  ['ye', 'yes'],
  ['work', 'workload'],
  ['w', undefined],
  ['kubernetes', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('takes %s for %s', (typed, meant) => {
  expect(findNearest(typed, ['target', 'workload', 'yes', 'proto'])).toBe(meant);
});

it('takes the beginning of a word for that word, before one that is an edit away', () => {
  expect(findNearest('ecs-nlb', ['local', 'ecs-alb', 'ecs-nlb-nginx'])).toBe('ecs-nlb-nginx');
});
