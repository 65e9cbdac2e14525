/** What the compiler and the linter of this repo hold code to; .projenrc.ts writes it to their files. */

export const tsconfig = {
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
};

export const biome = {
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
};
