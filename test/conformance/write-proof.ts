/** Writes the page of a target in docs/proof/: what was asserted, on what, and that each assertion bites. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Applied } from './apply.ts';
import type { Fact } from './fact.ts';
import type { CaseProofs } from './prove.ts';
import { listFacts, type ProvenTarget } from './proven-target.ts';

export function locateProof({ id }: ProvenTarget): string {
  return fileURLToPath(new URL(`../../docs/proof/${id}.md`, import.meta.url));
}

export function tellCommand({ id }: ProvenTarget): string {
  return `PROOF_DATE=$(date +%F) npm test -- --conformance test/conformance/${id}-plan.test.ts`;
}

export interface Evidence {
  date: string;
  tool: string;
  provider: string;
  moto: string;
  cases: readonly CaseProofs[];
  applied: ReadonlyMap<string, Applied>;
}

export function writeProof(target: ProvenTarget, evidence: Evidence): void {
  const file = locateProof(target);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, describeProof(target, evidence));
}

/** Every fact in it held, and every edit was found out: the tests failed otherwise, and nothing was written. */
function describeProof(target: ProvenTarget, { date, tool, provider, moto, cases, applied }: Evidence): string {
  const facts = listFacts(target);
  const edits = facts.reduce((sum, { breaks }) => sum + breaks.length, 0);
  return `# What was proven of \`${target.id}\`

On ${date}, with ${tool}, hashicorp/aws ${provider} and moto ${moto} in place of AWS. Written by this command, which writes nothing unless every test passes:

\`\`\`sh
${tellCommand(target)}
\`\`\`

The repos of \`${target.specs}\` were rendered, the one with everything on with six more services in a workload; their \`infra/bootstrap/\` was applied, and everything planned. The facts below were asserted on the JSON of the plans, those of the Contract on what \`proto/\` says, those of the timings on \`src/topology/timings.ts\` and on the Topology that the picture in each repo is drawn from.

| repo | root | resources |
| --- | --- | --- |
${cases.flatMap(describeResources).join('\n')}

${describeApplied(cases, applied)}

## Facts

${facts.length} facts. Each held in every plan that it is about. Each was broken by hand, ${edits} edits of emitted files in all, and each edit was found out by the fact that it breaks: its own sentence was said.

| fact | | edits found out |
| --- | --- | --- |
${facts.map(tellFact).join('\n')}

## Refused

Terraform refuses to plan these, each with a sentence that says what is wanted:

${target.refusedPlans.flatMap(({ refusals }) => refusals.map(({ wrong, says }) => `- ${wrong}: \`${says}\``)).join('\n')}

## Not proven here

moto enforces nothing: it takes combinations that AWS refuses, and judges no policy. Whether AWS itself takes all this, whether conditions and resources of policies are right, and how the load balancer treats calls is read, not run: [facts and sources](../targets/${target.id}.md).
`;
}

function describeResources({ case: { title }, environment, bootstrap }: CaseProofs): string[] {
  const plans = [
    ...environment.map((proof) => [`\`infra/\`, ${proof.environment}`, proof] as const),
    ...bootstrap.map((proof) => ['`infra/bootstrap/`', proof] as const),
  ];
  return plans.map(([root, { plan }]) => `| ${title} | ${root} | ${plan.resources.length} |`);
}

function describeApplied(cases: readonly CaseProofs[], applied: ReadonlyMap<string, Applied>): string {
  return cases
    .flatMap(({ case: { key, title } }) => {
      const one = applied.get(key);
      if (one === undefined) return [];
      return [
        `The first environment of "${title}" was made (${one.made} resources), planned again and unmade (${one.unmade}). The second plan would change what moto forgets, and nothing else: ${one.changes.map((name) => `\`${name}\``).join(', ')}. Of the ${one.asked.length} kinds of calls to AWS none was missing in the policies of the deploy role, of the ${one.askedByPlan.length} of the second plan none in those of the plan role.`,
      ];
    })
    .join('\n\n');
}

/** A fact's line in the table. */
export function tellFact({ id, fact, source, breaks }: Fact): string {
  return `| \`${id}\` | ${fact}${source ? ` ([source](${source}))` : ''} | ${breaks.length} |`;
}
