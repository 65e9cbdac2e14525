/** The documents of a YAML file as one tree: a single one, several by name as in Kubernetes, or several in a row. */
import type { Document } from 'yaml';
import { identifyList, identifyMap, type Tree } from './tree.ts';
import { readDocument, type YamlNode } from './yaml-tree.ts';

export type StreamKind = 'single' | 'named' | 'row';

/** What all sides of a file can be read as. */
export function chooseStreamKind(streams: readonly (readonly Document[])[]): StreamKind {
  if (streams.every(({ length }) => length <= 1)) return 'single';
  return streams.every((documents) => nameObjects(documents)) ? 'named' : 'row';
}

/** Undefined where there is nothing, or where the documents cannot be read as this kind. */
export function readStream(
  documents: readonly Document[],
  source: string,
  kind: StreamKind,
): Tree<YamlNode> | undefined {
  const trees = documents.map((document) => readDocument(document, source));
  if (kind === 'single' || trees.length === 0) return trees.length === 1 ? trees[0] : undefined;
  const node = { value: undefined };
  const identities = trees.map(({ identity }) => identity);
  if (kind === 'row') return { kind: 'list', node, items: trees, identity: identifyList(identities, ''), label: '' };
  const names = nameObjects(documents);
  if (!names) return undefined;
  const members = new Map(names.map((name, index) => [name, trees[index]!]));
  const identity = identifyMap(
    names.map((name, index) => [name, identities[index]!]),
    '',
  );
  return { kind: 'map', node, members, identity, label: '' };
}

/** What Kubernetes tells objects apart by; undefined unless each document is an object, and none is there twice. */
function nameObjects(documents: readonly Document[]): string[] | undefined {
  const names = documents.map((document) => {
    const read = (...path: string[]) => (document.hasIn(path) ? document.getIn(path) : undefined);
    const name = read('metadata', 'name');
    if (typeof name !== 'string' || typeof read('kind') !== 'string') return undefined;
    return [read('apiVersion'), read('kind'), read('metadata', 'namespace') ?? '', name].map(String).join(' ');
  });
  const unique = new Set(names);
  return unique.has(undefined) || unique.size < names.length ? undefined : (names as string[]);
}
