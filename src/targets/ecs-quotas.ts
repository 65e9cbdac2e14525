/** How much of an account's quotas a repo on ECS takes, all environments together: an empty account has little. */
import type { FullSpec } from '../spec/fill-settings.ts';
import type { EcsTask } from './ecs-edge.ts';
import { sizeEnvironments } from './ecs-environments.ts';

/**
 * Fargate's processors (quota L-3032A538), in vCPU: what always runs, and what runs when everything is scaled out, each
 * with a rollout of the largest environment, which runs twice meanwhile (`deployment_maximum_percent` is 200).
 */
export function countVcpus(spec: FullSpec, tasks: readonly Pick<EcsTask, 'cpu'>[]): { least: number; most: number } {
  const ofOneEach = tasks.reduce((sum, { cpu }) => sum + cpu, 0) / 1024;
  const scales = sizeEnvironments(spec).map(({ scale }) => scale);
  const count = (scaled: number[]) => (scaled.reduce((sum, each) => sum + each, 0) + Math.max(...scaled)) * ofOneEach;
  return { least: count(scales.map(({ min }) => min)), most: count(scales.map(({ max }) => max)) };
}

/** Addresses of NAT gateways (quota L-0263D0A3), one each; a load balancer's own are AWS's. */
export function countElasticIps(spec: FullSpec): number {
  const networks = sizeEnvironments(spec).flatMap(({ network }) => network ?? []);
  return networks.reduce((sum, { nat, zones }) => sum + (nat === 'zonal' ? zones : 1), 0);
}

/** Networks (quota L-F678F1CE); an account has one of AWS's making to begin with. */
export function countVpcs(spec: FullSpec): number {
  return sizeEnvironments(spec).filter(({ network }) => network !== undefined).length;
}
