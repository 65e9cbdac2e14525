import { expect, it } from 'vitest';
import { describeStandardServices } from '../../src/render/describe-standard-services.ts';
import { ecsAlb } from '../../src/targets/ecs-alb.ts';
import { ecsNlbNginx } from '../../src/targets/ecs-nlb-nginx.ts';
import { local } from '../../src/targets/local.ts';
import { ecsAlbSpecs } from '../targets/ecs-alb-specs.ts';
import { ecsNlbNginxSpecs } from '../targets/ecs-nlb-nginx-specs.ts';

const contract = { services: [] };
const [[, one], [, three]] = ecsAlbSpecs as [(typeof ecsAlbSpecs)[number], (typeof ecsAlbSpecs)[number]];
const [[, behindNginx], [, severalBehindNginx]] = ecsNlbNginxSpecs as [
  (typeof ecsAlbSpecs)[number],
  (typeof ecsAlbSpecs)[number],
];
const everyOne =
  'Beside its own services every workload answers `grpc.health.v1.Health`, and reflection (v1 and v1alpha) for the whole repo.';

it('has every workload answer reflection where calls of it lead to each', () => {
  expect(describeStandardServices(local.derive({ ...three, target: 'local' }, contract))).toBe(everyOne);
  expect(describeStandardServices(ecsAlb.derive(one, contract))).toBe(everyOne);
});

it('names the one that answers it behind a load balancer', () => {
  expect(describeStandardServices(ecsAlb.derive(three, contract))).toContain(
    ' For the whole repo orders alone answers reflection',
  );
});

it('has none answer it where none does', () => {
  expect(describeStandardServices(ecsAlb.derive({ ...three, reflection: false }, contract))).toContain(
    ' None answers reflection',
  );
});

it('looks through a load balancer of connections at what nginx does', () => {
  expect(describeStandardServices(ecsNlbNginx.derive(behindNginx, contract))).toBe(everyOne);
  expect(describeStandardServices(ecsNlbNginx.derive(severalBehindNginx, contract))).toContain(
    ' For the whole repo orders alone answers reflection',
  );
  expect(
    describeStandardServices(ecsNlbNginx.derive({ ...severalBehindNginx, reflection: false }, contract)),
  ).toContain(' None answers reflection');
});
