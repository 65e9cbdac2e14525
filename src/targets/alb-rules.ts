/** What an Application Load Balancer takes of a Contract: the quotas of its rules, said before AWS says them late. */
import type { Service } from '../contract/contract.ts';
import type { Fault } from '../errors.ts';
import { showValue } from '../spec/show-value.ts';

/**
 * Of one load balancer. Five paths fit within its six wildcards and five evaluations of a rule, for each has one.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html, and of a path
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_PathPatternConditionConfig.html (read 2026-11-20)
 */
export const albQuotas = { rules: 100, pathsInRule: 5, charactersInPath: 128, targetGroups: 100 } as const;

/** One workload behind the load balancer. */
export interface RoutedWorkload {
  name: string;
  /** Files and folders of the Spec. */
  protos: readonly string[];
  services: readonly Service[];
  /** Full names of all services whose calls lead there: its own, and reflection's where they do. */
  routes: readonly string[];
}

/** Everything that AWS would refuse about the rules that lead to these. */
export function findRuleFaults(workloads: readonly RoutedWorkload[]): Fault[] {
  return [
    ...workloads.flatMap(({ services }) => services.flatMap(findLongPath)),
    ...workloads.flatMap(findMissingRoute),
    ...findTooManyRules(workloads),
  ];
}

/** As `infra/routes.tf` packs them: no rule leads to two workloads. */
export function countRules(routes: readonly (readonly string[])[]): number {
  return routes.reduce((sum, { length }) => sum + Math.ceil(length / albQuotas.pathsInRule), 0);
}

function findLongPath({ fullName, file }: Service): Fault[] {
  const { length } = `/${fullName}/*`;
  const most = albQuotas.charactersInPath;
  if (length <= most) return [];
  const message = `declares the service ${showValue(fullName)}, whose path /package.Service/* has ${length}: a rule of an Application Load Balancer takes ${most}`;
  const hint = `Shorten its package or its name: both and the dot may have ${most - '//*'.length} characters.`;
  return [{ at: file, message, hint }];
}

function findMissingRoute({ name, protos, services }: RoutedWorkload): Fault[] {
  if (services.length > 0) return [];
  const message = `the workload ${name} serves no service, so no rule leads to its target group, and ECS refuses a service behind such a group`;
  return [{ message, hint: `Declare a service in proto/${protos[0] ?? ''}, or leave the workload out.` }];
}

function findTooManyRules(workloads: readonly RoutedWorkload[]): Fault[] {
  const all = workloads.map(({ routes }) => routes);
  const rules = countRules(all);
  if (rules <= albQuotas.rules) return [];
  const count = all.flat().length;
  const extra = count - workloads.flatMap(({ services }) => services).length;
  const message = `its ${count} routes${extra > 0 ? ', two of them reflection’s,' : ''} need ${rules} rules of an Application Load Balancer, which has ${albQuotas.rules}: five routes to a rule, all of one workload`;
  const ways = 'Serve related workloads as one, or split the API into two repos';
  return [{ message, hint: extra > 0 ? `${ways}; --no-reflection saves two routes.` : `${ways}.` }];
}
