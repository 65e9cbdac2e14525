/** A folder of a test's own, gone afterwards. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export function makeTemporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'grpc-aws-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
