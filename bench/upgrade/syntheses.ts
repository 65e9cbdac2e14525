/** What is timed of a synthesis that changes nothing: ours, and projen's of its own TypeScript project. */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
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

const ourModules = fileURLToPath(new URL('../../node_modules', import.meta.url));
/** With what `projen new typescript` installs to run its .projenrc.ts: ts-node, and the newest TypeScript that takes. */
const theirModules = fileURLToPath(new URL('../node_modules', import.meta.url));

/** Repos are made below `home`. The installs that projen would check at the end are left out everywhere. */
export function listSyntheses(node: string, ours: Tool, { folder: emitted }: Subject, home: string): Timed[] {
  const repo = placeRepo('repo', join(home, 'untouched'), (folder) => ours.create({}, folder));
  const [script, typed] = ['.projenrc.js', '.projenrc.ts'].map((file) =>
    placeRepo('repo', join(home, file), (folder) => makeTypeScriptProject(node, folder, file)),
  ) as [string, string];
  const [program = '', ...upgrade] = ours.update;
  const time = (name: string, of: string, modules: string, args: readonly string[]): Timed => ({
    name,
    args: () => args,
    // As npx sets it.
    env: { ...environment, PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter) },
    prepare: (folder) => {
      copyRepo(of, folder);
      symlinkSync(modules, join(folder, 'node_modules'), 'junction');
    },
    check: (folder) => expectChanged(folder, []),
  });
  const projen = (modules: string) => [join(modules, 'projen/bin/projen'), '--no-post'];
  return [
    { ...time(names.upgrade, repo, ourModules, upgrade), program },
    // Only repos that are emitted with projen have it.
    ...(existsSync(join(emitted, '.projenrc.ts')) ? [time(names.ourProjen, repo, ourModules, projen(ourModules))] : []),
    time(names.theirFile, script, theirModules, ['.projenrc.js']),
    time(names.theirProjen, typed, theirModules, projen(theirModules)),
  ];
}

/** As `projen new typescript` leaves it, the packages of the project's own aside; there the file is .projenrc.ts. */
function makeTypeScriptProject(node: string, folder: string, file: string): void {
  mkdirSync(folder, { recursive: true });
  const options = `{ name: 'peer', defaultReleaseBranch: 'main', packageManager: javascript.NodePackageManager.NPM, projenrcTs: ${file.endsWith('.ts')} }`;
  const make = `new typescript.TypeScriptProject(${options}).synth();\n`;
  const required = `const { javascript, typescript } = require('projen');\n${make}`;
  writeFileSync(
    join(folder, file),
    file.endsWith('.ts') ? `import { javascript, typescript } from 'projen';\n${make}` : required,
  );
  run([node, '--eval', required.replace("'projen'", JSON.stringify(join(theirModules, 'projen')))], folder);
}
