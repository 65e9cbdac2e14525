/** Which tests there are: quick ones, and those that install, build and run whole repos. */
import { defineConfig } from 'vitest/config';

const whole = ['test/e2e/**/*.test.ts', 'test/readme/**/*.test.ts'];
/** Emitted repos have tests of their own, which their own runner runs. */
const emitted = ['test/golden/*/**', 'test/fixtures/**'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...whole, ...emitted], testTimeout: 30_000 } },
      {
        test: {
          name: 'e2e',
          include: whole,
          globalSetup: 'test/e2e/install-once.ts',
          // Each test keeps a core busy by itself.
          maxConcurrency: 2,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
