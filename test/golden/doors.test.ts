/** The same answers give the same bytes, whichever door they come through; golden.test.ts has that of the command line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { generate } from '../generators/generate.ts';
import { makeProject, synthesize } from '../projen/synthesize.ts';
import { cases, type GoldenCase } from './cases.ts';
import { compareTrees } from './compare-trees.ts';
import { fixtures } from './emit.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

describe.each(cases)('$name', (one) => {
  test('comes out of the projen door', async () => {
    const { config, ...said } = readAnswers(one);
    const project = makeProject(one.name);
    const configured = config === undefined ? {} : JSON.parse(readFileSync(config, 'utf8'));
    expect(await synthesize(project, { ...configured, ...said })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(compareTrees(join(here, one.name), project)).toEqual([]);
  });

  test('comes out of the Yeoman door', async () => {
    const project = await generate(one.name, { ...readAnswers(one), yes: true });
    expect(compareTrees(join(here, one.name), project)).toEqual([]);
  });
});

/** What the flags of the case say, by the names that the other doors have for it. */
function readAnswers({ name, flags }: GoldenCase) {
  const typed = parseArguments([name, ...flags]);
  if (typed.verb !== 'new') throw new Error('the flags of a case are those of a creation');
  const { target, settings, workloads, protos, config } = typed;
  const locate = (path: string) => join(fixtures, path);
  return {
    ...(target !== undefined && { target }),
    ...settings,
    ...(workloads.length > 0 && { workload: workloads.map((word) => word.replace(/(?<==).*/, locate)) }),
    ...(protos.length > 0 && { proto: protos.map(locate) }),
    ...(config !== undefined && { config: locate(config) }),
  };
}
