import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { UserError } from '../../src/errors.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { edit, emitRepo, git, initGit, lookAt, put, read, remove, upgradeRepo } from './upgrade-repo.ts';

const spec = 'grpc-aws.json';
const manifest = '.grpc-aws/manifest.json';
const base = '.grpc-aws/base.json';
const markers = '<<<<<<< HEAD\n{}\n=======\n{ }\n>>>>>>> other\n';

let root: string;
let directory: string;
beforeEach(async () => {
  root = makeTemporaryFolder();
  directory = join(root, 'orders');
  await emitRepo(directory);
});

async function refusal(at = directory): Promise<UserError> {
  const before = lookAt(directory);
  const error = await upgradeRepo(at).catch((thrown: unknown) => thrown);
  expect(lookAt(directory)).toEqual(before);
  return error as UserError;
}

describe('what is missing or damaged is refused with the command that mends it, and nothing is written', () => {
  const cases: [what: string, spoil: () => void, fault: object][] = [
    ['the Spec is missing', () => remove(directory, spec), { at: spec, hint: hintOf(spec) }],
    ['the manifest is missing', () => remove(directory, manifest), { at: manifest, hint: hintOf(manifest) }],
    ['the base is missing', () => remove(directory, base), { at: base, hint: hintOf(base) }],
    [
      'both are missing',
      () => remove(directory, '.grpc-aws'),
      { at: manifest, hint: 'Bring it back: `git checkout HEAD -- .grpc-aws`.' },
    ],
    ['the manifest is no JSON', () => put(directory, manifest, 'hello'), { at: manifest, hint: hintOf(manifest) }],
    ['the base is no JSON', () => put(directory, base, '['), { at: base, hint: hintOf(base) }],
    [
      'the base lacks a file',
      () => edit(directory, base, (text) => text.replace(/^"tsconfig.json".*$/m, '"x":"y"')),
      { at: base },
    ],
    [
      'the manifest leads outside',
      () => edit(directory, manifest, (text) => text.replace('"README.md"', '"../README.md"')),
      { at: manifest, hint: hintOf(manifest) },
    ],
    [
      'the manifest leads outside with a file that has a base',
      () => edit(directory, manifest, (text) => text.replace('"Dockerfile"', '"../Dockerfile"')),
      { at: manifest, hint: hintOf(manifest) },
    ],
    ['the Spec is no JSON', () => put(directory, spec, '{'), { at: `${spec}:1:2` }],
    [
      'the Spec asks for what there is not',
      () => edit(directory, spec, (text) => text.replace('"local"', '"moon"')),
      { at: expect.stringMatching(/^grpc-aws\.json:\d+:\d+$/) },
    ],
    [
      'the Spec is a folder',
      () => {
        remove(directory, spec);
        mkdirSync(join(directory, spec));
      },
      { at: spec, message: 'it is a folder' },
    ],
    ['the manifest is bytes', () => put(directory, manifest, Uint8Array.of(0xff)), { hint: hintOf(manifest) }],
    [
      'the Spec has conflict markers',
      () => put(directory, spec, markers),
      { at: spec, hint: `Choose between the sides in ${spec}, then \`git add ${spec}\`.` },
    ],
    [
      'the base has conflict markers',
      () => put(directory, base, markers),
      { at: base, hint: expect.stringContaining(`git checkout HEAD -- ${manifest} ${base}`) },
    ],
    [
      'the manifest has conflict markers',
      () => put(directory, manifest, markers),
      { at: manifest, hint: expect.stringContaining('npx create-grpc-aws upgrade') },
    ],
    [
      'a later version wrote it',
      () => edit(directory, manifest, (text) => text.replace('"0.1.0"', '"0.4.0"')),
      {
        message: 'this repo was written by 0.4.0, and this is 0.2.0',
        hint: expect.stringContaining('`npx create-grpc-aws@0.4.0 upgrade`'),
      },
    ],
    [
      'a later version wrote it in another format',
      () => put(directory, manifest, '{"format":2,"version":"1.0.0"}'),
      { hint: expect.stringContaining('`npx create-grpc-aws@1.0.0 upgrade`') },
    ],
    [
      'a proto is wrong',
      () => put(directory, 'proto/orders/v1/x.proto', 'syntax = "proto3";\nmessage {}\n'),
      { at: expect.stringMatching(/^proto\/orders\/v1\/x\.proto:2:\d+$/) },
    ],
    ['a proto is bytes', () => put(directory, 'proto/x.proto', Uint8Array.of(0)), { at: 'proto/x.proto:1:1' }],
  ];
  test.each(cases)('%s', async (_, spoil, fault) => {
    spoil();
    const { faults } = await refusal();
    expect(faults).toEqual([expect.objectContaining(fault)]);
    expect(faults[0]?.hint).toBeTruthy();
  });

  test.skipIf(process.platform === 'win32')('the manifest is a link', async () => {
    renameSync(join(directory, manifest), join(directory, 'there.json'));
    symlinkSync('../there.json', join(directory, manifest));
    expect((await refusal()).faults).toMatchObject([{ at: manifest, message: 'it is a link' }]);
  });
});

