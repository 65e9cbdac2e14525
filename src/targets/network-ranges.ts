/** Which range the network of each environment has: one that stands never moves, and a new one is free. */

/** By path: the texts that a file had, as emitted last and as it stands on disk, in this order. */
export type EarlierTexts = ReadonlyMap<string, readonly string[]>;

/** The folder, relative to the repo, whose files say which ranges are taken; those of users' own environments too. */
export const environmentsFolder = 'infra/environments';

/**
 * By environment. Terraform replaces a network whose range changes, with all that is in it; so whatever else becomes of
 * the list, an environment keeps its own. No two share one, so that they can be peered.
 */
export function chooseRanges(environments: readonly string[], earlier: EarlierTexts): ReadonlyMap<string, string> {
  const taken = new Set([...earlier.values()].flat().map((text) => findRange(text)?.split('.').slice(0, 2).join('.')));
  const free = Array.from({ length: 256 }, (_, index) => `10.${index}`).filter((start) => !taken.has(start));
  return new Map(
    environments.map((name) => {
      const [standing] = nameFiles(name).flatMap((path) =>
        (earlier.get(path) ?? []).flatMap((text) => findRange(text) ?? []),
      );
      return [name, standing ?? `${free.shift()}.0.0/16`];
    }),
  );
}

/** Of either language: the range stays when the language changes. */
function nameFiles(environment: string): string[] {
  return ['tfvars', 'json'].map((ending) => `${environmentsFolder}/${environment}.${ending}`);
}

/**
 * As Terraform's variables say it, or as the parameters of a stack do. Those that both take hold 65,536 addresses at most:
 * the first two numbers tell them apart.
 */
function findRange(text: string): string | undefined {
  return /(?:^[ \t]*vpc_cidr[ \t]*=[ \t]*|"VpcCidr"\s*:\s*)"([^"\n]+)"/m.exec(text)?.[1];
}
