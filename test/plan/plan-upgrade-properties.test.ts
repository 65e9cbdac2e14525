import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { type Laid, plan, readText, type SmallUpgrade, textsOf } from './small-upgrade.ts';

interface File {
  base: string[] | undefined;
  now: string[] | undefined;
  /** Where the user put a line; undefined: nowhere. */
  mine: number | undefined;
  isDeleted: boolean;
  isCrLf: boolean;
  isExecutable: boolean;
}

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 8 });
const file: fc.Arbitrary<File> = fc.record({
  base: fc.option(lines, { nil: undefined }),
  now: fc.option(lines, { nil: undefined }),
  mine: fc.option(fc.nat(8), { nil: undefined }),
  isDeleted: fc.boolean(),
  isCrLf: fc.boolean(),
  isExecutable: fc.boolean(),
});
const files = fc.dictionary(fc.constantFrom('a.ts', 'b/c.ts', 'd'), file, { noNullPrototype: true });

const mark = 'a line of mine';

function lay(all: Record<string, File>): Required<Pick<SmallUpgrade, 'base' | 'disk' | 'now'>> {
  const each = Object.entries(all);
  const write = (text: readonly string[]) => text.map((line) => `${line}\n`).join('');
  const pick = (side: 'base' | 'now') =>
    Object.fromEntries(each.flatMap(([path, one]) => (one[side] ? [[path, write(one[side])] as const] : [])));
  const disk = each.flatMap(([path, { base, mine, isDeleted, isCrLf, isExecutable }]): [string, Laid][] => {
    if (isDeleted || (base === undefined && mine === undefined)) return [];
    const text = write(mine === undefined ? (base ?? []) : (base ?? []).toSpliced(mine, 0, mark));
    return [[path, { text: isCrLf ? text.replaceAll('\n', '\r\n') : text, executable: isExecutable }]];
  });
  return { base: pick('base'), now: pick('now'), disk: Object.fromEntries(disk) };
}

test('no line of the user is lost, and none comes back that was deleted, whatever both sides did', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (all) => {
      const planned = await plan({ ...lay(all), merge: mergeFile });
      const written = textsOf(planned);
      for (const [path, { mine, isDeleted, base }] of Object.entries(all)) {
        const after = written[path];
        if (after === undefined) continue;
        if (mine !== undefined && !isDeleted) expect([path, after]).toEqual([path, expect.stringContaining(mark)]);
        if (isDeleted && base !== undefined) expect([path, after]).toEqual([path, undefined]);
      }
      for (const { before, after } of planned.writes) {
        const isCrLf = before !== undefined && /^([^\n]*\r\n)+$/.test(readText(before));
        if (isCrLf && after !== undefined) expect(readText(after)).toMatch(/^([^\n]*\r\n)*$/);
      }
    }),
    { numRuns: 500 },
  );
});

test('what an upgrade left is not written again by the next one', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (all) => {
      const { base, disk, now } = lay(all);
      const { writes } = await plan({ base, disk, now, merge: mergeFile });
      const left = new Map<string, Laid>(Object.entries(disk));
      for (const { path, after } of writes) {
        if (after === undefined) left.delete(path);
        else left.set(path, { text: readText(after), executable: after.executable });
      }
      const again = await plan({ base: now, disk: Object.fromEntries(left), now, merge: mergeFile });
      expect(textsOf(again)).toEqual({});
      expect(again.conflicts).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
