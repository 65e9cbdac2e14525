/** Counts what vitest ran, with the reason of each skip, into the file that GRPC_AWS_COUNT names. */
import { writeFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';

export default class CountTests implements Reporter {
  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules, unhandledErrors) => {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: [] as { name: string; reason: string }[] };
    for (const module of modules) {
      let failed = 0;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') count.passed += 1;
        else if (result.state === 'skipped') {
          count.skipped.push({ name: test.fullName, reason: result.note ?? 'no reason given' });
        } else failed += 1;
      }
      // A file that fails to load, or fails in a hook, has no test that says so.
      count.failed += module.ok() ? failed : Math.max(1, failed);
    }
    if (process.env.GRPC_AWS_COUNT) writeFileSync(process.env.GRPC_AWS_COUNT, JSON.stringify(count));
  };
}
