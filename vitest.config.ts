/** Which tests there are: quick ones, those that install, build and run whole repos, and those of other tools. */
import { defineConfig } from 'vitest/config';
import manifest from './package.json' with { type: 'json' };

const whole = ['test/e2e/**/*.test.ts', 'test/readme/**/*.test.ts'];
/** Many repos of one kind: what every version emitted, each proto fixture, each package manager. `npm test -- --conformance`. */
const many = ['test/e2e/released.test.ts', 'test/e2e/fixtures.test.ts', 'test/e2e/package-managers.test.ts'];
/** What emitted files are in the eyes of their own tools, which are not npm packages: `npm test -- --conformance`. */
const conformance = ['test/conformance/**/*.test.ts'];
/** Emitted repos have tests of their own, which their own runner runs. */
const emitted = ['test/golden/*/**', 'test/fixtures/**'];

/** Of tests that install, build and run. */
const wholeRepos = {
  globalSetup: 'test/e2e/install-once.ts',
  // Each test keeps a core busy by itself.
  maxConcurrency: 2,
  testTimeout: 240_000,
  hookTimeout: 240_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...whole, ...conformance, ...emitted],
          // What the built CLI has emitted repos name of this package: a checkout would pack itself each time.
          env: { GRPC_AWS_PACKAGE: manifest.version },
          testTimeout: 30_000,
        },
      },
      { test: { name: 'conformance', include: conformance, testTimeout: 120_000, hookTimeout: 120_000 } },
      { test: { ...wholeRepos, name: 'e2e', include: whole, exclude: many } },
      { test: { ...wholeRepos, name: 'many', include: many } },
    ],
  },
});
