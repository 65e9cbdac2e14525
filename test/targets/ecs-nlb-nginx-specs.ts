/** Three repos behind a Network Load Balancer: with TLS, with everything on inside the network, and without TLS. */
import type { FullSpec } from '../../src/spec/fill-settings.ts';
import { ecsAlbSpecs } from './ecs-alb-specs.ts';

const [[least, leastSpec], [full, fullSpec], [existing, existingSpec]] = ecsAlbSpecs as [Titled, Titled, Titled];

type Titled = (typeof ecsAlbSpecs)[number];

function describeSpec(spec: FullSpec, listener: 'tls' | 'tcp'): FullSpec {
  return { ...spec, target: 'ecs-nlb-nginx', listener };
}

export const ecsNlbNginxSpecs: readonly Titled[] = [
  [least, describeSpec(leastSpec, 'tls')],
  [
    full,
    describeSpec(
      // They share one task, which has to hold them, nginx and the sidecars.
      { ...fullSpec, workloads: fullSpec.workloads.map((workload) => ({ ...workload, cpu: 256, memory: 256 })) },
      'tls',
    ),
  ],
  [`${existing}, without TLS`, describeSpec(existingSpec, 'tcp')],
];