describe('a folder that is no emitted repo', () => {
  test('is told', async () => {
    const { code, faults } = await refusal(root);
    expect(code).toBe(1);
    expect(faults).toMatchObject([{ at: root, message: expect.stringContaining('no repo that create-grpc-aws made') }]);
  });

  test('but lies in one is told the way', async () => {
    expect((await refusal(join(directory, 'src/server'))).faults).toMatchObject([{ hint: 'Go there: `cd ../..`.' }]);
  });
});

test('two branches that both upgraded are settled by either base and one more upgrade', async () => {
  initGit(directory);
  const other = addWorkload('billing');
  const mine = addWorkload('cart');
  git(directory, 'checkout', '--quiet', '-b', 'other');
  other.lay();
  await upgradeRepo(directory);
  commit('Other');
  git(directory, 'checkout', '--quiet', 'main');
  mine.lay();
  await upgradeRepo(directory);
  commit('Mine');
  expect(() => git(directory, 'merge', '--quiet', 'other')).toThrow();
  edit(directory, spec, () =>
    JSON.stringify({
      name: 'orders',
      target: 'local',
      workloads: [{ name: 'orders', protos: ['orders/v1'] }, mine.workload, other.workload],
    }),
  );
  const before = git(directory, 'status', '--porcelain', '-z')
    .split('\0')
    .filter((line) => line.startsWith('UU') || line.startsWith('AA'));
  expect(before).toContain(`UU ${base}`);
  const conflicting = before.map((line) => line.slice(3)).filter((path) => path !== spec);
  git(directory, 'checkout', 'HEAD', '--', ...conflicting);
  commit('Merge');
  expect(await upgradeRepo(directory)).toMatchObject({ status: 'upgraded' });
  commit('Settle');
  expect(await upgradeRepo(directory)).toMatchObject({ status: 'current' });
  expect(read(directory, 'compose.yaml')).toMatch(/billing[\s\S]*cart|cart[\s\S]*billing/);

  function commit(message: string): void {
    git(directory, 'add', '--all');
    git(directory, 'commit', '--quiet', '--message', message);
  }
});

function hintOf(path: string): string {
  return `Bring back the last good one: \`git checkout HEAD -- ${path}\`.`;
}

function addWorkload(name: string) {
  const workload = { name, protos: [`${name}/v1`] };
  return {
    workload,
    lay() {
      put(
        directory,
        `proto/${name}/v1/${name}.proto`,
        `syntax = "proto3";\npackage ${name}.v1;\nservice ${name}Service {}\n`,
      );
      const workloads = [{ name: 'orders', protos: ['orders/v1'] }, workload];
      put(directory, spec, JSON.stringify({ name: 'orders', target: 'local', workloads }));
    },
  };
}
