/** Lists of words that are one command: their order and their neighbours mean something. */
import { expect, test } from 'vitest';
import { mergeFile } from '../../src/merge/merge-file.ts';
import { labels } from './labels.ts';

test('options that both sides added at one place are a conflict', async () => {
  const log = ['serve', '--log', '1'];
  expect(await merge('list', ['serve'], log, ['serve', '--retry', '1'])).toEqual([log, [{ where: '/list' }]]);
  const port = ['serve', '--port', '9000'];
  expect(await merge('list', ['serve'], port, ['serve', '--port', '8080'])).toEqual([port, [{ where: '/list' }]]);
});

test('one item that both sides added next to different ones is a conflict', async () => {
  const ours = ['serve', 'port', '9000'];
  expect(await merge('list', ['serve'], ours, ['serve', 'port', '8080'])).toEqual([ours, [{ where: '/list' }]]);
});

test('what both sides added to a command is a conflict; apart from each other, changes merge', async () => {
  for (const key of ['command', 'args', 'entrypoint', 'cmd', 'test', 'exec', 'runtimeArgs']) {
    const ours = ['serve', 'mine'];
    expect(await merge(key, ['serve'], ours, ['serve', 'yours'])).toEqual([ours, [{ where: `/${key}` }]]);
    expect(await merge(key, ['node', 'a.js', 'x'], ['bun', 'a.js', 'x'], ['node', 'a.js', 'x', 'y'])).toEqual([
      ['bun', 'a.js', 'x', 'y'],
      [],
    ]);
  }
});

test('an option and its value that two sides changed are a conflict', async () => {
  const ours = ['--port', '9000', 'x'];
  expect(await merge('list', ['--port', '80', 'x'], ours, ['--host', '80', 'x'])).toEqual([ours, [{ where: '/list' }]]);
});

test('words that stand there twice are no set', async () => {
  const ours = ['a', 'x', 'a', 'mine'];
  expect(await merge('list', ['a', 'x', 'a'], ours, ['a', 'x', 'a', 'yours'])).toEqual([ours, [{ where: '/list' }]]);
});

test('branches, needs and files are sets', async () => {
  for (const key of ['branches', 'needs', 'files', 'include', 'keywords']) {
    expect(await merge(key, ['a'], ['a', 'mine'], ['a', 'yours'])).toEqual([['a', 'yours', 'mine'], []]);
  }
});

/** In a file that takes no markers, so that the place is told. */
async function merge(key: string, base: string[], ours: string[], theirs: string[]) {
  const write = (list: string[]) => JSON.stringify({ [key]: list }, undefined, 2);
  const sides = { base: write(base), ours: write(ours), theirs: write(theirs) };
  const { text, conflicts } = await mergeFile('package.json', sides, labels);
  return [JSON.parse(text)[key], conflicts];
}
