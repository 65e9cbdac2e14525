import { describe, expect, test } from 'vitest';
import type { PlannedChange } from '../../src/plan/upgrade-plan.ts';
import { plan, readText, type SmallUpgrade, textsOf } from './small-upgrade.ts';

const seeded = (text = 'seed\n') => ({ text, ownership: 'seeded' as const });

describe('a path by who made what stands there', () => {
  const cases: [what: string, upgrade: SmallUpgrade, verdict: Partial<PlannedChange> | undefined, after: unknown][] = [
    ['new', { now: { a: 'new\n' } }, { verdict: 'added' }, { a: 'new\n' }],
    ['new, and the same is there', { disk: { a: 'new\n' }, now: { a: 'new\n' } }, undefined, {}],
    [
      'new, and another is there',
      { disk: { a: 'mine\n' }, now: { a: 'new\n' } },
      { verdict: 'merged' },
      { a: 'mine\nnew\n' },
    ],
    ['as it was emitted', { base: { a: '1\n' }, now: { a: '2\n' } }, { verdict: 'updated' }, { a: '2\n' }],
    ['as it was emitted, and nothing new', { base: { a: '1\n' }, now: { a: '1\n' } }, undefined, {}],
    [
      'edited, and nothing new',
      { base: { a: '1\n' }, disk: { a: 'mine\n' }, now: { a: '1\n' } },
      { verdict: 'kept', because: 'edited' },
      {},
    ],
    ['edited as this version has it', { base: { a: '1\n' }, disk: { a: '2\n' }, now: { a: '2\n' } }, undefined, {}],
    [
      'edited, and changed',
      { base: { a: '1\n' }, disk: { a: 'mine\n' }, now: { a: '2\n' } },
      { verdict: 'merged' },
      { a: 'mine\n2\n' },
    ],
    [
      'deleted, and changed',
      { base: { a: '1\n' }, disk: {}, now: { a: '2\n' } },
      { verdict: 'kept', because: 'deleted' },
      {},
    ],
    ['deleted, and nothing new', { base: { a: '1\n' }, disk: {}, now: { a: '1\n' } }, undefined, {}],
    ['no longer emitted', { base: { a: '1\n' } }, { verdict: 'removed' }, { a: null }],
    [
      'no longer emitted, and edited',
      { base: { a: '1\n' }, disk: { a: 'mine\n' } },
      { verdict: 'kept', because: 'no-longer-emitted' },
      {},
    ],
    ['no longer emitted, and deleted', { base: { a: '1\n' }, disk: {} }, undefined, {}],
    ['a new seed', { now: { a: seeded() } }, { verdict: 'added', ownership: 'seeded' }, { a: 'seed\n' }],
    ['a new seed where something is', { disk: { a: 'mine\n' }, now: { a: seeded() } }, undefined, {}],
    ['a seed', { base: { a: seeded() }, disk: { a: 'mine\n' }, now: { a: seeded('other\n') } }, undefined, {}],
    ['a seed that was deleted', { base: { a: seeded() }, disk: {}, now: { a: seeded() } }, undefined, {}],
    [
      'a seed of what is gone',
      { base: { a: seeded() }, disk: { a: 'mine\n' } },
      { verdict: 'kept', because: 'no-longer-used' },
      {},
    ],
    ['a seed that was deleted, of what is gone', { base: { a: seeded() }, disk: {} }, undefined, {}],
    ['managed that becomes a seed', { base: { a: '1\n' }, now: { a: seeded() } }, undefined, {}],
    [
      'a seed that becomes managed',
      { base: { a: seeded() }, now: { a: '2\n' } },
      { verdict: 'merged' },
      { a: 'seed\n2\n' },
    ],
    [
      'a link, and no longer emitted',
      { base: { a: '1\n' }, disk: { a: { by: 'a' } } },
      { verdict: 'kept', because: 'no-longer-emitted' },
      {},
    ],
  ];

  test.each(cases)('%s', async (_, upgrade, verdict, after) => {
    const planned = await plan(upgrade);
    expect(planned.plan.changes).toEqual(verdict ? [expect.objectContaining(verdict)] : []);
    expect(textsOf(planned)).toEqual(after);
    expect(planned.conflicts).toEqual([]);
  });
});

