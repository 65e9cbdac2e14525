import { expect, test } from 'vitest';
import { diffTrees, hashTree } from '../../src/tree/diff-trees.ts';
import { literalTree } from './literal-tree.ts';

test('what came, went and changed is told in order of path', () => {
  const before = literalTree({ same: 's', gone: 'g', text: '1', mode: 'm', owner: 'o' });
  const after = literalTree(
    { text: '2', same: 's', mode: 'm', new: 'n', owner: 'o', early: 'e' },
    { mode: { executable: true }, owner: { ownership: 'seeded' } },
  );
  expect(diffTrees(before, after)).toEqual({
    added: ['early', 'new'],
    removed: ['gone'],
    changed: [
      { path: 'mode', text: false, executable: true },
      { path: 'text', text: true, executable: false },
    ],
  });
});

test('the hash is one for equal trees and another for any difference', async () => {
  const tree = literalTree({ a: 'x', b: 'y' });
  const hashes = await Promise.all(
    [
      tree,
      literalTree({ b: 'y', a: 'x' }),
      literalTree({ a: 'x', b: 'z' }),
      literalTree({ a: 'xb', '': 'y' }),
      literalTree({ a: 'x', b: 'y' }, { b: { executable: true } }),
    ].map(hashTree),
  );
  expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(hashes[1]).toBe(hashes[0]);
  expect(new Set(hashes).size).toBe(4);
});
