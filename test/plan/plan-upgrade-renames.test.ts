import { describe, expect, test } from 'vitest';
import type { Migration } from '../../src/plan/upgrade-plan.ts';
import { plan, type SmallUpgrade, textsOf } from './small-upgrade.ts';

const migrations: readonly Migration[] = [{ version: '0.2.0', renames: [{ from: 'old', to: 'new' }] }];
const move = (upgrade: SmallUpgrade) => plan({ migrations, ...upgrade });

describe('a declared rename', () => {
  test('moves what nobody edited', async () => {
    const planned = await move({ base: { old: '1\n' }, now: { new: '2\n' } });
    expect(planned.plan.changes).toEqual([{ path: 'new', verdict: 'renamed', ownership: 'managed', from: 'old' }]);
    expect(textsOf(planned)).toEqual({ new: '2\n', old: null });
  });

  test('takes edits along', async () => {
    const planned = await move({ base: { old: '1\n' }, disk: { old: 'mine\n' }, now: { new: '2\n' } });
    expect(textsOf(planned)).toEqual({ new: 'mine\n2\n', old: null });
    const unchanged = await move({ base: { old: '1\n' }, disk: { old: 'mine\n' }, now: { new: '1\n' } });
    expect(textsOf(unchanged)).toEqual({ new: 'mine\n', old: null });
  });

  test('may end in a conflict, at the new place', async () => {
    const planned = await move({ base: { old: '1\n' }, disk: { old: 'mine\n' }, now: { new: 'clash\n' } });
    expect(planned.plan.changes).toMatchObject([{ path: 'new', verdict: 'conflicting', from: 'old' }]);
    expect(planned.conflicts).toMatchObject([{ path: 'new', from: 'old' }]);
    expect(Object.keys(textsOf(planned))).toEqual(['new', 'old']);
  });

  test('moves a seed as it is', async () => {
    const seed = { text: 'seed\n', ownership: 'seeded' as const };
    const planned = await move({ base: { old: seed }, disk: { old: 'mine\n' }, now: { new: seed } });
    expect(textsOf(planned)).toEqual({ new: 'mine\n', old: null });
  });

  test('does not bring back what was deleted', async () => {
    const planned = await move({ base: { old: '1\n' }, disk: {}, now: { new: '2\n' } });
    expect(planned.plan.changes).toMatchObject([{ path: 'new', verdict: 'kept', because: 'deleted' }]);
    expect(planned.writes).toEqual([]);
  });

  test('that the user made before us is taken for one', async () => {
    expect(textsOf(await move({ base: { old: '1\n' }, disk: { new: '1\n' }, now: { new: '2\n' } }))).toEqual({
      new: '2\n',
    });
  });

  test('replaces nothing: with something at both ends each is judged for itself', async () => {
    const planned = await move({ base: { old: '1\n' }, disk: { old: '1\n', new: 'mine\n' }, now: { new: '2\n' } });
    expect(textsOf(planned)).toEqual({ new: 'mine\n2\n', old: null });
    const linked = await move({ base: { old: '1\n' }, disk: { old: { by: 'old' } }, now: { new: '2\n' } });
    expect(textsOf(linked)).toEqual({ new: '2\n' });
  });

  test('of a folder moves what is in it', async () => {
    const folders = [{ version: '0.2.0', renames: [{ from: 'a/', to: 'b/' }] }];
    const planned = await plan({ migrations: folders, base: { 'a/x': '1\n' }, now: { 'b/x': '1\n' } });
    expect(textsOf(planned)).toEqual({ 'a/x': null, 'b/x': '1\n' });
  });

  test('over two versions is one move', async () => {
    const chain = [...migrations, { version: '0.3.0', renames: [{ from: 'new', to: 'newest' }] }];
    const planned = await plan({ migrations: chain, version: '0.3.0', base: { old: '1\n' }, now: { newest: '1\n' } });
    expect(planned.plan.changes).toMatchObject([{ path: 'newest', verdict: 'renamed', from: 'old' }]);
  });

  test('of a version that is past, or still to come, is none', async () => {
    for (const version of ['0.1.0', '0.3.0']) {
      const planned = await plan({
        migrations: [{ version, renames: [{ from: 'old', to: 'new' }] }],
        base: { old: '1\n' },
        now: { new: '2\n' },
      });
      expect(planned.plan.changes.map(({ verdict }) => verdict)).toEqual(['added', 'removed']);
    }
  });
});
