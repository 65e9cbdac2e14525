/** A merged YAML tree as text, through the documents of ours. */
import { Document, isCollection, isMap, isScalar, isSeq, type Node, Pair, type ToStringOptions } from 'yaml';
import type { Merged } from './tree.ts';
import type { YamlNode } from './yaml-tree.ts';

/** What the printer needs to know of the texts. */
export interface YamlForm {
  options: ToStringOptions;
  /** The comments of the base: those of theirs replace them, any other of ours stays. */
  baseComments: ReadonlySet<string>;
  /** That of ours, where it is the only one. */
  document: Document | undefined;
}

/** @throws Error where an alias would stand before its anchor. */
export function printYaml(merged: Merged<YamlNode>, form: YamlForm): string {
  const documents = listDocuments(merged);
  return documents.map((one, index) => printDocument(one, index, form)).join('');
}

function listDocuments(merged: Merged<YamlNode>): readonly Merged<YamlNode>[] {
  if (nodeOf(merged).value !== undefined) return [merged];
  if (merged.kind === 'map') return [...merged.members.values()];
  if (merged.kind === 'list') return merged.items;
  if (merged.kind === 'text') return [];
  const { side, tree } = merged;
  const trees = tree.kind === 'map' ? [...tree.members.values()] : tree.kind === 'list' ? tree.items : [];
  return trees.map((one) => ({ kind: 'taken', side, tree: one }));
}

function printDocument(merged: Merged<YamlNode>, index: number, form: YamlForm): string {
  const document = copyOf(form.document ?? nodeOf(merged).document ?? new Document());
  document.contents = build(merged, form.baseComments);
  if (document.directives) {
    document.directives = document.directives.clone();
    // Each document after the first begins with its marker.
    if (index > 0) document.directives.docStart = true;
  }
  return document.toString(form.options);
}

/** What was merged as a node; the nodes of the three sides stay as they are. */
function build(merged: Merged<YamlNode>, baseComments: ReadonlySet<string>): Node | null {
  const { value = null } = nodeOf(merged);
  if (merged.kind === 'taken' || !value) return value;
  const copy = copyOf(value);
  if (merged.kind === 'text' && isScalar(copy)) copy.value = merged.text;
  if (merged.kind === 'map' && isMap(copy)) {
    const ours = merged.ours.members;
    copy.items = [...merged.members].map(([key, member]) => buildMember(member, ours.get(key)?.node, baseComments));
    if ([...ours.values()].some(({ node }) => node.headComment)) copy.commentBefore = null;
  }
  if (merged.kind === 'list' && isSeq(copy)) {
    copy.items = merged.items.map((item) => buildItem(item, baseComments));
    if (merged.ours.items.some(({ node }) => node.headComment)) copy.commentBefore = null;
  }
  return copy;
}

/** `ours` is the member of ours that it replaces. */
function buildMember(merged: Merged<YamlNode>, ours: YamlNode | undefined, baseComments: ReadonlySet<string>): Pair {
  const { key = null, headComment } = ours ?? nodeOf(merged);
  const value = build(merged, baseComments);
  const isReplaced = ours && merged.kind === 'taken' && merged.side !== 'ours';
  return new Pair(withHead(key, headComment), isReplaced ? withComment(value, ours.value, baseComments) : value);
}

function buildItem(merged: Merged<YamlNode>, baseComments: ReadonlySet<string>): Node | null {
  return withHead(build(merged, baseComments), nodeOf(merged).headComment);
}

/** Puts the comment above a node where it stays with the node, wherever that goes. */
function withHead(node: Node | null, headComment: string | undefined): Node | null {
  if (!node || !headComment) return node;
  const copy = copyOf(node);
  copy.commentBefore = headComment;
  return copy;
}

/** A new value keeps the comment that ours wrote behind the old one. */
function withComment(value: Node | null, old: Node | null | undefined, baseComments: ReadonlySet<string>): Node | null {
  if (!value || !old?.comment || isCollection(old) || baseComments.has(old.comment.trim())) return value;
  const copy = copyOf(value);
  copy.comment = old.comment;
  return copy;
}

function nodeOf(merged: Merged<YamlNode>): YamlNode {
  return merged.kind === 'taken' ? merged.tree.node : merged.ours.node;
}

/** Unlike `clone`, it leaves what is inside shared. */
function copyOf<Original extends object>(original: Original): Original {
  const prototype = Object.getPrototypeOf(original) as object | null;
  return Object.create(prototype, Object.getOwnPropertyDescriptors(original)) as Original;
}
