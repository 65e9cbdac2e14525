/** `ecs-alb`: ECS Fargate behind an Application Load Balancer, in Terraform with the provider aws alone. */
import type { Contract } from '../contract/contract.ts';
import { servicesOf } from '../contract/services-of.ts';
import { type FullSpec, type FullWorkload, requireSettings } from '../spec/fill-settings.ts';
import type { Workload } from '../topology/model.ts';
import { buildLoadBalancer, buildSelfCheck, buildServer, standardServices } from '../topology/pieces.ts';
import { steadyTimings, type Timings } from '../topology/timings.ts';
import { countRules, findRuleFaults, type RoutedWorkload } from './alb-rules.ts';
import { describeEnvironments, describeTemplates } from './ecs-alb-cloudformation.ts';
import { sizeEnvironments } from './ecs-alb-environments.ts';
import { listChanges, listEntering, listLeaving } from './ecs-alb-moves.ts';
import { environmentsFolder } from './network-ranges.ts';
import { listHcl, quoteHcl } from './quote-hcl.ts';
import { describeRunbook } from './runbook.ts';
import type { RepeatedFile, Target } from './target.ts';
import { findTemplateFaults } from './template-rules.ts';

/** Where the server listens inside its container. */
const containerPort = 8080;

export const ecsAlb: Target = {
  id: 'ecs-alb',
  timings: steadyTimings,
  overlays(given) {
    const { network, dns, telemetry, iac } = requireSettings(given);
    if (iac === 'cloudformation') return ['ecs-alb-cloudformation', ...(telemetry ? ['telemetry'] : [])];
    return ['ecs-alb', `ecs-alb-network-${network}`, `ecs-alb-zone-${dns}`, ...(telemetry ? ['telemetry'] : [])];
  },
  check(given, contract) {
    const spec = requireSettings(given);
    const routed = routeServices(spec, contract);
    const rules = countRules(routed.map(({ routes }) => routes));
    return [...findRuleFaults(routed), ...(spec.iac === 'cloudformation' ? findTemplateFaults(spec, rules) : [])];
  },
  listMoves(before, now) {
    if (before === undefined) return now === undefined ? [] : listEntering(requireSettings(now));
    return now === undefined
      ? listLeaving(requireSettings(before))
      : listChanges(requireSettings(before), requireSettings(now));
  },
  derive(given, contract) {
    const spec = requireSettings(given);
    const routed = routeServices(spec, contract);
    const { preStop, drain, stop } = steadyTimings;
    const { min, max } = sizeEnvironments(spec).at(-1)!.scale;
    const workloads = routed.map(({ name, services }): Workload => {
      return {
        name,
        platform: 'ecs',
        replicas: { min, max },
        gated: true,
        shutdown: { preStop, drain, stop },
        containers: [
          {
            name: 'server',
            image: `${spec.name}/${name}`,
            runs: buildServer(
              steadyTimings,
              containerPort,
              services.map(({ fullName }) => fullName),
            ),
            liveness: buildSelfCheck(steadyTimings, containerPort, ['/nodejs/bin/node', '/app/probe.cjs']),
          },
        ],
      };
    });
    const { domain: host, internal } = spec;
    const backends = routed.map(({ name, routes }) => ({ workload: name, services: routes }));
    const front = { host, internal, certificate: host, port: containerPort, backends };
    return { edges: [buildLoadBalancer(steadyTimings, front)], workloads };
  },
  describe(given, topology) {
    const spec = requireSettings(given);
    const shared = {
      environments: spec.environments.map((name, index, all) => ({ name, needs: nameDeployAfter(all[index - 1]) })),
      timings: describeTimings(steadyTimings),
    };
    if (spec.iac === 'cloudformation')
      return { ...describeTemplates(spec, topology, shared), ...describeRunner(spec), ...describeRunbook(spec) };
    return {
      ...shared,
      host: spec.domain,
      zone: spec.zone,
      makesZone: spec.dns === 'create',
      internal: String(spec.internal),
      architecture: spec.arch.toUpperCase(),
      ...describeRunner(spec),
      logs: spec.logs,
      reflection: spec.reflection ? quoteHcl(spec.workloads[0]!.name) : 'null',
      telemetry: String(spec.telemetry),
      alarms: String(spec.alarms),
      workloads: spec.workloads.map((workload) => describeWorkload(workload, listOwnServices(topology, workload.name))),
      workloadNames: listHcl(spec.workloads.map(({ name }) => name)),
      environmentNames: listHcl(spec.environments),
      ...describeRunbook(spec),
    };
  },
  remembers: environmentsFolder,
  repeat(given, earlier) {
    const spec = requireSettings(given);
    if (spec.iac === 'cloudformation') return describeEnvironments(spec);
    return sizeEnvironments(spec, earlier).flatMap(
      ({ name, hostname, isProduction, scale, network }): RepeatedFile[] => {
        const view = {
          name,
          region: spec.region,
          hostname,
          isProduction,
          alarms: spec.alarms,
          scale: `{ min = ${scale.min}, max = ${scale.max} }`,
          ...(network && { ...network, zones: String(network.zones) }),
        };
        const template = (file: string) => `ecs-alb-environment/${file}`;
        return [
          { path: `infra/environments/${name}.backend.hcl`, template: template('backend.hcl'), view },
          { path: `infra/environments/${name}.tfvars`, template: template(`${spec.network}.tfvars`), view },
        ];
      },
    );
  },
};

/** One workload answers reflection, for the whole repo; nothing from outside reaches health. */
function routeServices({ workloads, reflection }: FullSpec, contract: Contract): RoutedWorkload[] {
  const reflected = standardServices.filter((service) => service.includes('.reflection.'));
  return workloads.map(({ name, protos }, index) => {
    const services = servicesOf(protos, contract);
    const own = services.map(({ fullName }) => fullName);
    return { name, protos, services, routes: index === 0 && reflection ? [...own, ...reflected] : own };
  });
}

function describeRunner({ region, arch }: FullSpec) {
  return { region, runner: arch === 'arm64' ? 'ubuntu-24.04-arm' : 'ubuntu-24.04' };
}

/** The job that an environment's deploy waits for; `deploy-` keeps it apart from jobs that are no environment's. */
function nameDeployAfter(environment: string | undefined): string {
  return environment === undefined ? 'images' : `deploy-${environment}`;
}

/** All but those of proxies behind the edge, of which there are none, and of clients. */
function describeTimings({ idle, minPing, keepalive, ...printed }: Timings): Record<string, string> {
  return Object.fromEntries(Object.entries(printed).map(([name, value]) => [name, String(value)]));
}

function listOwnServices(topology: ReturnType<Target['derive']>, workload: string): string[] {
  const { runs } = topology.workloads.find(({ name }) => name === workload)!.containers[0]!;
  return runs.kind === 'server'
    ? runs.services.filter((s) => !(standardServices as readonly string[]).includes(s))
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
