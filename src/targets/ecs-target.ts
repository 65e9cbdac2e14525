/** A target on ECS Fargate: what all of them share, around an edge of its own. */
import { requireSettings } from '../spec/fill-settings.ts';
import { describeEnvironments, describeTemplates } from './ecs-cloudformation.ts';
import type { EcsEdge } from './ecs-edge.ts';
import { listScrapes } from './ecs-metrics.ts';
import { ecsPlatform } from './ecs-moves.ts';
import { describeRunbook } from './ecs-runbook.ts';
import { describeTerraform, describeTerraformEnvironments } from './ecs-terraform.ts';
import { environmentsFolder } from './network-ranges.ts';
import type { Target } from './target.ts';
import { countResources, findTemplateFaults } from './template-rules.ts';

export function buildEcsTarget(edge: EcsEdge): Target {
  const { id, timings } = edge;
  return {
    id,
    timings,
    ...(edge.images && { images: edge.images }),
    overlays(given) {
      const spec = requireSettings(given);
      const { iac, network, dns, telemetry } = spec;
      // In CloudFormation one template has all of them, by conditions.
      const variants = [`ecs/terraform-network-${network}`, `ecs/terraform-zone-${dns}`];
      const certificate = edge.hasTls(spec) ? ['ecs/terraform-certificate'] : [];
      return [
        'ecs/all',
        `ecs/${iac}`,
        ...(iac === 'terraform' ? [...variants, ...certificate] : []),
        ...(edge.overlays ?? []),
        `${id}/${iac}`,
        ...(telemetry ? ['telemetry'] : []),
      ];
    },
    check(given, contract) {
      const spec = requireSettings(given);
      const faults = edge.check(spec, contract);
      if (spec.iac === 'terraform') return faults;
      return [...faults, ...findTemplateFaults(spec, countResources(spec, contract, edge))];
    },
    platform: ecsPlatform,
    derive: (given, contract) => edge.derive(requireSettings(given), contract),
    describe(given, topology) {
      const spec = requireSettings(given);
      const { region, arch } = spec;
      const print = spec.iac === 'terraform' ? describeTerraform : describeTemplates;
      return {
        region,
        host: spec.domain,
        runner: arch === 'arm64' ? 'ubuntu-24.04-arm' : 'ubuntu-24.04',
        scrapes: listScrapes(edge.listTasks(spec)),
        ...describeRunbook(spec, topology, edge),
        ...print(spec, topology, edge),
        ...edge.describe?.(spec, topology),
      };
    },
    remembers: environmentsFolder,
    repeat(given, earlier) {
      const spec = requireSettings(given);
      return spec.iac === 'terraform'
        ? describeTerraformEnvironments(spec, earlier)
        : describeEnvironments(spec, edge, earlier);
    },
  };
}
