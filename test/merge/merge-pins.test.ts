import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

const commitOf = (letter: string) => letter.repeat(40);
const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;
const workflow = '.github/workflows/build.yml';

const steps = (checkout: string, more = '') => `name: build
jobs:
  test:
    steps:
      - uses: actions/checkout@${checkout}
        with:
          persist-credentials: false
${more}      - run: npm test
`;
const dockerfile = (image: string, run = 'npm ci') => `FROM ${image} AS build
RUN ${run}

FROM gcr.io/distroless/nodejs24-debian13:nonroot
CMD ["server.cjs"]
`;

describe('of an action that both moved', () => {
  const base = `${commitOf('a')} # v7.0.1`;
  const moves: readonly [string, ours: string, theirs: string, stands: string | undefined][] = [
    ['the newer version stands: ours', `${commitOf('b')} # v8.0.0`, `${commitOf('c')} # v7.1.0`, 'ours'],
    ['the newer version stands: theirs', `${commitOf('b')} # v7.0.10`, `${commitOf('c')} # v7.1.0`, 'theirs'],
    ['a tag stands against an older commit', 'v8', `${commitOf('c')} # v7.1.0`, 'ours'],
    ['a newer commit stands against a tag', 'v7.0.1', `${commitOf('c')} # v7.1.0`, 'theirs'],
    ['of one version the commit stands', 'v7.1.0', `${commitOf('c')} # v7.1.0`, 'theirs'],
    ['comments that Renovate wrote earlier are read', `${commitOf('b')} # tag=v8.0.0`, 'v7.1.0', 'ours'],
    ['so are those with its name', `${commitOf('b')} # renovate: tag=v8.0.0`, 'v7.1.0', 'ours'],
    ['a commit without a version is a conflict', commitOf('b'), `${commitOf('c')} # v7.1.0`, undefined],
    ['a branch is a conflict', 'main', `${commitOf('c')} # v7.1.0`, undefined],
    ['a commit of a branch too', `${commitOf('b')} # main`, `${commitOf('c')} # v7.1.0`, undefined],
    ['two commits of one version are a conflict', `${commitOf('b')} # v7.1.0`, `${commitOf('c')} # v7.1.0`, undefined],
    ['v7 beside v7.1.0 is a conflict', `${commitOf('b')} # v7`, `${commitOf('c')} # v7.1.0`, undefined],
    ['one that ours moved back is a conflict', `${commitOf('b')} # v6.0.0`, `${commitOf('c')} # v7.1.0`, undefined],
    ['one that theirs moved back is a conflict', `${commitOf('b')} # v8.0.0`, `${commitOf('c')} # v6.9.0`, undefined],
    ['with a remark of its owner it is a conflict', `${commitOf('b')} # v8.0.0, see #12`, 'v7.1.0', undefined],
  ];

  test.each(moves)('%s', async (_, ours, theirs, stands) => {
    const sides = { base: steps(base), ours: steps(ours), theirs: steps(theirs) };
    const merged = await mergeFile(workflow, sides, labels);
    if (stands === undefined) {
      expect(merged.conflicts).toHaveLength(1);
      expect(merged.text).toContain(`<<<<<<<`);
      expect(merged.pins).toBeUndefined();
    } else {
      expect(merged).toMatchObject({ text: steps(stands === 'ours' ? ours : theirs), conflicts: [] });
      expect(merged.pins).toMatchObject([
        { name: 'actions/checkout', stands: stands === 'ours' ? 'yours' : 'theirs', because: expect.any(String) },
      ]);
    }
  });

  test('another action is a conflict', async () => {
    const other = (owner: string) => steps(base).replace('actions/checkout', `${owner}/checkout`);
    const theirs = steps(`${commitOf('c')} # v7.1.0`);
    const { conflicts, pins } = await mergeFile(workflow, { base: steps(base), ours: other('us'), theirs }, labels);
    expect([conflicts.length, pins]).toEqual([1, undefined]);
  });

  test('what stands is told once, however often it is there', async () => {
    const twice = (pin: string) => steps(pin, `      - uses: actions/checkout@${pin}\n`);
    const [ours, theirs] = [`${commitOf('b')} # v8.0.0`, `${commitOf('c')} # v7.1.0`];
    const sides = { base: twice(base), ours: twice(ours), theirs: twice(theirs) };
    expect(await mergeFile(workflow, sides, labels)).toEqual({
      text: twice(ours),
      conflicts: [],
      pins: [{ name: 'actions/checkout', yours: 'v8.0.0', theirs: 'v7.1.0', stands: 'yours', because: 'newer' }],
    });
  });

  test('edits around it, quotes and indentation of ours stay', async () => {
    const [ours, theirs] = [`${commitOf('b')} # v8.0.0`, `${commitOf('c')} # v9.0.0`];
    const laidOut = (pin: string) =>
      steps(pin)
        .replace(/checkout@(\S+)/, 'checkout@$1"')
        .replace('- uses: ', '-   uses: "')
        .replace('        with:', '          with:')
        .replace('          persist', '            persist')
        .replace('name: build', 'name: ours');
    const sides = { base: steps(base), ours: laidOut(ours), theirs: steps(theirs, '      - run: npm ci\n') };
    const { text, conflicts } = await mergeFile(workflow, sides, labels);
    expect(conflicts).toEqual([]);
    expect(text).toBe(laidOut(theirs).replace('      - run: npm test', '      - run: npm ci\n      - run: npm test'));
  });

  test('the step that its owner added keeps the pin it has', async () => {
    const added = `      - uses: actions/cache@${commitOf('d')} # v1.0.0\n`;
    const sides = { base: steps(base), ours: steps('v8', added), theirs: steps('v9') };
    expect((await mergeFile(workflow, sides, labels)).text).toBe(steps('v9', added));
  });

  test('a pin that one side alone moved is taken, also if it is older', async () => {
    const moved = steps(`${commitOf('b')} # v6.0.0`);
    const more = '      - run: npm ci\n';
    const theirs = { base: steps(base), ours: steps(base, more), theirs: moved };
    expect((await mergeFile(workflow, theirs, labels)).text).toBe(steps(`${commitOf('b')} # v6.0.0`, more));
    const ours = { base: steps(base), ours: moved, theirs: steps(base, more) };
    expect((await mergeFile(workflow, ours, labels)).text).toBe(steps(`${commitOf('b')} # v6.0.0`, more));
  });
});

