import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findPackageReference } from '../../src/cli/package-reference.ts';
import type { World } from '../../src/cli/world.ts';
import { toolVersion } from '../../src/tool-version.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { createWorld } from './test-world.ts';

/** The package where npm put it; `entry` is what npm noted of it. */
function install(entry: object): string {
  const modules = join(makeTemporaryFolder(), 'node_modules');
  const folder = join(modules, 'create-grpc-aws');
  mkdirSync(folder, { recursive: true });
  const packages = { 'node_modules/create-grpc-aws': entry };
  writeFileSync(join(modules, '.package-lock.json'), JSON.stringify({ packages }));
  return folder;
}

const auto = { GRPC_AWS_PACKAGE: 'auto' };

/** npm, which packs one file. */
const packs: World['runProgram'] = async ({ program, args }) => {
  expect([program, args.slice(0, 3)]).toEqual(['npm', ['pack', '--ignore-scripts', '--pack-destination']]);
  writeFileSync(join(args[3] ?? '', 'create-grpc-aws-1.2.3.tgz'), 'packed');
  return { exitCode: 0, output: '' };
};

it('finds it out where nothing is said', async () => {
  expect((await findPackageReference(createWorld({ env: {} }))).text).toBe(toolVersion);
});

it('packs nothing for a run that writes nothing', async () => {
  const world = createWorld({ packageFolder: makeTemporaryFolder() });
  expect((await findPackageReference(world, true)).text).toBe(`file:.grpc-aws/create-grpc-aws-${toolVersion}.tgz`);
  expect(world.calls).toEqual([]);
});

it('knows a tarball in the repo where pnpm installed it, which keeps no list as npm does', async () => {
  const repo = makeTemporaryFolder();
  const tarball = '.grpc-aws/create-grpc-aws-1.2.3.tgz';
  const packageFolder = join(repo, 'node_modules/.pnpm/create-grpc-aws@file+1.2.3/node_modules/create-grpc-aws');
  for (const folder of [packageFolder, join(repo, '.grpc-aws')]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(repo, tarball), 'packed');
  writeFileSync(
    join(repo, 'package.json'),
    JSON.stringify({ devDependencies: { 'create-grpc-aws': `file:${tarball}` } }),
  );
  expect((await findPackageReference(createWorld({ packageFolder }))).text).toBe(`file:${tarball}`);
});

it('takes the words that are given', async () => {
  const reference = await findPackageReference(createWorld({ env: { GRPC_AWS_PACKAGE: '1.2.3' } }));
  expect(reference.text).toBe('1.2.3');
});

it.each([
  ['with its address', { resolved: 'https://registry.example.com/create-grpc-aws/-/create-grpc-aws-1.2.3.tgz' }],
  ['without it', { version: '1.2.3' }],
])('names the version of what a registry gave, noted %s', async (_, entry) => {
  const world = createWorld({ env: auto, packageFolder: install(entry) });
  expect((await findPackageReference(world))?.text).toBe(toolVersion);
  expect(world.calls).toEqual([]);
});

it('names the version where another package manager keeps no notes', async () => {
  const packageFolder = join(makeTemporaryFolder(), 'node_modules/create-grpc-aws');
  mkdirSync(packageFolder, { recursive: true });
  expect((await findPackageReference(createWorld({ env: auto, packageFolder })))?.text).toBe(toolVersion);
});

it.each([
  ['a checkout', () => makeTemporaryFolder()],
  ['a tarball', () => install({ resolved: 'file:../create-grpc-aws-1.2.3.tgz' })],
  ['a commit', () => install({ resolved: 'git+ssh://git@example.com/create-grpc-aws.git#0123456' })],
])('packs %s, and puts it into a new repo, where it touches nothing else', async (_, locate) => {
  const reference = await findPackageReference(createWorld({ env: auto, packageFolder: locate(), runProgram: packs }));
  expect(reference.text).toBe('file:.grpc-aws/create-grpc-aws-1.2.3.tgz');
  const repo = makeTemporaryFolder();
  mkdirSync(join(repo, '.grpc-aws'));
  writeFileSync(join(repo, '.grpc-aws/mine.tgz'), 'mine');
  writeFileSync(join(repo, '.grpc-aws/manifest.json'), '{}');
  const path = '.grpc-aws/create-grpc-aws-1.2.3.tgz';
  expect(reference.load(repo)).toEqual({ path, bytes: Buffer.from('packed') });
  reference.place(repo);
  reference.discard();
  expect(readdirSync(join(repo, '.grpc-aws')).sort()).toEqual([
    'create-grpc-aws-1.2.3.tgz',
    'manifest.json',
    'mine.tgz',
  ]);
  expect(readFileSync(join(repo, '.grpc-aws/create-grpc-aws-1.2.3.tgz'), 'utf8')).toBe('packed');
});

it('copies the tarball that it was installed from, and leaves it alone where it stands in the repo itself', async () => {
  const packageFolder = install({ resolved: 'file:.grpc-aws/create-grpc-aws-1.2.3.tgz' });
  const repo = join(packageFolder, '../..');
  mkdirSync(join(repo, '.grpc-aws'));
  writeFileSync(join(repo, '.grpc-aws/create-grpc-aws-1.2.3.tgz'), 'packed');
  const world = createWorld({ env: auto, packageFolder });
  const reference = await findPackageReference(world);
  expect(reference.text).toBe('file:.grpc-aws/create-grpc-aws-1.2.3.tgz');
  expect(reference.load(repo)).toBeUndefined();
  const other = makeTemporaryFolder();
  mkdirSync(join(other, '.grpc-aws'));
  for (const directory of [repo, other]) {
    reference.place(directory);
    expect(readFileSync(join(directory, '.grpc-aws/create-grpc-aws-1.2.3.tgz'), 'utf8')).toBe('packed');
  }
  expect(world.calls).toEqual([]);
});

it('says what to look at where npm cannot pack, and leaves nothing behind', async () => {
  let packed = '';
  const world = createWorld({
    env: auto,
    packageFolder: makeTemporaryFolder(),
    runProgram: async ({ args }) => {
      packed = args[3] ?? '';
      return { exitCode: 1, output: 'no' };
    },
  });
  await expect(findPackageReference(world)).rejects.toThrow('npm cannot pack it');
  expect(existsSync(packed)).toBe(false);
});
