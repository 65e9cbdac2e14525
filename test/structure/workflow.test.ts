/** Our own CI: what it may do, and that it runs only what was read. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readText } from './repo-files.ts';

const workflow = parse(readText('.github/workflows/build.yml')) as {
  permissions: unknown;
  jobs: Record<string, { steps: { uses?: string }[]; strategy: { matrix: Record<string, unknown[]> } }>;
};

test('it can read the code and nothing else', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
});

test('every action is pinned to a commit', () => {
  const used = Object.values(workflow.jobs).flatMap((job) => job.steps.flatMap((step) => step.uses ?? []));
  expect(used.filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
});

test('it publishes to a registry of its own, and asks the tools that read what is emitted', () => {
  expect(workflow.jobs.conformance?.steps).toContainEqual({
    run: 'npm test -- --conformance test/conformance test/e2e/released.test.ts',
  });
});

test('it tests on three systems, and the built CLI on every Node we ship for', () => {
  expect(workflow.jobs.test?.strategy.matrix.os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
  expect(workflow.jobs.cli?.strategy.matrix.node).toEqual(['20.19.0', 20, 22, 24, 26]);
});
