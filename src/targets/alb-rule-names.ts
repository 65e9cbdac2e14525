/** What a CloudFormation template calls the rules of a load balancer, and where it puts them. */
import type { Topology } from '../topology/model.ts';
import { albQuotas } from './alb-rules.ts';
import { nameLogically } from './ecs-names.ts';
import { quoteYaml } from './quote-yaml.ts';
import { sha1 } from './sha1.ts';

/** Source: the schema of AWS::ElasticLoadBalancingV2::ListenerRule in cfn-lint 1.58.0 (read 2026-11-20). */
const priorityCount = 50_000;

/**
 * The rules that lead to each workload. CloudFormation numbers nothing by itself, and two rules that stand side by side
 * while one replaces the other may not have one number: so it comes from the paths, as the rule's own name does.
 */
export function packRules({ edges, workloads }: Topology): ReadonlyMap<string, { rules: readonly object[] }> {
  const taken = new Set<number>();
  const routes = edges[0]!.listeners[0]!.routes;
  return new Map(
    workloads.map(({ name }) => {
      const paths = routes.filter(({ to }) => to === name).map(({ path }) => `${path}*`);
      return [name, { rules: nameRules(name, paths, taken) }];
    }),
  );
}

function nameRules(workload: string, paths: readonly string[], taken: Set<number>): object[] {
  const rules = [];
  for (let at = 0; at < paths.length; at += albQuotas.pathsInRule) {
    const packed = paths.slice(at, at + albQuotas.pathsInRule);
    const hash = sha1([workload, ...packed].join(' '));
    let priority = Number.parseInt(hash.slice(0, 8), 16) % priorityCount;
    while (taken.has(priority)) priority = (priority + 1) % priorityCount;
    taken.add(priority);
    rules.push({
      id: `${nameLogically(workload)}Rule${hash.slice(0, 8)}`,
      workload: nameLogically(workload),
      tag: quoteYaml(workload),
      priority: String(priority + 1),
      paths: packed.map((path) => ({ path: quoteYaml(path) })),
    });
  }
  return rules;
}
