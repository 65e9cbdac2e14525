/** The core from Spec to FileTree bundles for a browser, where the catalog's page will run it. */
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { readSources, root } from './repo-files.ts';
import { browserRooms, roomOf } from './rooms.ts';

test('everything from spec to render bundles for a browser', async () => {
  const files = [...readSources().keys()].filter(
    (path) =>
      (browserRooms.includes(roomOf(path)) && path !== 'src/render/compile-templates.ts') ||
      path === 'src/tree/file-tree.ts',
  );
  const bundle = await build({
    stdin: {
      contents: files.map((path) => `export * as f${files.indexOf(path)} from './${path}';`).join('\n'),
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    logLevel: 'silent',
  });
  expect(bundle.errors).toEqual([]);
  const outside = Object.values(bundle.metafile.inputs).flatMap((input) => input.imports.filter((one) => one.external));
  expect(outside).toEqual([]);
});
