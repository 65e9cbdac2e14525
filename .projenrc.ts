/** This repo's own files, managed by projen: `npx projen` after a change here rewrites them. */

import { JsonFile, License, Project, ProjenrcFile, YamlFile } from 'projen';
import { biome, tsconfig } from './scripts/code-style.ts';

/** Names this file in the marker of every generated one. */
class Projenrc extends ProjenrcFile {
  readonly filePath = '.projenrc.ts';
}

const project = new Project({ name: 'create-grpc-aws', commitGenerated: true, projenCommand: 'npx projen' });
new Projenrc(project);
project.defaultTask?.exec('tsx .projenrc.ts');
// The base class's own chain of build tasks would be a second, empty way to build: `npm run` is the one way.
for (const task of ['build', 'pre-compile', 'compile', 'post-compile', 'test', 'package']) project.removeTask(task);

/** Looked up as the tags of their repositories on 2026-11-20; a tag can be moved, a commit cannot. */
const actions = {
  checkout: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1', // v7.0.1
  setupNode: 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020', // v7.0.0
};

const checkOut = { uses: actions.checkout, with: { 'persist-credentials': false } };

function setUpNode(version: string | number) {
  return { uses: actions.setupNode, with: { 'node-version': version } };
}

new License(project, { spdx: 'Apache-2.0', copyrightOwner: 'the create-grpc-aws authors', copyrightPeriod: '2026' });

/** Of both packages: the Yeoman generator takes the core of its own version. */
const version = '0.4.0';

new JsonFile(project, 'package.json', {
  readonly: false,
  marker: false,
  obj: {
    name: 'create-grpc-aws',
    version,
    description:
      'Scaffold a TypeScript gRPC service behind the right load balancer, and keep its repo right for years.',
    license: 'Apache-2.0',
    keywords: ['grpc', 'aws', 'ecs', 'alb', 'protobuf', 'buf', 'scaffold', 'projen'],
    type: 'module',
    engines: { node: '>=20.19.0' },
    workspaces: ['.', 'generators'],
    bin: { 'create-grpc-aws': 'dist/cli.js', 'grpc-aws': 'dist/cli.js' },
    // `projen new` requires the package's folder, which only this names; every import goes by `exports`.
    main: './dist/projen.cjs',
    exports: {
      '.': { types: './dist/types/index.d.ts', default: './dist/index.js' },
      './projen': { types: './dist/types/projen/grpc-service-project.d.ts', default: './dist/projen.cjs' },
      './templates.json': './dist/templates.json',
      './.jsii': './.jsii',
      './package.json': './package.json',
    },
    files: ['dist', '.jsii', 'CHANGELOG.md'],
    scripts: {
      test: 'node scripts/test.mjs',
      demo: 'node scripts/demo.mjs',
      build: 'node scripts/build.ts',
      typecheck: 'tsc --noEmit',
      lint: 'biome check --error-on-warnings',
      fix: 'biome check --write',
      golden: 'node scripts/golden.ts',
      bench: 'node bench/run.ts',
      projen: 'projen',
    },
    // npm 11 runs install scripts only where they are approved; `node` is the toolchain's runtime.
    allowScripts: { node: true, esbuild: true, protobufjs: false, '@bufbuild/buf': false },
    // Of the projen door alone; whoever uses it has both.
    peerDependencies: { constructs: '^10.5.0', projen: '>=0.103.25' },
    peerDependenciesMeta: { constructs: { optional: true }, projen: { optional: true } },
    devDependencies: {
      '@biomejs/biome': '2.5.15',
      '@bufbuild/buf': '1.74.0',
      '@clack/prompts': '^1.9.0',
      // The client of test/e2e: it calls emitted servers as a stranger would.
      '@grpc/grpc-js': '1.14.7',
      '@types/node': '^24.19.2',
      constructs: '^10.8.1',
      esbuild: '^0.28.2',
      execa: '^9.6.1',
      'fast-check': '^4.10.2',
      handlebars: '^4.7.10',
      // HashiCorp's own parser, and Markdown's: test/render reads emitted files back with them.
      'hcl2-parser': '1.0.3',
      marked: '^18.2.1',
      node: '24.21.0',
      projen: '0.103.25',
      tsx: '^4.23.15',
      typescript: '^7.0.2',
      verdaccio: '^6.10.4',
      vitest: '^5.1.0',
      yaml: '^2.9.1',
    },
    // verdaccio asks for a tag of it, which mirrors of the registry may lack.
    overrides: { 'node-fetch': '2.7.0' },
  },
});

