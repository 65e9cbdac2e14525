/**
 * Builds what is published: `dist/` with the bundled CLI, public API and projen door, templates, types and licences, and
 * `.jsii`. With `--version` it says it is another version, with `--into FOLDER` it goes there: tests of upgrades need two.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { describeJsii } from '../src/projen/jsii.ts';
import { compileTemplates } from '../src/render/compile-templates.ts';
import { collectLicenses } from './collect-licenses.ts';
import { readTemplates } from './read-templates.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Built aside and put in place at the end, so that whatever runs `dist/` meanwhile finds all of it. */
const dist = join(root, 'node_modules/.cache', `dist-${process.pid}`);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  peerDependencies: { projen: string };
};
const { values } = parseArgs({
  options: { version: { type: 'string', default: manifest.version }, into: { type: 'string', default: root } },
});
const { version, into } = values;

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  // Names stay: the stack of a bug report should be worth reading.
  minifySyntax: true,
  minifyWhitespace: true,
  define: { GRPC_AWS_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
  legalComments: 'none',
  outdir: dist,
};

mkdirSync(dist, { recursive: true });
process.on('exit', () => rmSync(dist, { recursive: true, force: true }));
// Before the bundles: a template that is wrong should say so at once.
writeFileSync(join(dist, 'templates.json'), JSON.stringify(compileTemplates(readTemplates(join(root, 'templates')))));
await buildBoot();
// One build each: what they share would otherwise be cut into files of its own, and every file costs time at start.
const metafiles = [await buildModules('src/cli/main.ts'), await buildModules('src/index.ts'), await buildProjen()];
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES'), collectLicenses(metafiles, root));
const typesOptions = ['-p', 'scripts/tsconfig.types.json', '--outDir', join(dist, 'types')];
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...typesOptions], { cwd: root, stdio: 'inherit' });
rmSync(join(into, 'dist'), { recursive: true, force: true });
if (into === root) renameSync(dist, join(into, 'dist'));
else cpSync(dist, join(into, 'dist'), { recursive: true });
const jsii = describeJsii(version, manifest.peerDependencies.projen);
writeFileSync(join(into, '.jsii'), `${JSON.stringify(jsii, null, 2)}\n`);

/** One file without imports: every further file would cost `--help` a millisecond. A Node too old must still parse it. */
async function buildBoot(): Promise<void> {
  await build({
    ...common,
    target: 'node14',
    entryPoints: ['src/cli/cli.ts'],
    banner: { js: '#!/usr/bin/env node' },
    plugins: [
      {
        name: 'leave main for later',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^\.\/main\.ts$/ }, () => ({ path: './main.js', external: true })),
      },
    ],
  });
  chmodSync(join(dist, 'cli.js'), 0o755);
}

/** What is imported lazily becomes a file of its own. */
async function buildModules(entry: string): Promise<Metafile> {
  const { outputFiles, metafile } = await build({
    ...common,
    target: 'node20',
    entryPoints: [entry],
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    metafile: true,
    write: false,
  });
  mkdirSync(join(dist, 'chunks'), { recursive: true });
  for (const { path, text } of outputFiles) writeFileSync(path, provideRequire(text));
  return metafile;
}

/** What `projen new` requires and `.projenrc.ts` imports: CommonJS serves both, whatever they run on. */
async function buildProjen(): Promise<Metafile> {
  const { metafile } = await build({
    ...common,
    target: 'node20',
    format: 'cjs',
    entryPoints: { projen: 'src/projen/grpc-service-project.ts' },
    outExtension: { '.js': '.cjs' },
    external: ['projen', 'constructs'],
    define: { ...common.define, 'import.meta.dirname': '__dirname' },
    metafile: true,
  });
  return metafile;
}

/** CommonJS packages call `require`, which an ES module lacks; only the file that has esbuild's stand-in for it pays. */
function provideRequire(text: string): string {
  if (!text.includes('typeof require')) return text;
  return `import{createRequire}from"node:module";const require=createRequire(import.meta.url);${text}`;
}
