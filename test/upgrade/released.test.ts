import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { completeAnswers, gatherAnswers } from '../../src/cli/gather-answers.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { create } from '../../src/create/create.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { openProtoDisk } from '../../src/tree/proto-disk.ts';
import { cases } from '../golden/cases.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { bookkeeping, copyRepo, edit, lookAt, openPorts, put, read, remove, upgradeRepo } from './upgrade-repo.ts';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const { version } = JSON.parse(read(join(fixtures, '../..'), 'package.json')) as { version: string };
const released = readdirSync(join(fixtures, 'released')).flatMap((release) =>
  readdirSync(join(fixtures, 'released', release)).map((name) => [release, name] as const),
);

test('every released version is there', () => {
  expect(released.length).toBeGreaterThanOrEqual(4);
});

describe.each(released)('what %s emitted as %s', (release, name) => {
  const lay = () => {
    const directory = join(makeTemporaryFolder(), name);
    copyRepo(join(fixtures, 'released', release, name), directory);
    return directory;
  };
  const upgradeIt = (directory: string) =>
    upgradeRepo(directory, { toolVersion: version }, { packageReference: version });

  test('equals a fresh repo of this version after an upgrade, what belongs to its owner apart', async () => {
    const directory = lay();
    const result = await upgradeIt(directory);
    expect(result.code).toBe(0);
    expect(result.plan.totals).toMatchObject({ conflicting: 0, merged: 0, kept: 0 });
    const fresh = await emitFresh(name);
    const seeded = [...readManifestOf(fresh).files].filter(([, { ownership }]) => ownership === 'seeded');
    const owned = new Set(seeded.map(([path]) => path));
    const [upgraded, expected] = [lookAt(directory), lookAt(fresh)];
    expect([...upgraded.keys()]).toEqual([...expected.keys()]);
    expect([...upgraded.keys()]).toEqual(expect.arrayContaining(['.projenrc.ts', '.github/workflows/upgrade.yml']));
    expect(JSON.parse(read(directory, 'package.json')).devDependencies).toHaveProperty('create-grpc-aws', version);
    for (const [path, text] of expected) {
      if (!owned.has(path)) expect([path, upgraded.get(path)]).toEqual([path, text]);
    }
    expect((await upgradeIt(directory)).status).toBe('current');
  });

  test('keeps every edit', async () => {
    const directory = lay();
    const { base, files } = readManifestOf(directory);
    const managed = [...base.keys()].filter((path) => path.endsWith('.ts') && path.startsWith('src/'));
    for (const path of managed) edit(directory, path, (text) => `${text}// an edit of ours\n`);
    for (const [path, { ownership }] of files)
      if (ownership === 'seeded' && path.endsWith('.ts')) put(directory, path, '// all ours\n');
    edit(directory, 'package.json', (text) => text.replace('"scripts": {', '"scripts": {\n    "ours": "true",'));
    edit(directory, 'docs/architecture.md', (text) => text.replaceAll('\n', '\r\n'));
    remove(directory, 'renovate.json');
    const result = await upgradeIt(directory);
    expect(result.plan.totals.conflicting).toBe(0);
    for (const path of managed)
      expect([path, read(directory, path)]).toEqual([path, expect.stringMatching(/\/\/ an edit of ours\n$/)]);
    for (const [path, { ownership }] of files) {
      if (ownership === 'seeded' && path.endsWith('.ts')) expect(read(directory, path)).toBe('// all ours\n');
    }
    expect(read(directory, 'package.json')).toContain('"ours": "true"');
    expect(read(directory, 'docs/architecture.md')).toMatch(/^([^\r\n]*\r\n)+$/);
    expect([...lookAt(directory).keys()]).not.toContain('renovate.json');
    const before = lookAt(directory);
    expect((await upgradeIt(directory)).status).toBe('current');
    expect(lookAt(directory)).toEqual(before);
  });
});

function readManifestOf(directory: string) {
  const [base = '', manifest = ''] = bookkeeping.map((path) => read(directory, path));
  return readManifest(manifest, base);
}

/** With the same answers, by the flags that the golden case of that name has. */
async function emitFresh(name: string): Promise<string> {
  const { flags = [] } = cases.find((one) => one.name === name) ?? {};
  const directory = join(makeTemporaryFolder(), name);
  const command = parseArguments([directory, ...flags, '--yes', '--no-install', '--no-git']);
  if (command.verb !== 'new') throw new Error('the flags of a case are those of a creation');
  const { confirm: _, ...ports } = openPorts({ toolVersion: version, protoDisk: openProtoDisk(fixtures) });
  const answers = completeAnswers(gatherAnswers(command, fixtures, 'this is a test'), fixtures);
  await create({ ...answers, dryRun: false, packageReference: version }, ports);
  return directory;
}
