/** YAML as a tree: what `yaml` parsed, with anchors, tags and aliases as parts of the values. */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from 'yaml';
import { identifyList, identifyMap, identifyText, type Tree } from './tree.ts';

/** A place of a YAML file. */
export interface YamlNode {
  /** Null for what is left out, as in `key:`; undefined for a whole stream. */
  value: Node | null | undefined;
  /** Of a member: its key, which has the comment above it. */
  key?: Node;
  /** Of what comes first in the value of a key: the comment above it, which `yaml` keeps with that value. */
  headComment?: string | undefined;
  /** Of a document of a stream. */
  document?: Document;
}

/**
 * The documents of a text; undefined where one cannot be parsed or has a key twice. The failsafe schema (YAML 1.2.2,
 * section 10.1) reads every scalar as its text, so that 1.10, 012, yes and a long number are printed as they stood.
 */
export function parseDocuments(text: string): Document[] | undefined {
  const documents = [...parseAllDocuments(text, { schema: 'failsafe', logLevel: 'silent' })];
  return documents.every((document) => document.errors.length === 0 && hasItsAnchors(document)) ? documents : undefined;
}

/** An alias may stand for what came before it only. */
function hasItsAnchors(document: Document): boolean {
  const anchors = new Set<string>();
  let isWhole = true;
  visit(document, {
    Alias: (_, alias) => {
      isWhole &&= anchors.has(alias.source);
    },
    Value: (_, value) => {
      if (value.anchor) anchors.add(value.anchor);
    },
  });
  return isWhole;
}

/** `source` is the text that it was parsed from. */
export function readDocument(document: Document, source: string): Tree<YamlNode> {
  return { ...readNode(document.contents, source), node: { value: document.contents, document } };
}

/** `head` is the comment above what the value begins with. */
function readNode(value: Node | null, source: string, head?: string | undefined): Tree<YamlNode> {
  const label = labelOf(value);
  if (isMap(value)) return readMap(value, label, source, head) ?? readLeaf(value, label, source);
  if (!isSeq(value)) return readLeaf(value, label, source);
  const items = value.items.map((item, index) => {
    const tree = readNode(item as Node | null, source);
    return index === 0 ? { ...tree, node: { ...tree.node, headComment: head } } : tree;
  });
  const identity = identifyList(
    items.map((item) => item.identity),
    label,
  );
  return { kind: 'list', node: { value }, items, identity, label };
}

/** Undefined for a map with keys that have no plain name. */
function readMap(map: YAMLMap, label: string, source: string, head: string | undefined): Tree<YamlNode> | undefined {
  const members = new Map<string, Tree<YamlNode>>();
  for (const [index, pair] of map.items.entries()) {
    const { key } = pair;
    const value = pair.value as Node | null;
    if (!isScalar(key) || labelOf(key) !== '' || members.has(String(key.value))) return undefined;
    const member = readNode(value, source, isCollection(value) ? (value.commentBefore ?? undefined) : undefined);
    const headComment = index === 0 ? head : undefined;
    members.set(String(key.value), { ...member, node: { ...member.node, key, headComment } });
  }
  const identity = identifyMap(
    Array.from(members, ([key, member]) => [key, member.identity] as const),
    label,
  );
  return { kind: 'map', node: { value: map }, members, identity, label };
}

/** Plain scalars that some schema of YAML 1.1 or 1.2 reads as something else than a text; quoted, they are one. */
const typedWords = /^(?:true|false|yes|no|on|off|y|n|[-+]?\.(?:inf|nan)|[-+.]?\d[-+\w.:]*(?: [\d:.]+)?)$/i;

function readLeaf(value: Node | null, label: string, source: string): Tree<YamlNode> {
  const leaf = { kind: 'leaf' as const, node: { value }, label };
  if (isAlias(value)) return { ...leaf, identity: `*${value.source}` };
  if (!isScalar(value)) return { ...leaf, identity: value ? source.slice(value.range?.[0], value.range?.[1]) : '~' };
  const text = String(value.value);
  if (value.type !== 'PLAIN') return { ...leaf, text, identity: identifyText(text, label) };
  if (/^(?:|~|null)$/i.test(text)) return { ...leaf, identity: `${label}~` };
  return { ...leaf, text, identity: typedWords.test(text) ? label + text : identifyText(text, label) };
}

function labelOf(value: Node | null): string {
  if (!value || isAlias(value)) return '';
  return `${value.anchor ? `&${value.anchor} ` : ''}${value.tag ? `${value.tag} ` : ''}`;
}
