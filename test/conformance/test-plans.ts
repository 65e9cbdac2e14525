/** The tests of a target's plans: each fact in each plan, each edit that breaks one, and what is refused. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Applied, applyCase, tellFaults } from './apply.ts';
import type { Fact, Mutation, Proof } from './fact.ts';
import { findMoto } from './find-moto.ts';
import { findTerraform, type Terraform } from './find-terraform.ts';
import { caseOf } from './mutate.ts';
import { findForbidden, readAllowed } from './permissions.ts';
import { type CaseProofs, letGo, proveCases } from './prove.ts';
import { listFacts, type ProvenTarget, planKinds } from './proven-target.ts';
import { locateProof, tellCommand, tellFact, writeProof } from './write-proof.ts';

const terraform = findTerraform();
const moto = typeof terraform === 'string' ? terraform : await findMoto();
/** Kept in docs/proof/ with this date, and then everything is made and unmade too. */
const date = process.env.PROOF_DATE;
const patience = 900_000;

/** Declares them; to be called once in a test file. */
export function testPlans(target: ProvenTarget): void {
  const { id, cases, factsOf, refusedPlans, replaced } = target;
  const allFacts = listFacts(target);
  const proofs = new Map<string, CaseProofs>();
  const applied = new Map<string, Applied>();

  test('each fact has a name of its own', () => {
    const ids = allFacts.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test.runIf(date === undefined)(`docs/proof/${id}.md tells of each fact, as it is told here`, () => {
    const told = readFileSync(locateProof(target), 'utf8').match(/^\| `[^`]+` \| .* \|$/gm);
    expect(told, `It is renewed by: ${tellCommand(target)}`).toEqual(allFacts.map(tellFact));
  });

  if (typeof terraform === 'string' || typeof moto === 'string') {
    test(`every fact of ${id} holds in the plans of Terraform`, ({ skip }) => skip(String(moto)));
    return;
  }
  beforeAll(async () => {
    const settled = await Promise.allSettled(proveCases({ terraform, moto }, target));
    for (const one of settled) if (one.status === 'fulfilled') proofs.set(one.value.case.key, one.value);
    for (const one of settled) if (one.status === 'rejected') throw one.reason;
  }, patience);

  afterAll(async () => {
    for (const one of proofs.values()) await letGo(one);
  });

  describe.for(cases)('in the plans of $title', ({ key }) => {
    const kinds = planKinds.filter((kind) => kind !== 'replacement' || key === replaced.in);
    const facts = kinds.flatMap((kind) => factsOf[kind].map((fact) => [fact.id, fact.fact, kind, fact] as const));
    test.for(facts)('%s: %s', ([, , kind, fact]) => {
      const held = proofs.get(key)![kind];
      expect(held.length).toBeGreaterThan(0);
      const problems = held.flatMap((proof) => tellProblems(fact, proof));
      expect(problems, problems.join('\n')).toEqual([]);
    });

    test('the role that plans may ask AWS for everything that a plan asks', () => {
      const { asked, bootstrap } = proofs.get(key)!;
      expect(asked).toContain('ecr:DescribeRepositories');
      expect(findForbidden(asked, readAllowed(bootstrap[0]!.plan, 'plan'))).toEqual([]);
    });
  });

  describe('broken by hand', () => {
    const mutations = allFacts.flatMap((fact) =>
      fact.breaks.map((mutation) => [fact.id, mutation.says, fact, mutation] as const),
    );
    test.for(mutations)('%s says: %s', ([, , fact, mutation]) => {
      const problems = findBroken(proofs, fact, mutation);
      expect(
        problems.some((problem) => problem.includes(mutation.says)),
        problems.join('\n'),
      ).toBe(true);
    });
  });

  describe('Terraform refuses', () => {
    const refusals = refusedPlans.flatMap((plan) =>
      plan.refusals.map((refusal) => [refusal.wrong, plan, refusal] as const),
    );
    test.for(refusals)('%s', ([, plan, { says }]) => {
      expect(proofs.get(plan.in)!.refused.get(plan)).toContain(says);
    });
  });

  describe('made and unmade', () => {
    if (date === undefined) {
      const reason = `it takes three minutes more; asked for by: ${tellCommand(target)}`;
      test('on moto', ({ skip }) => skip(reason));
      return;
    }
    beforeAll(async () => {
      const wanted = ['least', 'full'];
      await Promise.all(wanted.map(async (key) => applied.set(key, await applyCase(terraform, proofs.get(key)!))));
    }, patience);

    test.for(['least', 'full'])('everything of "%s", in an order that works, and nothing is left', (key) => {
      expect(tellFaults(proofs.get(key)!, applied.get(key)!)).toEqual([]);
    });

    test(`docs/proof/${id}.md is renewed, if everything held`, () => {
      const held = [...proofs.values()].flatMap((one) =>
        planKinds.flatMap((kind) =>
          one[kind].flatMap((proof) => factsOf[kind].flatMap((fact) => tellProblems(fact, proof))),
        ),
      );
      const blunt = allFacts.flatMap((fact) =>
        fact.breaks.filter(
          (mutation) => !findBroken(proofs, fact, mutation).some((one) => one.includes(mutation.says)),
        ),
      );
      const unrefused = refusedPlans.flatMap((plan) =>
        plan.refusals.filter(({ says }) => !proofs.get(plan.in)!.refused.get(plan)?.includes(says)),
      );
      const faults = [...applied].flatMap(([key, one]) => tellFaults(proofs.get(key)!, one));
      expect([held, blunt, unrefused, faults, applied.size]).toEqual([[], [], [], [], 2]);
      const tool = `${terraform.command === 'tofu' ? 'OpenTofu' : 'Terraform'} ${terraform.version}`;
      const cases = [...proofs.values()];
      writeProof(target, {
        date,
        tool,
        provider: askProvider(terraform, cases[0]!),
        moto: moto.version,
        cases,
        applied,
      });
    });
  });
}

function tellProblems(fact: Fact, proof: Proof): string[] {
  return fact.check(proof).map((problem) => `${proof.environment}: ${problem}`);
}

/** What the fact says of the plan that the mutation broke. */
function findBroken(proofs: ReadonlyMap<string, CaseProofs>, fact: Fact, mutation: Mutation): string[] {
  const broken = proofs.get(caseOf(mutation))?.broken.get(mutation);
  if (broken === undefined || broken instanceof Error) throw broken ?? new Error('it was not planned');
  return fact.check(broken);
}

function askProvider({ command }: Terraform, { folder, account }: CaseProofs): string {
  const options = { env: account.env, cwd: join(folder, 'infra'), encoding: 'utf8' } as const;
  const told = JSON.parse(execFileSync(command, ['version', '-json'], options));
  return Object.values((told as { provider_selections: Record<string, string> }).provider_selections).join();
}
