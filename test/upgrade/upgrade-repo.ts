/** Repos that were emitted once and are upgraded now: on the real disk, with the real git where a test wants it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runProgram } from '../../src/cli/run-program.ts';
import { create } from '../../src/create/create.ts';
import { basePath, manifestPath } from '../../src/manifest/manifest.ts';
import { mergeFile } from '../../src/merge/merge-file.ts';
import type { TemplateSet } from '../../src/render/template-set.ts';
import type { Settings } from '../../src/spec/spec.ts';
import type { RunProgram } from '../../src/steps/ports.ts';
import { openDisk } from '../../src/tree/disk.ts';
import { openProtoDisk } from '../../src/tree/proto-disk.ts';
import type { UpgradePorts } from '../../src/upgrade/ports.ts';
import { type UpgradeRequest, upgrade } from '../../src/upgrade/upgrade.ts';
import { templates } from '../golden/render-answers.ts';

export { templates } from '../golden/render-answers.ts';

/** Of the templates: path to a change of its text. */
export type Changes = Record<string, (text: string) => string>;

export function changeTemplates(changes: Changes): TemplateSet {
  const changed = Object.entries(changes).map(([path, change]) => {
    const template = templates.files[path];
    if (template === undefined) throw new Error(`there is no template ${path}`);
    if ('text' in template) return [path, { ...template, text: change(template.text) }];
    const nodes = template.nodes.map((node) => (typeof node === 'string' ? change(node) : node));
    return [path, { ...template, nodes }];
  });
  return { ...templates, files: { ...templates.files, ...Object.fromEntries(changed) } };
}

export function addTemplates(files: TemplateSet['files'], leftOut: readonly string[] = []): TemplateSet {
  const kept = Object.entries(templates.files).filter(([path]) => !leftOut.includes(path));
  return { ...templates, files: { ...Object.fromEntries(kept), ...files } };
}

export function openPorts(given: Partial<UpgradePorts> = {}): UpgradePorts {
  return {
    disk: openDisk(),
    protoDisk: openProtoDisk('/'),
    templates,
    toolVersion: '0.2.0',
    merge: mergeFile,
    hasModes: process.platform !== 'win32',
    runProgram: withoutNpm,
    signal: new AbortController().signal,
    watchStep: () => ({ update() {}, succeed() {}, fail() {} }),
    ...given,
  };
}

/** The real git; npm only where a test asks for it. */
export const withoutNpm: RunProgram = async (call) =>
  ['npm', 'pnpm', 'yarn'].includes(call.program) ? { exitCode: 0, output: '' } : runProgram(call);

export function upgradeRepo(
  directory: string,
  given: Partial<UpgradePorts> = {},
  request: Partial<UpgradeRequest> = {},
) {
  return upgrade({ directory, check: false, dryRun: false, install: true, ...request }, openPorts(given));
}

/** As `create` makes it with version 0.1.0, without git; the workloads have samples. */
export async function emitRepo(
  directory: string,
  given: Partial<UpgradePorts> = {},
  workloads = ['orders'],
  settings: Partial<Settings> = {},
) {
  const { confirm: _, ...ports } = openPorts({ toolVersion: '0.1.0', ...given });
  await create(
    {
      directory,
      name: 'orders',
      target: 'local',
      settings,
      // A copy that the repo carries stays when the version changes, so that each test sees its own changes alone.
      packageReference: 'file:.grpc-aws/create-grpc-aws.tgz',
      workloads: workloads.map((name) => ({ name, protos: [] })),
      install: false,
      git: false,
      dryRun: false,
    },
    ports,
  );
}

export function put(directory: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), content);
}

export function edit(directory: string, path: string, change: (text: string) => string): void {
  put(directory, path, change(read(directory, path)));
}

export function read(directory: string, path: string): string {
  return readFileSync(join(directory, path), 'utf8');
}

/** Every file by path, with `x` behind executable ones; what git keeps for itself is left out. */
export function lookAt(directory: string): Map<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(directory.length + 1).replaceAll('\\', '/'), path] as const)
      .filter(([path]) => !/(?:^|\/)\.git\//.test(path))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, place]) => [
        `${path}${(statSync(place).mode & 0o100) === 0 ? '' : ' x'}`,
        readFileSync(place, 'latin1'),
      ]),
  );
}

export function git(directory: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args], {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** All of it in one commit. */
export function commitAll(directory: string, message = 'All'): void {
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message', message);
}

export function initGit(directory: string): void {
  git(directory, '-c', 'init.defaultBranch=main', 'init', '--quiet');
  commitAll(directory);
}

export function copyRepo(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

export function remove(directory: string, path: string): void {
  rmSync(join(directory, path), { recursive: true });
}

export function makeExecutable(directory: string, path: string): void {
  chmodSync(join(directory, path), 0o755);
}

export const bookkeeping: readonly string[] = [basePath, manifestPath];
