/** The tests of a target's templates: cfn-lint, each fact, the Topology, and the small changes that break each fact. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import type { Fact, Proof } from '../fact.ts';
import { findActionlint } from '../find-actionlint.ts';
import type { PlanCase } from '../plan-cases.ts';
import { readTopology } from '../read-topology.ts';
import { findBlunt } from './find-blunt.ts';
import { findCfnLint, runCfnLint } from './find-cfn-lint.ts';
import { ownFacts as factsOfAny } from './own-facts.ts';
import { ownTaskFacts } from './own-task-facts.ts';
import { parseAll, printAsTemplates, proveTemplates } from './prove-templates.ts';

export interface ProvenTemplates {
  /** The second has everything on. */
  cases: readonly PlanCase[];
  facts: Readonly<Record<'environment' | 'bootstrap', readonly Fact[]>>;
  /** Facts that no small change of that one breaks: they speak of what is too much, or in another of the repos. */
  unbroken: readonly string[];
}

const ownFacts = [...factsOfAny, ...ownTaskFacts];
const cfnLint = await findCfnLint();

/** Declares them; to be called once in a test file. */
export function testTemplates({ cases, facts, unbroken }: ProvenTemplates): void {
  const printed = cases.map(printAsTemplates);

  describe.for(printed)('the templates of $title', (one) => {
    const proofs = proveTemplates(parseAll(one));

    test('cfn-lint has nothing to say of them', { timeout: 180_000 }, async ({ skip }) => {
      if (typeof cfnLint === 'string') return skip(cfnLint);
      const folder = mkdtempSync(join(tmpdir(), 'templates-'));
      try {
        const files = [...one.files].filter(([path]) => /^infra\/.*\.yaml$/.test(path));
        for (const [path, text] of files) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), text);
        }
        expect(files.length).toBe(2 + one.spec.environments.length);
        expect(
          await runCfnLint(
            cfnLint.python,
            one.spec.region,
            files.map(([path]) => join(folder, path)),
          ),
        ).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    test('actionlint finds nothing in the workflow that makes and executes change sets', { timeout: 300_000 }, async ({
      skip,
    }) => {
      const actionlint = findActionlint();
      if (typeof actionlint === 'string') return skip(actionlint);
      const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
      try {
        for (const [path, text] of [...one.files].filter(([name]) => name.startsWith('.github/'))) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), text);
        }
        await execa('git', ['init', '--quiet'], { cwd: folder });
        const [program = '', ...args] = actionlint;
        const { all, exitCode } = await execa(program, [...args, '-no-color'], {
          cwd: folder,
          all: true,
          reject: false,
        });
        expect([all, exitCode]).toEqual(['', 0]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    test('they amount to the Topology that the target derives', () => {
      for (const proof of proofs) expect(readTopology(proof)).toEqual(proof.topology);
    });

    test.for(facts.environment.map((fact) => [fact.id, fact.fact, fact] as const))('%s: %s', ([, , fact]) => {
      expect(proofs.flatMap((proof) => tellProblems(fact, proof))).toEqual([]);
    });

    test.for(facts.bootstrap.map((fact) => [fact.id, fact.fact, fact] as const))('%s: %s', ([, , fact]) => {
      const [proof] = proofs;
      expect(fact.check({ ...proof!, plan: proof!.bootstrap })).toEqual([]);
    });

    test.for(ownFacts.map((fact) => [fact.id, fact.fact, fact] as const))('%s: %s', ([, , fact]) => {
      expect(proofs.flatMap((proof) => fact.check(proof))).toEqual([]);
    });

    test('what a person deploys fits into a call, and what the workflow does into an object that CloudFormation reads', () => {
      for (const [path, text] of one.files)
        if (/^infra\/.*\.yaml$/.test(path))
          expect(text.length, path).toBeLessThan(path.includes('bootstrap') ? 51_200 : 1_000_000);
    });
  });

  describe('a small change of a template breaks', () => {
    const [, full] = printed.map(parseAll);
    const ofBootstrap = ['own/deploys-by-stack', 'own/out-of-reach', 'own/plans-change-nothing'];
    const own = (isWanted: (id: string) => boolean) =>
      ownFacts.filter(({ id }) => isWanted(id) && !unbroken.includes(id));

    test('each fact of an environment', { timeout: 240_000 }, () => {
      const asked = [
        ...facts.environment.filter(({ id }) => !unbroken.includes(id)),
        ...own((id) => !ofBootstrap.includes(id)),
      ];
      expect(findBlunt({ printed: full!, file: 'service.yaml', facts: asked, kind: 'environment' })).toEqual([]);
    });

    test('each fact of bootstrap', { timeout: 240_000 }, () => {
      const asked = [...facts.bootstrap, ...own((id) => ofBootstrap.includes(id))];
      const blunt = ['bootstrap.yaml', 'environments/prod.bootstrap.yaml'].map((file) =>
        findBlunt({ printed: full!, file, facts: asked, kind: 'bootstrap' }),
      );
      expect(asked.map(({ id }) => id).filter((id) => blunt.every((ids) => ids.includes(id)))).toEqual([]);
    });
  });
}

function tellProblems(fact: Fact, proof: Proof): string[] {
  return fact.check(proof).map((problem) => `${proof.environment}: ${problem}`);
}
