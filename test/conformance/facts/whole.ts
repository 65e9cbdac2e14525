/** What holds for a plan as a whole: the Topology it amounts to, its providers, the tags of all it makes. */
import type { Fact } from '../fact.ts';
import { compareSets, show, valueAt } from '../plan.ts';
import { readTopology } from '../read-topology.ts';

export const wholeFacts: readonly Fact[] = [
  {
    id: 'whole/edge',
    fact: 'The load balancer of the plan is that of the Topology, which the picture in the repo shows',
    check: (proof) => {
      const { backends, ...edge } = proof.topology.edges[0]!;
      const { backends: found, ...read } = readTopology(proof).edges[0]!;
      return [...differ('edge', read, edge), ...differ('backends', found, backends)];
    },
    breaks: [
      {
        file: 'load-balancer.tf',
        from: 'client_keep_alive = local.timings.client_keep_alive',
        to: 'client_keep_alive = 3600',
        says: 'edge.listeners.0.connection.maxAge is 3600, not 1800',
      },
      {
        file: 'routes.tf',
        from: '"grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"',
        to: '"grpc.reflection.v1alpha.ServerReflection"',
        says: 'edge.listeners.0.routes.',
      },
      {
        file: 'load-balancer.tf',
        from: 'timeout = local.timings.health_timeout',
        to: 'timeout = 4',
        says: 'backends.0.health.timeout is 4, not 3',
      },
    ],
  },
  {
    id: 'whole/workloads',
    fact: 'The workloads of the plan are those of the Topology',
    check: (proof) => differ('workloads', readTopology(proof).workloads, proof.topology.workloads),
    breaks: [
      {
        file: 'tasks.tf',
        from: 'PRE_STOP = local.timings.pre_stop',
        to: 'PRE_STOP = 5',
        says: 'workloads.0.shutdown.preStop is 5, not 12',
      },
      {
        file: 'tasks.tf',
        from: 'CONNECTION_IDLE = local.timings.connection_idle',
        to: 'CONNECTION_IDLE = 360',
        says: 'runs.connection.maxIdle is 360, not 240',
      },
    ],
  },
  {
    id: 'whole/provider',
    fact: 'No provider is needed but aws, of the versions that were tried',
    check: ({ plan }) => [
      ...compareSets(
        'providers',
        plan.providers
          .map(({ full_name }) => full_name.replace(/^.*?\//, ''))
          .filter((name) => name !== 'builtin/terraform'),
        ['hashicorp/aws'],
      ),
      ...plan.providers.flatMap(({ version_constraint }) =>
        version_constraint === undefined || version_constraint === '>= 5.80.0, < 7.0.0'
          ? []
          : [`the versions are ${version_constraint}`],
      ),
    ],
    breaks: [{ file: 'versions.tf', from: '">= 5.80, < 7.0"', to: '">= 5.80"', says: 'the versions are >= 5.80.0' }],
  },
  {
    id: 'whole/tags',
    fact: 'Everything that takes tags says whose it is: project and environment, by which roles are held back',
    check: ({ plan, spec, environment }) =>
      plan.resources.flatMap(({ address, values }) => {
        const tags = valueAt(values, 'tags_all');
        if (tags === undefined || tags === null) return [];
        const own = [valueAt(tags, 'Project'), valueAt(tags, 'Environment')];
        return show(own) === show([spec.name, environment]) ? [] : [`${address} is tagged ${show(own)}`];
      }),
    breaks: [
      {
        file: 'versions.tf',
        from: 'Environment = var.environment',
        to: 'Stage = var.environment',
        says: 'is tagged ["shop",null]',
      },
    ],
  },
];

/** Where two values differ, by path. */
function differ(path: string, found: unknown, wanted: unknown): string[] {
  if (isBranch(found) && isBranch(wanted)) {
    const keys = new Set([...Object.keys(found), ...Object.keys(wanted)]);
    return [...keys].flatMap((key) => differ(`${path}.${key}`, found[key], wanted[key]));
  }
  return show(found) === show(wanted) ? [] : [`${path} is ${show(found)}, not ${show(wanted)}`];
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
