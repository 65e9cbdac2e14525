/** Three-way merge of trees by key: what is decided, apart from how any format writes it. */
import { mergeLists } from './merge-lists.ts';
import { mergeOrder } from './merge-order.ts';
import { mergeText } from './merge-text.ts';
import type { Merged, SideName, Tree, TreeSides } from './tree.ts';

/** The keys and indexes that lead from the root to a place. */
export type TreePath = readonly string[];

export interface TreeRules {
  /** The side that a place with a conflict is taken from. */
  prefer: SideName;
  /** Settles what would be a conflict; undefined leaves it one. */
  settle?(path: TreePath, sides: TreeSides<unknown>): 'ours' | 'theirs' | undefined;
  /** Whether what theirs has in a place that ours deleted is too much to be left out untold. */
  isMissed?(path: TreePath, sides: TreeSides<unknown>): boolean;
  /** The order that the keys of a map are kept in as long as ours are. */
  orderOf?(path: TreePath): ((a: string, b: string) => number) | undefined;
}

export interface TreeMerge<Node> {
  /** Undefined where nothing is left. */
  merged: Merged<Node> | undefined;
  conflicts: readonly TreePath[];
  /** Where the rules took theirs over what ours added. */
  replaced: readonly TreePath[];
  /** Where theirs changed what ours deleted, and it stays deleted. */
  leftOut: readonly TreePath[];
}

/** A merge under way. */
export interface Walk {
  rules: TreeRules;
  conflicts: TreePath[];
  replaced: TreePath[];
  leftOut: TreePath[];
}

export function mergeTrees<Node>(sides: TreeSides<Node>, rules: TreeRules): TreeMerge<Node> {
  const walk: Walk = { rules, conflicts: [], replaced: [], leftOut: [] };
  const merged = mergePlace(walk, [], sides);
  const { conflicts, replaced, leftOut } = walk;
  return { merged, conflicts, replaced, leftOut };
}

/** Undefined where nothing is left in this place. */
export function mergePlace<Node>(walk: Walk, path: TreePath, sides: TreeSides<Node>): Merged<Node> | undefined {
  const { base, ours, theirs } = sides;
  if (areSame(ours, theirs) || areSame(base, theirs)) return take(sides, 'ours');
  const isOnlyTheirs = areSame(base, ours);
  // Also what theirs alone changed is merged: what it leaves alone keeps the form of ours.
  const isApart = ours?.label !== theirs?.label || (isOnlyTheirs && isEmpty(ours));
  const inner = isApart ? undefined : mergeWithin(walk, path, sides);
  if (inner) return inner;
  if (isOnlyTheirs) return take(sides, 'theirs');
  // What ours deleted stays deleted, however theirs went on with it; whether that is told is for the rules to say.
  if (!ours && !walk.rules.isMissed?.(path, sides)) {
    walk.leftOut.push(path);
    return undefined;
  }
  const settled = walk.rules.settle?.(path, sides);
  if (settled === 'theirs' && !base && ours) walk.replaced.push(path);
  if (settled) return take(sides, settled);
  walk.conflicts.push(path);
  return take(sides, walk.rules.prefer);
}

/** Merges what two values consist of; undefined where they are of different kinds or cannot be taken apart. */
function mergeWithin<Node>(walk: Walk, path: TreePath, sides: TreeSides<Node>): Merged<Node> | undefined {
  const { base, ours, theirs } = sides;
  if (ours?.kind === 'map' && theirs?.kind === 'map') return mergeMaps(walk, path, sides);
  if (base?.kind === 'list' && ours?.kind === 'list' && theirs?.kind === 'list') {
    const items = mergeLists(walk, path, { base, ours, theirs });
    return items && { kind: 'list', ours, items };
  }
  if (base?.kind !== 'leaf' || ours?.kind !== 'leaf' || theirs?.kind !== 'leaf') return undefined;
  const texts = { base: base.text ?? '', ours: ours.text ?? '', theirs: theirs.text ?? '' };
  if (!Object.values(texts).every((text) => text.includes('\n'))) return undefined;
  const { text, conflicts } = mergeText(texts, { base: '', ours: '', theirs: '' });
  return conflicts.length === 0 ? { kind: 'text', ours, text } : undefined;
}

function mergeMaps<Node>(walk: Walk, path: TreePath, sides: TreeSides<Node>): Merged<Node> | undefined {
  const { base, ours, theirs } = sides;
  if (ours?.kind !== 'map' || theirs?.kind !== 'map') return undefined;
  const known = base?.kind === 'map' ? base.members : new Map<string, Tree<Node>>();
  const keys = { base: [...known.keys()], ours: [...ours.members.keys()], theirs: [...theirs.members.keys()] };
  const names = mergeOrder(keys);
  const order = walk.rules.orderOf?.(path);
  if (order && isSorted(keys.ours, order)) names.sort(order);

  const members = new Map<string, Merged<Node>>();
  for (const name of names) {
    const member = { base: known.get(name), ours: ours.members.get(name), theirs: theirs.members.get(name) };
    const merged = mergePlace(walk, [...path, name], member);
    if (merged) members.set(name, merged);
  }
  return { kind: 'map', ours, members };
}

export function areSame<Node>(a: Tree<Node> | undefined, b: Tree<Node> | undefined): boolean {
  return a?.identity === b?.identity;
}

function isEmpty<Node>(tree: Tree<Node> | undefined): boolean {
  return (tree?.kind === 'map' && tree.members.size === 0) || (tree?.kind === 'list' && tree.items.length === 0);
}

function take<Node>(sides: TreeSides<Node>, side: SideName): Merged<Node> | undefined {
  const tree = sides[side];
  return tree && { kind: 'taken', side, tree };
}

function isSorted(names: readonly string[], order: (a: string, b: string) => number): boolean {
  return names.every((name, index) => index === 0 || order(names[index - 1]!, name) <= 0);
}