test('an input of an action that says a version is a pin as well', async () => {
  const tool = (version: string) => steps('v4', `        env:\n          terraform_version: ${version}\n`);
  const merge = (ours: string, theirs: string) =>
    mergeFile(workflow, { base: tool('1.11.4'), ours: tool(ours), theirs: tool(theirs) }, labels);
  expect(await merge('1.12.0', '1.11.5')).toMatchObject({ text: tool('1.12.0'), conflicts: [] });
  expect(await merge('1.11.5', '1.12.0')).toMatchObject({ text: tool('1.12.0'), conflicts: [] });
  expect((await merge('1.12.0-rc1', '1.11.5')).conflicts).toHaveLength(1);
  expect((await merge('"~1.12"', '1.11.5')).conflicts).toHaveLength(1);
});

describe('of an image that both moved', () => {
  const moves: readonly [string, ours: string, theirs: string, stands: string | undefined][] = [
    ['the newer tag stands, digest or not', `node:25-slim@${digestOf('a')}`, 'node:26-slim', 'theirs'],
    ['so it does if it is ours', 'node:26-slim', `node:25-slim@${digestOf('a')}`, 'ours'],
    ['of one tag that with a digest stands', 'node:26-slim', `node:26-slim@${digestOf('a')}`, 'theirs'],
    ['a digest alone is no choice of an image', `node:24-slim@${digestOf('a')}`, 'node:26-trixie-slim', 'theirs'],
    ['one that ours made more exact is a conflict', 'node:24.2-slim', 'node:26-slim', undefined],
    ['another build is a conflict', 'node:26-alpine', 'node:25-slim', undefined],
    [
      'two digests of one tag are a conflict',
      `node:24-slim@${digestOf('a')}`,
      `node:24-slim@${digestOf('b')}`,
      undefined,
    ],
    ['another name is a conflict', 'ours/node:26-slim', 'node:25-slim', undefined],
    ['a digest without a tag is a conflict', `node@${digestOf('a')}`, 'node:26-slim', undefined],
  ];

  test.each(moves)('%s', async (_, ours, theirs, stands) => {
    const sides = { base: dockerfile('node:24-slim'), ours: dockerfile(ours), theirs: dockerfile(theirs) };
    const { text, conflicts, pins } = await mergeFile('Dockerfile', sides, labels);
    if (stands === undefined) expect([conflicts.length, pins]).toEqual([1, undefined]);
    else expect([text, conflicts]).toEqual([dockerfile(stands === 'ours' ? ours : theirs), []]);
  });

  test('a stage that only got a digest gives way to the image that theirs takes instead', async () => {
    const base = dockerfile('node:24-slim');
    const ours = base.replace('nonroot', `nonroot@${digestOf('a')}`);
    const theirs = base.replace('nodejs24-debian13', 'nodejs26-debian14');
    expect(await mergeFile('Dockerfile', { base, ours, theirs }, labels)).toEqual({
      text: theirs,
      conflicts: [],
      pins: [
        {
          name: 'gcr.io/distroless/nodejs24-debian13',
          yours: 'gcr.io/distroless/nodejs24-debian13:nonroot',
          theirs: 'gcr.io/distroless/nodejs26-debian14:nonroot',
          stands: 'theirs',
          because: 'other-only-pinned',
        },
      ],
    });
  });

  test('a digest of ours and a change of theirs in the next line do not meet', async () => {
    const pinned = `node:24-slim@${digestOf('a')}`;
    const sides = {
      base: dockerfile('node:24-slim'),
      ours: dockerfile(pinned),
      theirs: dockerfile('node:24-slim', 'npm ci --ignore-scripts'),
    };
    expect(await mergeFile('Dockerfile', sides, labels)).toEqual({
      text: dockerfile(pinned, 'npm ci --ignore-scripts'),
      conflicts: [],
    });
  });

  test('where other lines conflict, what stands is outside the markers', async () => {
    const sides = {
      base: dockerfile('node:24-slim'),
      ours: dockerfile('node:25-slim', 'ours'),
      theirs: dockerfile('node:26-slim', 'theirs'),
    };
    const { text, conflicts, pins } = await mergeFile('Dockerfile', sides, labels);
    expect(text).toMatch(/^FROM node:26-slim AS build\n<<<<<<< yours\nRUN ours\n/);
    expect([conflicts, pins]).toEqual([[{ where: 'line 2' }], [expect.objectContaining({ yours: '25-slim' })]]);
  });

  test('files with CR LF are read alike', async () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    const sides = {
      base: windows(dockerfile('node:24-slim')),
      ours: windows(dockerfile('node:25-slim')),
      theirs: windows(dockerfile('node:26-slim')),
    };
    expect((await mergeFile('Dockerfile', sides, labels)).text).toBe(sides.theirs);
  });

  test('the parser of a Dockerfile, Compose, Kubernetes and Terraform have images too', async () => {
    const lines: Record<string, (tag: string) => string> = {
      Dockerfile: (tag) => `# syntax=docker/dockerfile:${tag}\nFROM scratch\n`,
      'compose.yaml': (tag) => `services:\n  a:\n    image: "otel/collector:${tag}"\n`,
      'deploy/base/a.yaml': (tag) => `containers:\n  - image: registry.k8s.io/a/b:${tag}\n    name: a\n`,
      'infra/sidecars.tf': (tag) => `a = local.logs == "x" ? { b = "public.ecr.aws/aws/fluent-bit:${tag}" } : {}\n`,
    };
    for (const [path, of] of Object.entries(lines)) {
      const sides = { base: of('1.0.0'), ours: of('1.2.0'), theirs: of(`1.10.0`) };
      expect([path, await mergeFile(path, sides, labels)]).toMatchObject([path, { text: of('1.10.0'), conflicts: [] }]);
    }
  });

  test('what looks alike elsewhere is none', async () => {
    const lines: Record<string, (number: string) => string> = {
      'infra/main.tf': (number) => `a = "service/orders:${number}"\n`,
      'infra/other.tf': (number) => `a = "arn:aws:ecs:eu-west-1:1:task-definition/orders:${number}"\n`,
      'settings.yaml': (number) => `terraform_version: ${number}\n`,
      'docs/runbook.md': (number) => `FROM node:${number}\n`,
    };
    for (const [path, of] of Object.entries(lines)) {
      const sides = { base: of('1'), ours: of('2'), theirs: of('3') };
      expect([path, (await mergeFile(path, sides, labels)).conflicts.length]).toEqual([path, 1]);
    }
  });
});

