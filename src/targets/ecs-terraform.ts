/** What the Terraform of targets on ECS prints. */
import type { FullSpec, FullWorkload } from '../spec/fill-settings.ts';
import type { Topology } from '../topology/model.ts';
import { standardServices } from '../topology/pieces.ts';
import { describeTimings } from './describe-timings.ts';
import type { EcsEdge, EcsTask } from './ecs-edge.ts';
import { sizeEnvironments } from './ecs-environments.ts';
import { nameDeployAfter } from './name-deploy.ts';
import type { EarlierTexts } from './network-ranges.ts';
import { listHcl, quoteHcl } from './quote-hcl.ts';
import type { RepeatedFile } from './target.ts';

export function describeTerraform(spec: FullSpec, topology: Topology, edge: EcsEdge) {
  const tasks = edge.listTasks(spec);
  return {
    zone: spec.zone,
    makesZone: spec.dns === 'create',
    internal: String(spec.internal),
    architecture: spec.arch.toUpperCase(),
    logs: spec.logs,
    reflection: spec.reflection ? quoteHcl(spec.workloads[0]!.name) : 'null',
    telemetry: String(spec.telemetry),
    alarms: String(spec.alarms),
    workloads: spec.workloads.map((workload) =>
      describeWorkload(workload, listOwnServices(topology, findPlace(tasks, workload.name))),
    ),
    imageNames: listHcl(tasks.flatMap(listImages)),
    environments: spec.environments.map((name, index, all) => ({ name, needs: nameDeployAfter(all[index - 1]) })),
    environmentNames: listHcl(spec.environments),
    timings: describeTimings(edge.timings),
  };
}

/** What belongs to one environment: where its state is, and its variables. */
export function describeTerraformEnvironments(spec: FullSpec, earlier: EarlierTexts): RepeatedFile[] {
  return sizeEnvironments(spec, earlier).flatMap(({ name, hostname, isProduction, scale, network }): RepeatedFile[] => {
    const view = {
      name,
      region: spec.region,
      hostname,
      isProduction,
      alarms: spec.alarms,
      scale: `{ min = ${scale.min}, max = ${scale.max} }`,
      ...(network && { ...network, zones: String(network.zones) }),
    };
    const template = (file: string) => `ecs/terraform-environment/${file}`;
    return [
      { path: `infra/environments/${name}.backend.hcl`, template: template('backend.hcl'), view },
      { path: `infra/environments/${name}.tfvars`, template: template(`${spec.network}.tfvars`), view },
    ];
  });
}

/** Of this repo: each has a repository, and a group of logs. */
function listImages({ servers, companions }: EcsTask): string[] {
  return [...servers.map(({ workload }) => workload.name), ...companions];
}

/** The task that a workload's server is in, and its container there. */
function findPlace(tasks: readonly EcsTask[], workload: string): { task: string; container: string } {
  const places = tasks.flatMap(({ name, servers }) => servers.map((server) => ({ task: name, ...server })));
  return places.find((place) => place.workload.name === workload)!;
}

/** Of the Contract, as the server there serves them. */
function listOwnServices({ workloads }: Topology, { task, container }: { task: string; container: string }): string[] {
  const { containers } = workloads.find(({ name }) => name === task)!;
  const { runs } = containers.find(({ name }) => name === container)!;
  return runs.kind === 'server'
    ? runs.services.filter((service) => !(standardServices as readonly string[]).includes(service))
    : [];
}

function describeWorkload({ name, cpu, memory, secrets = {} }: FullWorkload, services: readonly string[]) {
  const longest = Math.max(...Object.keys(secrets).map((variable) => variable.length));
  return {
    name,
    // As `terraform fmt` aligns what stands on lines of its own.
    services: `[\n${services.map((service) => `        ${quoteHcl(service)},\n`).join('')}      ]`,
    cpu: String(cpu),
    memory: String(memory),
    secrets: Object.entries(secrets).map(([variable, secret]) => ({
      key: quoteHcl(variable).padEnd(longest + 2),
      from: quoteHcl(secret.from),
      name: quoteHcl(secret.name),
    })),
  };
}
