import { expect, test } from 'vitest';
import { sizeEnvironments } from '../../src/targets/ecs-environments.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

const [, spec] = ecsAlbSpecs[0]!;

test('production stands in three zones, and in two where an account may have no third', () => {
  const zonesIn = (region: string) => sizeEnvironments({ ...spec, region }).map(({ network }) => network?.zones);
  expect(zonesIn('eu-west-1')).toEqual([2, 3]);
  expect(zonesIn('us-west-1')).toEqual([2, 2]);
});