describe('where something is in the way of a file', () => {
  const notesOf = async (upgrade: SmallUpgrade) => {
    const planned = await plan(upgrade);
    const { '.grpc-aws/manifest.json': manifest, '.grpc-aws/base.json': base } = textsOf(planned);
    return { planned, files: JSON.parse(manifest ?? '{}').files, base: JSON.parse(base ?? '{}') };
  };

  test('it is kept, and what was emitted before stays the base', async () => {
    const { planned, base, files } = await notesOf({
      base: { a: '1\n', b: '1\n' },
      disk: { a: { by: 'a' }, b: '1\n' },
      now: { a: { text: '2\n', executable: true }, b: '2\n' },
    });
    expect(planned.plan.changes).toContainEqual(
      expect.objectContaining({ path: 'a', verdict: 'kept', because: 'not-a-file', blockedBy: 'a' }),
    );
    expect(base).toEqual({ a: '1\n', b: '2\n' });
    expect(files).toMatchObject({ a: { ownership: 'managed', mode: '644' } });
    expect(planned.plan.totals).toMatchObject({ kept: 1, updated: 3 });
  });

  test('a new one is not noted as emitted, so that it can come later', async () => {
    for (const file of ['2\n', seeded()]) {
      const { planned, base, files } = await notesOf({
        base: { c: '1\n' },
        disk: { 'a/b': { by: 'a' }, c: '1\n' },
        now: { 'a/b': file, c: '1\n' },
      });
      expect(planned.plan.changes).toContainEqual(
        expect.objectContaining({ path: 'a/b', verdict: 'kept', because: 'not-a-file', blockedBy: 'a' }),
      );
      expect(Object.keys(files)).not.toContain('a/b');
      expect(Object.keys(base)).not.toContain('a/b');
    }
  });
});

describe('a conflict', () => {
  test('names its places, and has the sides for merge tools', async () => {
    const planned = await plan({ base: { a: '1\n' }, disk: { a: 'mine\n' }, now: { a: 'clash\n' } });
    expect(planned.plan.changes).toEqual([
      { path: 'a', verdict: 'conflicting', ownership: 'managed', conflicts: ['line 1'] },
    ]);
    expect(textsOf(planned)).toEqual({ a: '<<<<<<< yours\nmine\n=======\nclash\n>>>>>>> create-grpc-aws 0.2.0\n' });
    const [sides] = planned.conflicts;
    expect(sides?.base && readText(sides.base)).toBe('1\n');
    expect(sides && readText(sides.theirs)).toBe('clash\n');
  });

  test('has no base where nothing was emitted', async () => {
    const planned = await plan({ disk: { a: 'mine\n' }, now: { a: 'clash\n' } });
    expect(planned.conflicts).toMatchObject([{ path: 'a', from: 'a', base: undefined }]);
  });

  test('leaves bytes that are no text as they are', async () => {
    const bytes = Uint8Array.of(0xff, 0x00, 0x0d, 0x0a);
    const planned = await plan({ base: { a: '1\n' }, disk: { a: bytes }, now: { a: '2\n' } });
    expect(planned.plan.changes).toMatchObject([{ verdict: 'conflicting', conflicts: ['the whole file'] }]);
    expect(planned.writes).toEqual([]);
    expect(planned.conflicts).toHaveLength(1);
  });

  test('is none where bytes that are no text meet nothing new', async () => {
    const planned = await plan({ base: { a: '1\n' }, disk: { a: Uint8Array.of(0xff) }, now: { a: '1\n' } });
    expect(planned.plan.changes).toMatchObject([{ verdict: 'kept', because: 'edited' }]);
  });
});

