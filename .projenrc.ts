/** This repo's own files, managed by projen: `npx projen` after a change here rewrites them. */
import { JsonFile, License, Project, ProjenrcFile, YamlFile } from 'projen';

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

new JsonFile(project, 'package.json', {
  readonly: false,
  marker: false,
  obj: {
    name: 'create-grpc-aws',
    version: '0.2.0',
    description:
      'Scaffold a TypeScript gRPC service behind the right load balancer, and keep its repo right for years.',
    license: 'Apache-2.0',
    keywords: ['grpc', 'aws', 'ecs', 'alb', 'protobuf', 'buf', 'scaffold', 'projen'],
    type: 'module',
    engines: { node: '>=20.19.0' },
    bin: { 'create-grpc-aws': 'dist/cli.js', 'grpc-aws': 'dist/cli.js' },
    exports: {
      '.': { types: './dist/types/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist', 'CHANGELOG.md'],
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
      vitest: '^5.1.0',
      yaml: '^2.9.1',
    },
  },
});

new JsonFile(project, 'tsconfig.json', {
  marker: false,
  obj: {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2023'],
      module: 'nodenext',
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      noFallthroughCasesInSwitch: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      verbatimModuleSyntax: true,
      erasableSyntaxOnly: true,
      allowImportingTsExtensions: true,
      // The scripts that run before an install are JavaScript; tests import them.
      allowJs: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['.projenrc.ts', 'vitest.config.ts', 'src', 'test', 'scripts', 'bench'],
    exclude: ['test/golden/*/*', 'test/fixtures', 'node_modules', 'bench/node_modules', 'dist'],
  },
});

new JsonFile(project, 'biome.json', {
  marker: false,
  obj: {
    $schema: './node_modules/@biomejs/biome/configuration_schema.json',
    vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
    files: {
      includes: [
        '**',
        '!.projen',
        '!package.json',
        '!tsconfig.json',
        '!biome.json',
        '!renovate.json',
        '!package-lock.json',
        '!templates',
        '!test/golden/*/*',
        '!test/fixtures',
        '!bench/results.json',
        '!bench/package-lock.json',
      ],
    },
    formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
    javascript: { formatter: { quoteStyle: 'single' } },
    linter: {
      rules: {
        preset: 'recommended',
        // Text for other tools is full of their own placeholders; a Proxy is one that passes calls on.
        suspicious: { noTemplateCurlyInString: 'off', noShadowRestrictedNames: 'off' },
        style: {
          useImportType: 'error',
          useNodejsImportProtocol: 'error',
          useConst: 'error',
          noNonNullAssertion: 'off',
        },
      },
    },
  },
});

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
          'devDependencies: \\{[^}]*\\}',
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

project.gitignore.exclude('node_modules/', 'dist/', 'coverage/', '*.tgz', '*.log', '.DS_Store', '/demo-*/');
// Goldens and fixtures are compared byte for byte.
project.gitattributes.addAttributes('/test/golden/**', '-text');
project.gitattributes.addAttributes('/test/fixtures/**', '-text');

project.synth();
