/** What each environment of a repo on ECS is given to begin with: a hostname, tasks, and a network where one is made. */
import { nameHost } from '../spec/domain-names.ts';
import type { FullSpec } from '../spec/fill-settings.ts';
import { chooseRanges, type EarlierTexts } from './network-ranges.ts';

export interface EnvironmentSize {
  name: string;
  hostname: string;
  /** Production outlives the loss of a zone; the others cost little. */
  isProduction: boolean;
  /** Tasks of each workload. */
  scale: { min: number; max: number };
  /** Absent: it is there already. */
  network?: { cidr: string; zones: number; nat: 'single' | 'zonal' };
}

/** In the order of their deploys; the last one is production. */
export function sizeEnvironments(
  { environments, domain, network, region }: FullSpec,
  earlier: EarlierTexts = new Map(),
): EnvironmentSize[] {
  const ranges = chooseRanges(environments, earlier);
  return environments.map((name, index): EnvironmentSize => {
    const isProduction = index === environments.length - 1;
    return {
      name,
      hostname: nameHost(name, environments, domain),
      isProduction,
      scale: isProduction ? { min: 3, max: 12 } : { min: 1, max: 2 },
      ...(network === 'create' && {
        network: {
          cidr: ranges.get(name)!,
          ...(isProduction ? { zones: Math.min(3, zonesOf(region)), nat: 'zonal' } : { zones: 2, nat: 'single' }),
        },
      }),
    };
  });
}

/** How many zones any account has there, three at most: of those of us-west-1, AWS gives a new account two. */
function zonesOf(region: string): number {
  return region === 'us-west-1' ? 2 : 3;
}