new JsonFile(project, 'generators/package.json', {
  readonly: false,
  marker: false,
  obj: {
    name: 'generator-grpc-aws',
    version,
    description: 'The Yeoman generator of create-grpc-aws: a TypeScript gRPC service behind the right load balancer.',
    license: 'Apache-2.0',
    keywords: ['yeoman-generator', 'grpc', 'aws', 'protobuf'],
    type: 'module',
    engines: { node: '^22.18.0 || >=24.11.0' },
    files: ['generators'],
    dependencies: { 'create-grpc-aws': version, 'yeoman-generator': '^10.2.1' },
    devDependencies: { '@yeoman/adapter': '^5.0.0', 'yeoman-environment': '^7.1.0', 'yeoman-test': '^11.8.2' },
  },
});

new JsonFile(project, 'tsconfig.json', { marker: false, obj: tsconfig });

new JsonFile(project, 'biome.json', { marker: false, obj: biome });

new YamlFile(project, '.github/workflows/build.yml', {
  obj: {
    name: 'build',
    on: { push: { branches: ['main'] }, pull_request: {} },
    permissions: { contents: 'read' },
    concurrency: { group: 'build-${{ github.ref }}', 'cancel-in-progress': true },
    jobs: {
      test: {
        name: 'test on ${{ matrix.os }}',
        strategy: { 'fail-fast': false, matrix: { os: ['ubuntu-latest', 'macos-latest', 'windows-latest'] } },
        'runs-on': '${{ matrix.os }}',
        'timeout-minutes': 30,
        // The oldest Node we ship for: `npm test` brings its own toolchain.
        steps: [checkOut, setUpNode('20.19.0'), { run: 'npm test' }],
      },
      conformance: {
        'runs-on': 'ubuntu-latest',
        'timeout-minutes': 30,
        // A registry of its own, and the tools that read what is emitted; a tool that the machine lacks is named as skipped.
        steps: [
          checkOut,
          setUpNode('20.19.0'),
          { run: 'npm test -- --conformance test/conformance test/e2e/released.test.ts' },
        ],
      },
      cli: {
        name: 'built CLI on Node ${{ matrix.node }}',
        strategy: { 'fail-fast': false, matrix: { node: ['20.19.0', 20, 22, 24, 26] } },
        'runs-on': 'ubuntu-latest',
        'timeout-minutes': 15,
        steps: [
          checkOut,
          setUpNode(24),
          { run: 'npm ci' },
          { run: 'npm run build' },
          setUpNode('${{ matrix.node }}'),
          { run: 'node dist/cli.js --version' },
          // The shell's node runs the CLI; the comparison itself runs on the toolchain's.
          { run: 'npm run golden -- --check --node "$(command -v node)"' },
        ],
      },
    },
  },
});

new JsonFile(project, 'renovate.json', {
  marker: false,
  obj: {
    $schema: 'https://docs.renovatebot.com/renovate-schema.json',
    extends: ['config:recommended'],
    // What the generated files say is decided in .projenrc.ts, so that is where updates are written.
    enabledManagers: ['custom.regex', 'npm'],
    npm: { managerFilePatterns: ['bench/package.json'] },
    customManagers: [
      {
        customType: 'regex',
        managerFilePatterns: ['/^\\.projenrc\\.ts$/'],
        matchStringsStrategy: 'recursive',
        matchStrings: [
          '[dD]ependencies: \\{[^}]*\\}',
          "'?(?<depName>[@a-z0-9/-]+)'?: '(?<currentValue>[\\^~]?\\d+\\.\\d+\\.\\d+)',",
        ],
        datasourceTemplate: 'npm',
      },
      {
        customType: 'regex',
        managerFilePatterns: ['/^\\.projenrc\\.ts$/'],
        matchStrings: ["'(?<depName>actions/[a-z-]+)@(?<currentDigest>[0-9a-f]{40})', // (?<currentValue>v[0-9.]+)"],
        datasourceTemplate: 'github-tags',
      },
    ],
  },
});

project.gitignore.exclude('node_modules/', 'dist/', '/.jsii', 'coverage/', '*.tgz', '*.log', '.DS_Store', '/demo-*/');
// Goldens and fixtures are compared byte for byte.
for (const folder of ['golden', 'fixtures']) project.gitattributes.addAttributes(`/test/${folder}/**`, '-text');

project.synth();
