/** This repo's own files, managed by projen: `npx projen` after a change here rewrites them. */
import { JsonFile, License, Project } from 'projen';

const project = new Project({ name: 'create-grpc-aws', commitGenerated: true, projenCommand: 'npx projen' });
project.defaultTask?.exec('tsx .projenrc.ts');

new License(project, { spdx: 'Apache-2.0', copyrightOwner: 'the create-grpc-aws authors', copyrightPeriod: '2026' });

new JsonFile(project, 'package.json', {
  readonly: false,
  marker: false,
  obj: {
    name: 'create-grpc-aws',
    version: '0.1.0',
    description: 'Scaffold a TypeScript gRPC service behind the right load balancer, and keep its repo right for years.',
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
    allowScripts: { node: true, esbuild: true },
    devDependencies: {
      '@biomejs/biome': '2.6.8',
      '@clack/prompts': '^1.9.0',
      '@types/node': '^24.19.2',
      constructs: '^10.8.1',
      esbuild: '^0.28.2',
      execa: '^9.6.1',
      'fast-check': '^4.10.2',
      handlebars: '^4.7.10',
      node: '24.21.0',
      projen: '0.103.25',
      protobufjs: '^8.8.1',
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
      resolveJsonModule: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['.projenrc.ts', 'src', 'test', 'scripts', 'bench'],
    exclude: ['test/golden', 'test/fixtures', 'test/upgrade', 'node_modules', 'dist'],
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
        '!package-lock.json',
        '!templates',
        '!test/golden',
        '!test/fixtures',
        '!bench/RESULTS.json',
      ],
    },
    formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
    javascript: { formatter: { quoteStyle: 'single' } },
    linter: {
      rules: {
        recommended: true,
        style: { useImportType: 'error', useNodejsImportProtocol: 'error', useConst: 'error', noNonNullAssertion: 'off' },
      },
    },
  },
});

project.gitignore.exclude('node_modules/', 'dist/', 'coverage/', '*.tgz', '*.log', '.DS_Store');

project.synth();
