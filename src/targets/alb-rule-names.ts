/** What a CloudFormation template calls the rules of a load balancer, and where it puts them. */
import type { Topology } from '../topology/model.ts';
import { albQuotas } from './alb-rules.ts';
import { nameLogically } from './ecs-names.ts';
import { quoteYaml } from './quote-yaml.ts';
import { sha1 } from './sha1.ts';

/** Source: the schema of AWS::ElasticLoadBalancingV2::ListenerRule in cfn-lint 1.58.0 (read 2026-11-20). */
const priorityCount = 50_000;

/** What a template prints of a rule. */
export interface NamedRule {
  id: string;
  workload: string;
  tag: string;
  priority: string;
  paths: readonly { path: string }[];
}

export interface RulesOfTask {
  rules: readonly NamedRule[];
  /** The same by name: ECS takes a target group only once a rule leads to it. */
  ways: readonly { id: string }[];
}

/**
 * The rules that lead to each workload. CloudFormation numbers nothing by itself, and two rules that stand side by side
 * while one replaces the other may not have one number: so it comes from the paths, as the rule's own name does.
 */
export function packRules({ edges, workloads }: Topology): ReadonlyMap<string, RulesOfTask> {
  const taken = new Set<number>();
  const routes = edges[0]!.listeners[0]!.routes;
  return new Map(
    workloads.map(({ name }) => {
      const paths = routes.filter(({ to }) => to === name).map(({ path }) => `${path}*`);
      const rules = nameRules(name, paths, taken);
      return [name, { rules, ways: rules.map(({ id }) => ({ id })) }];
    }),
  );
}

function nameRules(workload: string, paths: readonly string[], taken: Set<number>): NamedRule[] {
  const rules: NamedRule[] = [];
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
