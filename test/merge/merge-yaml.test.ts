import { expect, test } from 'vitest';
import type { Merge } from '../../src/merge/merge.ts';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

const workflow = `# Checks every change.
name: build

on:
  push:
    branches: [main]

jobs:
  # the tests
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4 # v4.0.0
      - run: |
          npm ci
          npm run build
          npm test
`;

test('lines that merge cleanly are taken as they are', async () => {
  const ours = workflow.replace('[main]', '[main,   dev] # two');
  const theirs = workflow.replace('npm test', 'npm test -- --all');
  expect(await merge(workflow, ours, theirs)).toEqual({
    text: ours.replace('npm test', 'npm test -- --all'),
    conflicts: [],
  });
});

test('keys that both sides add at one place are both there, with their comments, and nothing else moves', async () => {
  const messy = workflow.replace('[main]', '[ main ]   # only').replace('on:\n', "'on':\n");
  const ours = messy.replace('    steps', '    timeout-minutes: 5   # short\n    steps');
  const theirs = workflow.replace(
    '    steps',
    '    # least of all\n    permissions:\n      contents: read # only\n    steps',
  );
  expect(await merge(workflow, ours, theirs)).toEqual({
    text: ours.replace('    timeout', '    # least of all\n    permissions:\n      contents: read # only\n    timeout'),
    conflicts: [],
  });
});

test('a job that theirs added comes with the comment and the blank line above it', async () => {
  const ours = `${workflow}  # of our own\n  mine:\n    uses: ./mine.yml\n`;
  const theirs = `${workflow}\n  # builds the image\n  image:\n    runs-on: ubuntu-24.04\n`;
  expect(await merge(workflow, ours, theirs)).toEqual({
    text: `${workflow}\n  # builds the image\n  image:\n    runs-on: ubuntu-24.04\n  # of our own\n  mine:\n    uses: ./mine.yml\n`,
    conflicts: [],
  });
});

test('a comment above the first key of a map stays with that key', async () => {
  const ours = workflow.replace('    runs-on: ubuntu-24.04\n', '    runs-on: [self-hosted]\n');
  const theirs = workflow
    .replace('  # the tests\n', '  # new and first\n  first: {}\n  # the tests\n')
    .replace('ubuntu-24.04', 'ubuntu-26.04');
  const { text } = await merge(
    workflow,
    ours.replace('ubuntu', 'ubuntu'),
    theirs.replace('ubuntu-26.04', 'ubuntu-24.04'),
  );
  expect(text).toContain('jobs:\n  # new and first\n  first: {}\n  # the tests\n  test:\n    runs-on: [self-hosted]\n');
});

test('scripts are merged by line inside', async () => {
  const ours = workflow.replace('npm ci', 'npm ci --foreground-scripts').replace('@v4 # v4.0.0', '@v4 # mine');
  const theirs = workflow.replace('npm test', 'npm run test:all').replace('@v4 # v4.0.0', '@v5 # v5.0.0');
  expect(await merge(workflow, ours, theirs)).toEqual({
    text: workflow
      .replace('@v4 # v4.0.0', '@v5 # mine')
      .replace('npm ci', 'npm ci --foreground-scripts')
      .replace('npm test', 'npm run test:all'),
    conflicts: [],
  });
});

test('a script that both sides changed in one line is a conflict with markers', async () => {
  const merged = await merge(workflow, workflow.replace('npm ci', 'npm i'), workflow.replace('npm ci', 'pnpm i'));
  expect(merged.conflicts).toEqual([{ where: 'line 15' }]);
  expect(merged.text).toContain('<<<<<<< yours\n          npm i\n||||||| 0.1.0\n          npm ci\n');
});

test('where key and line both conflict, the merge by line is shown', async () => {
  const merged = await merge('a: 1\nb: 2\n', 'a: 2\nb: 2\n', 'a: 3\nb: 2\n');
  expect(merged.text).toBe('<<<<<<< yours\na: 2\n||||||| 0.1.0\na: 1\n=======\na: 3\n>>>>>>> 0.2.0\nb: 2\n');
});

test('one key that both sides added in two places is marked, though every line merges', async () => {
  const base = 'a: 1\nb: 2\nc: 3\nd: 4\n';
  const merged = await merge(base, base.replace('b:', 'new: ours\nb:'), base.replace('d:', 'new: theirs\nd:'));
  expect(merged).toEqual({
    text: 'a: 1\n<<<<<<< yours\nnew: ours\n||||||| 0.1.0\n=======\nnew: theirs\n>>>>>>> 0.2.0\nb: 2\nc: 3\nd: 4\n',
    conflicts: [{ where: 'line 2' }],
  });
});

test('one key added in two places is marked also where another conflict is marked', async () => {
  const base = 'a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nz: 0\n';
  const ours = base.replace('b:', 'k: ours\nb:').replace('z: 0', 'z: 1');
  const theirs = base.replace('e:', 'k: theirs\ne:').replace('z: 0', 'z: 2');
  const merged = await merge(base, ours, theirs);
  expect(merged.conflicts).toEqual([{ where: 'line 2' }, { where: 'line 12' }]);
  expect(merged.text).toContain('<<<<<<< yours\nk: ours\n||||||| 0.1.0\n=======\nk: theirs\n>>>>>>> 0.2.0\n');
  expect(merged.text).toContain('<<<<<<< yours\nz: 1\n||||||| 0.1.0\nz: 0\n=======\nz: 2\n>>>>>>> 0.2.0\n');
});

