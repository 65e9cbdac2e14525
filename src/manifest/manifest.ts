/** What was last emitted, kept in the emitted repo: `manifest.json` says which files are whose, `base.json` what was in them. */
import { buildTree } from '../tree/build-tree.ts';
import type { FileTree, Ownership, TreeFile } from '../tree/file-tree.ts';

export const manifestPath = '.grpc-aws/manifest.json';
export const basePath = '.grpc-aws/base.json';
/** Raised when a reader of today would misread what is written. */
export const manifestFormat = 1;

export interface Manifest {
  /** Of the tool that emitted the files. */
  version: string;
  /** Every emitted path, the manifest's two files included, in order of path. */
  files: ReadonlyMap<string, ManifestEntry>;
  /** The text of every managed file as it was emitted, the manifest's two files left out, in order of path. */
  base: ReadonlyMap<string, string>;
}

export interface ManifestEntry {
  ownership: Ownership;
  executable: boolean;
}

/** The tree with the two files that describe it. */
export function withManifest(tree: FileTree, version: string): FileTree {
  const bookkeeping = (text: string): TreeFile => ({ text, executable: false, ownership: 'managed' });
  const complete = buildTree(new Map([...tree, [manifestPath, bookkeeping('')], [basePath, bookkeeping('')]]));
  return new Map(
    [...complete].map(([path, file]) => {
      switch (path) {
        case manifestPath:
          return [path, bookkeeping(writeManifest(complete, version))];
        case basePath:
          return [path, bookkeeping(writeBase(complete))];
        default:
          return [path, file];
      }
    }),
  );
}

/** One file a line, so that a change of one file is a change of one line. */
function writeManifest(tree: FileTree, version: string): string {
  const lines = [...tree].map(([path, { ownership, executable }]) => {
    return `    ${JSON.stringify(path)}: { "ownership": "${ownership}", "mode": "${executable ? '755' : '644'}" }`;
  });
  return [
    '{',
    '  "//": "Written by create-grpc-aws, which reads it to update this repo: leave it as it is.",',
    `  "format": ${manifestFormat},`,
    `  "version": ${JSON.stringify(version)},`,
    '  "files": {',
    lines.join(',\n'),
    '  }',
    '}',
    '',
  ].join('\n');
}

function writeBase(tree: FileTree): string {
  const lines = [...tree]
    .filter(([path, { ownership }]) => ownership === 'managed' && path !== manifestPath && path !== basePath)
    .map(([path, { text }]) => `${JSON.stringify(path)}:${JSON.stringify(text)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}
