/** What is timed of a synthesis that changes nothing: ours, and projen's of its own TypeScript project. */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Subject as Timed } from '../measure.ts';
import { placeRepo } from './places.ts';
import { environment, run } from './run-quietly.ts';
import { copyRepo, expectChanged } from './subjects.ts';
import type { Subject, Tool } from './tool.ts';

export const names = {
  upgrade: 'create-grpc-aws upgrade',
  ourProjen: 'projen, a repo of ours',
  theirFile: "node .projenrc.js, projen's TypeScriptProject",
  theirProjen: "projen, projen's TypeScriptProject",
};

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const projen = join(modules, 'projen/bin/projen');
const typescriptProject = `const { javascript, typescript } = require('projen');
const packageManager = javascript.NodePackageManager.NPM;
new typescript.TypeScriptProject({ name: 'peer', defaultReleaseBranch: 'main', packageManager }).synth();
`;

/** Repos are made below `home`, and so must the rounds be: they find their packages there. The installs that projen would check at the end are left out everywhere. */
export function listSyntheses(node: string, ours: Tool, { folder: emitted }: Subject, home: string): Timed[] {
  symlinkSync(modules, join(home, 'node_modules'), 'junction');
  const repo = placeRepo('repo', join(home, 'untouched'), (folder) => ours.create({}, folder));
  const peer = placeRepo('repo', join(home, 'typescript'), (folder) => makeTypeScriptProject(node, folder));
  const [program = '', ...upgrade] = ours.update;
  const time = (name: string, of: string, args: readonly string[]): Timed => ({
    name,
    args: () => args,
    env: environment,
    prepare: (folder) => copyRepo(of, folder),
    check: (folder) => expectChanged(folder, []),
  });
  return [
    { ...time(names.upgrade, repo, upgrade), program },
    // Only repos that are emitted with projen have it.
    ...(existsSync(join(emitted, '.projenrc.ts')) ? [time(names.ourProjen, repo, [projen, '--no-post'])] : []),
    time(names.theirFile, peer, ['.projenrc.js']),
    time(names.theirProjen, peer, [projen, '--no-post']),
  ];
}

/** As `projen new typescript` leaves it, without its packages. */
function makeTypeScriptProject(node: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.projenrc.js'), typescriptProject);
  run([node, '.projenrc.js'], folder);
}