test('whatever both sides moved on to, the result is never older than either', async () => {
  const number = fc.integer({ min: 0, max: 12 });
  const version = fc.tuple(number, number, number);
  await fc.assert(
    fc.asyncProperty(version, version, version, fc.boolean(), async (base, ours, theirs, isImage) => {
      const of = (numbers: readonly number[]) =>
        isImage
          ? dockerfile(`node:${numbers.join('.')}-slim`)
          : steps(
              `${numbers
                .map((one) => one.toString(16))
                .join('')
                .padStart(40, '0')} # v${numbers.join('.')}`,
            );
      const sides = { base: of(base), ours: of(ours), theirs: of(theirs) };
      const { text, conflicts } = await mergeFile(isImage ? 'Dockerfile' : workflow, sides, labels);
      const order = (a: readonly number[], b: readonly number[]) => a.map((one, at) => one - b[at]!).find(Boolean) ?? 0;
      const [isOurs, isTheirs] = [order(ours, base) !== 0, order(theirs, base) !== 0];
      const isBack = order(ours, base) < 0 || order(theirs, base) < 0;
      if (isOurs && isTheirs && isBack && order(ours, theirs) !== 0) expect(conflicts).toHaveLength(1);
      else {
        const expected = !isTheirs || (isOurs && order(ours, theirs) > 0) ? ours : theirs;
        expect([text, conflicts]).toEqual([of(expected), []]);
      }
    }),
    { numRuns: 200 },
  );
});