test('deleted by ours stays deleted; deleted by theirs and edited by ours is a conflict', async () => {
  const base = 'a: 1\nb:\n  c: 1\n  d: 2\n';
  expect(await merge(base, 'a: 1\n', base.replace('d: 2', 'd: 3'))).toEqual({
    text: 'a: 1\n',
    conflicts: [],
    leftOut: ['/b'],
  });
  expect((await merge(base, base.replace('d: 2', 'd: 3'), 'a: 1\n')).conflicts).toHaveLength(1);
});

test('quotes, empty values and words stay as they were written', async () => {
  const base = `a: 'one'\nb: "two"\nc: 012\nd: 1.10\ne: yes\nf:\ng: ~\nh: 12345678901234567890\ni: 2026-01-01\nj: >-\n  folded\n  text\nk: 1\n`;
  const ours = base.replace('k: 1', 'k: 2\nours: 0x1F');
  const theirs = base.replace('k: 1', "k: 1\ntheirs: '0x1F'");
  expect(await merge(base, ours, theirs)).toEqual({
    text: base.replace('k: 1', "k: 2\ntheirs: '0x1F'\nours: 0x1F"),
    conflicts: [],
  });
});

test('a quoted word is not the word', async () => {
  expect((await merge('a: 1\n', "a: '1'\n", 'a: 2\n')).conflicts).toHaveLength(1);
  expect((await merge('a: on\n', 'a: "on"\n', 'a: off\n')).conflicts).toHaveLength(1);
  expect((await merge('a: text\n', 'a: "text"\nb: 1\n', 'a: other\n')).text).toBe('a: other\nb: 1\n');
});

test('a file that cannot be parsed leaves the merge by line', async () => {
  const broken = '<<<<<<< a\na: 2\n=======\na: 3\n>>>>>>> b\nb: 2\nc: 3\n';
  expect((await merge('a: 1\nb: 2\nc: 3\n', broken, 'a: 1\nb: 2\nc: 4\n')).text).toBe(broken.replace('c: 3', 'c: 4'));
  expect((await merge('a: 1\nb: 2\nc: 3\n', 'a: 1\nb: 2\nb: 3\nc: 3\n', 'a: 1\nb: 2\nc: 4\n')).text).toBe(
    'a: 1\nb: 2\n<<<<<<< yours\nb: 3\nc: 3\n||||||| 0.1.0\nc: 3\n=======\nc: 4\n>>>>>>> 0.2.0\n',
  );
});

test('a comment of ours is never lost: where theirs deleted what it stands with, that is a conflict', async () => {
  const ours = workflow.replace('    runs-on', '    # keep this one\n    runs-on');
  const { text, conflicts } = await merge(workflow, ours, workflow.replace('    runs-on: ubuntu-24.04\n', ''));
  expect(conflicts).toHaveLength(1);
  expect(text).toContain('# keep this one');
});

test('with nothing as the base, keys of both are united', async () => {
  expect(await merge('', 'a: 1\nb: 2\n', 'a: 1\nc: 3\n')).toEqual({ text: 'a: 1\nc: 3\nb: 2\n', conflicts: [] });
});

test('a sequence that is not indented stays so', async () => {
  const base = 'modules:\n- path: a\n- path: b\nlint:\n  use:\n  - STANDARD\n';
  const ours = base.replace('- STANDARD', '- STANDARD\n  - COMMENTS');
  const theirs = base.replace('- STANDARD', '- STANDARD\n  - PACKAGE');
  expect((await merge(base, ours, theirs)).text).toBe(
    base.replace('- STANDARD', '- STANDARD\n  - PACKAGE\n  - COMMENTS'),
  );
});

test('a list of maps keeps its indentation, however deep its first key stands', async () => {
  const base =
    'version: v2\nplugins:\n  - local: protoc-gen-ts\n    out: src/gen\n    opt:\n      - a=1\n  - local: other\n    out: src/o\n';
  const ours = base.replace('- a=1', '- a=1\n      - mine=1');
  const theirs = base.replace('- a=1', '- a=1\n      - yours=1');
  expect(await merge(base, ours, theirs)).toEqual({
    text: base.replace('- a=1', '- a=1\n      - yours=1\n      - mine=1'),
    conflicts: [],
  });
});

test('four spaces stay four', async () => {
  const base = 'a:\n    - b: 1\n      c:\n          d: 1\nscript: |\n  e:\n   f\n';
  const ours = base.replace('d: 1', 'd: 1\n          mine: 1');
  const theirs = base.replace('d: 1', 'd: 1\n          yours: 1');
  expect(await merge(base, ours, theirs)).toEqual({
    text: base.replace('d: 1', 'd: 1\n          yours: 1\n          mine: 1'),
    conflicts: [],
  });
});

function merge(base: string, ours: string, theirs: string): Promise<Merge> {
  return mergeFile('.github/workflows/build.yml', { base, ours, theirs }, labels);
}
