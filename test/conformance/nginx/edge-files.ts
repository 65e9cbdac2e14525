/** The edge as it is emitted for some workloads, and as it runs on this machine: addresses and paths mapped. */
import { sampleContract, samplePath } from '../../../src/contract/sample.ts';
import { renderTemplate } from '../../../src/render/interpret.ts';
import { buildView } from '../../../src/render/view.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { ecsNlbNginx } from '../../../src/targets/ecs-nlb-nginx.ts';
import { templates } from '../../golden/render-answers.ts';
import { ecsAlbSpecs } from '../../targets/ecs-alb-specs.ts';

const [, least] = ecsAlbSpecs[0]!;

/** Behind a Network Load Balancer, each workload with the sample's protos. */
export function describeEdgeSpec(workloads: readonly string[], changes: Partial<Spec> = {}): Spec {
  const described = workloads.map((name) => ({ name, protos: [samplePath(name)], cpu: 256 as const, memory: 512 }));
  return { ...least, target: 'ecs-nlb-nginx', workloads: described, listener: 'tls', ...changes };
}

export type EdgeFile = 'nginx.conf' | 'compose.conf' | 'Dockerfile' | 'start.sh';

export function renderEdge(spec: Spec, file: EdgeFile): string {
  const contract = sampleContract(spec.workloads.map(({ name }) => name));
  const topology = ecsNlbNginx.derive(spec, contract);
  const view = buildView({ spec, contract, topology, target: ecsNlbNginx, packageReference: undefined });
  return renderTemplate(templates, `ecs-nlb-nginx/image/edge/${file}`, view);
}

/** From what an emitted text says to what it says here. Throws where it says no such thing. */
export function mapText(text: string, replaced: Readonly<Record<string, string>>): string {
  return Object.entries(replaced).reduce((mapped, [from, to]) => {
    if (!mapped.includes(from)) throw new Error(`the emitted configuration has no ${from}`);
    return mapped.replaceAll(from, to);
  }, text);
}
