import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNode } from '../../scripts/find-node.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const largest = 3 * 1024 * 1024;

interface Packed {
  filename: string;
  unpackedSize: number;
  files: { path: string; mode: number }[];
}

let folder: string;
let packed: Packed;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const { stdout } = await execa('npm', ['pack', '--json', '--silent', '--pack-destination', folder], { cwd: root });
  packed = firstOf(JSON.parse(stdout));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds what runs, its types, templates and licences, and nothing else', () => {
    const kinds = [
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
      /^\.jsii$/,
      /^dist\/(cli|main|index)\.js$/,
      /^dist\/projen\.cjs$/,
      /^dist\/chunks\/[\w-]+\.js$/,
      /^dist\/types\/[\w/-]+\.d\.ts$/,
      /^dist\/(templates\.json|THIRD-PARTY-LICENSES)$/,
    ];
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => !kinds.some((kind) => kind.test(path)))).toStrictEqual([]);
    expect(paths).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/index.js', 'dist/templates.json', 'LICENSE']));
  });

  it('is one package of at most 3 MB', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(Object.keys(manifest)).not.toContain('dependencies');
    expect(packed.unpackedSize).toBeLessThanOrEqual(largest);
  });

  it('names every package that is bundled with its licence', () => {
    const licenses = readFileSync(join(root, 'dist/THIRD-PARTY-LICENSES'), 'utf8');
    expect(licenses).toMatch(/^@clack\/prompts \d.*\(MIT\)$/m);
    expect(licenses).toMatch(/^execa \d.*\(MIT\)$/m);
  });

  it('runs where it is installed, on the oldest Node it is for, and gives its types', async () => {
    writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
    const tarball = join(folder, packed.filename);
    await execa('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
    const node = await findNode(20);
    const home = join(folder, 'node_modules/create-grpc-aws');
    const { stdout } = await execa(node, [join(home, 'dist/cli.js'), '--help'], { cwd: folder });
    expect(stdout).toContain('--target TARGET');

    const bin = join(folder, 'node_modules/.bin', process.platform === 'win32' ? 'grpc-aws.cmd' : 'grpc-aws');
    expect((await execa(bin, ['--version'])).stdout).toBe(manifestVersion());

    writeFileSync(
      join(folder, 'use.ts'),
      `import { checkSpec, type Spec, toolVersion, UserError } from 'create-grpc-aws';
const spec: Spec = checkSpec({ name: 'a', workloads: [{ name: 'a', protos: ['a'] }] });
const wrong: number = spec.name;
console.log(spec, wrong, toolVersion, UserError);
`,
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2023', '--types', ''];
    const types = await execa(process.execPath, [tsc, ...options, 'use.ts'], { cwd: folder, reject: false });
    expect(types.stdout.split(/\r?\n/)).toStrictEqual([
      "use.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.",
      "use.ts(4,1): error TS2584: Cannot find name 'console'. Do you need to change your target library? Try changing the 'lib' compiler option to include 'dom'.",
    ]);
  }, 60_000);
});

function manifestVersion(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

/** npm 10 and 11 print a list, npm 12 an object by package name. */
function firstOf(printed: Packed[] | Record<string, Packed>): Packed {
  const [first] = Object.values(printed);
  if (!first) throw new Error('npm packed nothing');
  return first;
}
