/** Answers on their way to the command line, in a file that is there as long as it runs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answers } from '../spec/check-spec.ts';

/** What `use` makes of the path of a file that holds the answers. */
export function withAnswersFile<T>(answers: Answers, use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'grpc-aws-answers-'));
  try {
    const path = join(folder, 'answers.json');
    writeFileSync(path, JSON.stringify(answers));
    return use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
