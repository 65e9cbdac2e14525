/** Finds what a document tells its reader to type. */
import { readFileSync } from 'node:fs';

/** Each line of its `sh` blocks, in order. */
export function readCommands(path: string): string[] {
  const blocks = [...readFileSync(path, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap((block) => (block[1] ?? '').split('\n')).filter((line) => line.trim() !== '');
}
