/** Names on ECS where AWS has fewer characters than we do, worked out as `infra/versions.tf` and its neighbours do. */
import { sha1 } from './sha1.ts';

/** AWS allows load balancers 32 characters; a longer name keeps its beginning and gets a hash. */
export function shortenName(name: string): string {
  return name.length <= 24 ? name : `${trimDash(name.slice(0, 17))}-${sha1(name).slice(0, 6)}`;
}

/** The hash tells apart what is cut off, and a group that replaces this one with another port. */
export function nameTargetGroup(name: string, workload: string, port: number): string {
  const beginning = trimDash(`${shortenName(name)}-${workload}`.slice(0, 25));
  return `${beginning}-${sha1(`${name} ${workload} ${port}`).slice(0, 6)}`;
}

export function nameRole(name: string, workload: string, role: 'execution' | 'task'): string {
  return `${shortenName(name)}-${sha1(workload).slice(0, 6)}-${role}`;
}

/** As `trimsuffix` has it: one at most. */
function trimDash(text: string): string {
  return text.replace(/-$/, '');
}

/**
 * A workload's part of the names inside a CloudFormation template, which have letters and digits alone: `order-items`
 * becomes `OrderItems`. A name in which a dash stands before anything but a letter has a hash too, so that `a-1` is not `a1`.
 */
export function nameLogically(workload: string): string {
  const words = workload.split('-');
  const joined = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  return words.every((word) => /^[a-z]/.test(word)) ? joined : `${joined}${sha1(workload).slice(0, 8)}`;
}
