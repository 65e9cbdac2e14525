/** The three repos of ecs-alb behind a Network Load Balancer: with TLS, with everything on inside a network, and in clear text. */
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

export const ecsNlbNginxSpecs: readonly (readonly [string, FullSpec])[] = ecsAlbSpecs.map(([title, spec]) => [
  title,
  putBehindFlowBalancer(spec),
]);

export function putBehindFlowBalancer(spec: FullSpec): FullSpec {
  return { ...spec, target: 'ecs-nlb-nginx', listener: spec.network === 'existing' ? 'tcp' : 'tls' };
}
