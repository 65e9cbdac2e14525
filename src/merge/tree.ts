/** JSON and YAML as the same kind of tree, so that one merge by key serves both. */

/** A value of a document; `Node` is what its format needs to print it again. */
export type Tree<Node> = MapTree<Node> | ListTree<Node> | LeafTree<Node>;

interface TreeBasis<Node> {
  node: Node;
  /** Equal for equal values, whatever their form and the order of their keys. */
  identity: string;
}

export interface MapTree<Node> extends TreeBasis<Node> {
  kind: 'map';
  /** In the order of the file. */
  members: ReadonlyMap<string, Tree<Node>>;
  /** What it says about itself beside its members (in YAML: anchor and tag). Maps that differ in it do not merge. */
  label: string;
}

export interface ListTree<Node> extends TreeBasis<Node> {
  kind: 'list';
  items: readonly Tree<Node>[];
  label: string;
}

/** What is taken or left as a whole. */
export interface LeafTree<Node> extends TreeBasis<Node> {
  kind: 'leaf';
  /** The value, where it is a text. */
  text?: string;
  label: string;
}

/** The three trees of one place; undefined where a side has nothing there. */
export interface TreeSides<Node> {
  base: Tree<Node> | undefined;
  ours: Tree<Node> | undefined;
  theirs: Tree<Node> | undefined;
}

export type SideName = keyof TreeSides<unknown>;

/** What a merge made of one place. */
export type Merged<Node> =
  | { kind: 'taken'; side: SideName; tree: Tree<Node> }
  /** Ours, with these members in this order. */
  | { kind: 'map'; ours: MapTree<Node>; members: ReadonlyMap<string, Merged<Node>> }
  /** Ours, with these items. */
  | { kind: 'list'; ours: ListTree<Node>; items: readonly Merged<Node>[] }
  /** Ours, with this text. */
  | { kind: 'text'; ours: LeafTree<Node>; text: string };

export function identifyText(text: string, label: string): string {
  return label + JSON.stringify(text);
}

export function identifyMap(members: Iterable<readonly [string, string]>, label: string): string {
  const identities = Array.from(members, ([key, identity]) => `${JSON.stringify(key)}:${identity}`);
  return `${label}{${identities.sort().join()}}`;
}

export function identifyList(items: readonly string[], label: string): string {
  return `${label}[${items.join()}]`;
}

/** What the tree of a merge's text must be; empty where nothing is left. */
export function identifyMerge<Node>(merged: Merged<Node> | undefined): string {
  if (!merged) return '';
  if (merged.kind === 'taken') return merged.tree.identity;
  const { label } = merged.ours;
  if (merged.kind === 'text') return identifyText(merged.text, label);
  if (merged.kind === 'list') return identifyList(merged.items.map(identifyMerge), label);
  const members = Array.from(merged.members, ([key, member]) => [key, identifyMerge(member)] as const);
  return identifyMap(members, label);
}