describe('line endings', () => {
  test('of Windows are no edit, and stay', async () => {
    const planned = await plan({ base: { a: '1\n1\n' }, disk: { a: '1\r\n1\r\n' }, now: { a: '2\n2\n' } });
    expect(planned.plan.changes).toMatchObject([{ verdict: 'updated' }]);
    expect(textsOf(planned)).toEqual({ a: '2\r\n2\r\n' });
  });

  test('of Windows stay in what is merged, and in the sides of a conflict', async () => {
    const merged = await plan({ base: { a: '1\n' }, disk: { a: 'mine\r\n' }, now: { a: '2\n' } });
    expect(textsOf(merged)).toEqual({ a: 'mine\r\n2\r\n' });
    const { conflicts } = await plan({ base: { a: '1\n' }, disk: { a: 'mine\r\n' }, now: { a: 'clash\n' } });
    expect(conflicts[0] && readText(conflicts[0].theirs)).toBe('clash\r\n');
  });

  test('of both kinds are an edit', async () => {
    const planned = await plan({ base: { a: '1\n1\n' }, disk: { a: '1\r\n1\n' }, now: { a: '1\n1\n' } });
    expect(planned.plan.changes).toMatchObject([{ verdict: 'kept', because: 'edited' }]);
  });

  test('of Windows do not keep a file that is no longer emitted', async () => {
    expect(textsOf(await plan({ base: { a: '1\n' }, disk: { a: '1\r\n' } }))).toEqual({ a: null });
  });

  test('a missing one at the end is an edit', async () => {
    const planned = await plan({ base: { a: '1\n' }, disk: { a: '1' }, now: { a: '1\n' } });
    expect(planned.plan.changes).toMatchObject([{ verdict: 'kept', because: 'edited' }]);
  });
});

describe('executable bits', () => {
  const off = { text: '1\n', executable: false };
  const on = { text: '1\n', executable: true };
  const cases: [what: string, upgrade: SmallUpgrade, verdict: string | undefined, executable: boolean | undefined][] = [
    ['what this version sets is set', { base: { a: off }, now: { a: on } }, 'updated', true],
    ['what this version takes away is taken away', { base: { a: on }, now: { a: off } }, 'updated', false],
    ['what the user set stays', { base: { a: off }, disk: { a: on }, now: { a: off } }, 'kept', undefined],
    [
      'what the user took away stays away',
      { base: { a: on }, disk: { a: off }, now: { a: { ...on, text: '2\n' } } },
      'merged',
      false,
    ],
    ['what both set is no edit', { base: { a: off }, disk: { a: on }, now: { a: on } }, undefined, undefined],
    [
      'what is set beside an edit is set',
      { base: { a: off }, disk: { a: { text: 'mine\n' } }, now: { a: on } },
      'merged',
      true,
    ],
  ];
  test.each(cases)('%s', async (_, upgrade, verdict, executable) => {
    const { plan: planned, writes } = await plan(upgrade);
    expect(planned.changes.map((change) => change.verdict)).toEqual(verdict === undefined ? [] : [verdict]);
    expect(writes.map(({ after }) => after?.executable)).toEqual(executable === undefined ? [] : [executable]);
  });

  test('mean nothing where the disk keeps none', async () => {
    const keepsModes = false;
    expect((await plan({ base: { a: on }, disk: { a: off }, now: { a: on }, keepsModes })).plan.changes).toEqual([]);
    const updated = await plan({ base: { a: on }, disk: { a: off }, now: { a: { ...on, text: '2\n' } }, keepsModes });
    expect(updated.writes).toMatchObject([{ before: { executable: false }, after: { executable: false } }]);
    expect(textsOf(await plan({ base: { a: on }, disk: { a: off }, keepsModes }))).toEqual({ a: null });
  });
});

describe('what is ours alone', () => {
  test('is replaced, edited or not, and comes back', async () => {
    const path = '.grpc-aws/schema.json';
    expect(textsOf(await plan({ base: { [path]: '1' }, disk: { [path]: 'mine' }, now: { [path]: '2' } }))).toEqual({
      [path]: '2',
    });
    expect(textsOf(await plan({ base: { [path]: '1' }, disk: {}, now: { [path]: '1' } }))).toEqual({ [path]: '1' });
  });

  test('keeps the layout of grpc-aws.json where it says the same', async () => {
    const base = { 'grpc-aws.json': '{\n  "name": "a"\n}\n' };
    const disk = { 'grpc-aws.json': '{ "name" : "a" }' };
    expect(textsOf(await plan({ base, disk, now: base }))).toEqual({});
    expect(textsOf(await plan({ base, disk, now: { 'grpc-aws.json': '{\n  "name": "b"\n}\n' } }))).toEqual({
      'grpc-aws.json': '{\n  "name": "b"\n}\n',
    });
  });
});

test('the changes are counted by verdict', async () => {
  const { plan: planned } = await plan({ base: { a: '1\n', b: '1\n' }, now: { a: '2\n', c: '1\n' } });
  expect(planned).toMatchObject({ from: '0.1.0', to: '0.2.0' });
  expect(planned.totals).toEqual({ added: 1, updated: 1, merged: 0, conflicting: 0, removed: 1, renamed: 0, kept: 0 });
});
