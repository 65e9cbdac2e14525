/** Which facts no small change of the templates breaks: what never says anything proves nothing. */
import { mutateTemplate } from './mutate-template.ts';
import type { OwnFact } from './own-facts.ts';
import { type Printed, proveTemplates, type TemplateProof } from './prove-templates.ts';

export interface Sharpness {
  printed: Printed;
  /** In `infra/`. */
  file: string;
  facts: readonly OwnFact[];
  /** Whose plan shared facts are asked of. */
  kind: 'environment' | 'bootstrap';
}

/** Tried in production, in what is shared and in the first workload, until each fact has said something. */
export function findBlunt({ printed, file, facts, kind }: Sharpness): string[] {
  const { spec } = printed.case;
  const [first, second] = spec.workloads.map(({ name }) => name.slice(0, 1).toUpperCase() + name.slice(1));
  const others = spec.workloads.slice(1).map(({ name }) => name.slice(0, 1).toUpperCase() + name.slice(1));
  const path = `infra/${file}`;
  const open = new Map(facts.map((fact) => [fact.id, fact]));
  const isMeant = (id: string) => !others.some((other) => id.startsWith(other));
  for (const { whole } of mutateTemplate(printed.templates.get(path)!, isMeant, [first!, second ?? first!])) {
    if (open.size === 0) break;
    const templates = new Map([...printed.templates, [path, whole] as const]);
    const proof = tryToProve({ ...printed, templates });
    if (proof === undefined) continue;
    const asked = kind === 'bootstrap' ? { ...proof, plan: proof.bootstrap } : proof;
    for (const [id, fact] of open) if (notices(fact, asked)) open.delete(id);
  }
  return [...open.keys()];
}

/** Undefined for templates that CloudFormation would not even read. */
function tryToProve(printed: Printed): TemplateProof | undefined {
  try {
    return proveTemplates(printed, [printed.case.spec.environments.at(-1)!])[0];
  } catch {
    return undefined;
  }
}

/** What is not there any more may be more than a fact can read. */
function notices(fact: OwnFact, proof: TemplateProof): boolean {
  try {
    return fact.check(proof).length > 0;
  } catch {
    return true;
  }
}
