/** The merge by line is held against the real one. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MergeSides } from '../../src/merge/merge.ts';
import { mergeText } from '../../src/merge/merge-text.ts';
import { makeTemporaryFolder } from '../tree/temporary-folder.ts';
import { anyTexts } from './any-texts.ts';
import { labels } from './labels.ts';

test('where git merges cleanly we give the same bytes, and where git conflicts the same markers', () => {
  const folder = makeTemporaryFolder();
  fc.assert(
    fc.property(anyTexts, (sides) => {
      const { text, conflicts } = mergeText(sides, labels);
      expect({ text, isClean: conflicts.length === 0 }).toEqual(mergeWithGit(folder, sides));
    }),
    { numRuns: 150 },
  );
});

/** Where lines repeat, git's search may place the borders of a conflict elsewhere (docs/decisions/0030). */
test('where every line is one of three, either side of each conflict reads as it does with git', () => {
  const folder = makeTemporaryFolder();
  const anyText = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n'), { maxLength: 14 }).map((lines) => lines.join(''));
  fc.assert(
    fc.property(fc.record({ base: anyText, ours: anyText, theirs: anyText }), (sides) => {
      const { text, conflicts } = mergeText(sides, labels);
      const git = mergeWithGit(folder, sides);
      expect(conflicts.length === 0).toBe(git.isClean);
      for (const side of ['ours', 'theirs'] as const) expect(choose(text, side)).toBe(choose(git.text, side));
    }),
    { numRuns: 100 },
  );
});

/** What is left once every conflict is resolved to one side. */
function choose(text: string, side: 'ours' | 'theirs'): string {
  return text.replace(
    /^<{7}.*\n([\s\S]*?)^\|{7}.*\n[\s\S]*?^={7}\n([\s\S]*?)^>{7}.*\n/gm,
    side === 'ours' ? '$1' : '$2',
  );
}

/** Whether it is clean is asked of git's default style: `zdiff3` also marks what both sides changed alike. */
function mergeWithGit(folder: string, sides: MergeSides): { text: string; isClean: boolean } {
  for (const [name, text] of Object.entries(sides)) writeFileSync(join(folder, name), text);
  const run = (...options: string[]) =>
    spawnSync('git', ['merge-file', '-p', ...options, 'ours', 'base', 'theirs'], { cwd: folder, encoding: 'utf8' });
  const plain = run();
  if (plain.status === 0) return { text: plain.stdout, isClean: true };
  const named = [labels.ours, labels.base, labels.theirs].flatMap((label) => ['-L', label]);
  return { text: run('--zdiff3', ...named).stdout, isClean: false };
}
