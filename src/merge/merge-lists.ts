/** Three-way merge of lists: of scalars as sets unless they are a command, of anything else by equal items and by what names an item. */
import { diff3, type Region, type Stretch } from './diff3.ts';
import { isReordered, mergeOrder, type Names } from './merge-order.ts';
import { mergePlace, type TreePath, type Walk } from './merge-trees.ts';
import { isEditOf, isNamed, nameOrContents } from './pair-items.ts';
import { numberLines } from './split-lines.ts';
import type { ListTree, Merged, Tree } from './tree.ts';

export interface ListSides<Node> {
  base: ListTree<Node>;
  ours: ListTree<Node>;
  theirs: ListTree<Node>;
}

/** The merged items; undefined where the lists conflict as a whole. */
export function mergeLists<Node>(walk: Walk, path: TreePath, sides: ListSides<Node>): Merged<Node>[] | undefined {
  const names = {
    base: sides.base.items.map(nameItem),
    ours: sides.ours.items.map(nameItem),
    theirs: sides.theirs.items.map(nameItem),
  };
  const [base = [], ours = [], theirs = []] = numberLines(names.base, names.ours, names.theirs);
  const isOneCommand = isCommand(path, sides);
  // A word of a command is written for the one beside it, as a line is.
  const regions = diff3({ base, ours, theirs }, isOneCommand ? 'together' : 'apart');
  if (!isOneCommand && areSets(sides) && !isReordered(names)) return mergeSets(sides, names, regions);
  if (!regions.every((region) => region.changed !== 'both' || isItemByItem(sides, regions, region))) return undefined;
  const [conflicts, leftOut] = [walk.conflicts.length, walk.leftOut.length];
  const merged = regions.flatMap((region) => mergeRegion(walk, path, sides, regions, region));
  if (isPlausible(sides, merged)) return merged;
  // The list is told as a whole.
  walk.conflicts.length = conflicts;
  walk.leftOut.length = leftOut;
  return undefined;
}

function nameItem<Node>(item: Tree<Node>): string {
  return item.identity;
}

function areSets<Node>({ base, ours, theirs }: ListSides<Node>): boolean {
  return [base, ours, theirs].every(
    ({ items }) => items.every(({ kind }) => kind === 'leaf') && new Set(items.map(nameItem)).size === items.length,
  );
}

const commandKeys = /^(?:command|cmd|args|argv|arguments|\w*Args|entrypoint|test|exec)$/i;

/** Whether the order of scalars means something: words that a program is started with. */
function isCommand<Node>(path: TreePath, { base, ours, theirs }: ListSides<Node>): boolean {
  const items = [base, ours, theirs].flatMap((side) => side.items);
  if (!items.every(({ kind }) => kind === 'leaf')) return false;
  return (
    commandKeys.test(path.at(-1) ?? '') || items.some((item) => item.kind === 'leaf' && item.text?.startsWith('-'))
  );
}

/** Without what either side removed, with what either side added. */
function mergeSets<Node>(sides: ListSides<Node>, names: Names, regions: Region[]): Merged<Node>[] | undefined {
  const known = { base: new Set(names.base), ours: new Set(names.ours), theirs: new Set(names.theirs) };
  const isReplacedTwice = ({ changed, base, ours, theirs }: Region): boolean =>
    changed === 'both' &&
    cut(names.base, base).some((name) => !known.ours.has(name) && !known.theirs.has(name)) &&
    cut(names.ours, ours).some((name) => !known.base.has(name) && !known.theirs.has(name)) &&
    cut(names.theirs, theirs).some((name) => !known.base.has(name) && !known.ours.has(name));
  // Both put something else in the place of one item, as in ["node", "main.js"]: that is one value, changed twice.
  if (regions.some(isReplacedTwice)) return undefined;
  // Both added one item next to different ones, as in ["port", "80"]: what belongs to it nobody knows.
  const isAddedTwice = ({ changed, ours, theirs }: Region): boolean => {
    const our = cut(names.ours, ours).filter((name) => !known.base.has(name));
    const their = cut(names.theirs, theirs).filter((name) => !known.base.has(name));
    const shared = our.filter((name) => their.includes(name)).length;
    return changed === 'both' && shared > 0 && our.length > shared && their.length > shared;
  };
  if (regions.some(isAddedTwice)) return undefined;

  const ours = new Map(sides.ours.items.map((item) => [item.identity, item]));
  const theirs = new Map(sides.theirs.items.map((item) => [item.identity, item]));
  const isKept = (name: string): boolean => !known.base.has(name) || (known.ours.has(name) && known.theirs.has(name));
  return mergeOrder(names)
    .filter(isKept)
    .map((name) => {
      const tree = ours.get(name);
      return tree ? { kind: 'taken', side: 'ours', tree } : { kind: 'taken', side: 'theirs', tree: theirs.get(name)! };
    });
}

/** Theirs edited items in place; ours did so too, or left them alone, or deleted them all. */
function isItemByItem<Node>(sides: ListSides<Node>, regions: readonly Region[], region: Region): boolean {
  const base = cut(sides.base.items, region.base);
  const ours = cut(sides.ours.items, region.ours);
  if (!areEdits(base, cut(sides.theirs.items, region.theirs))) return false;
  if (ours.length > 0 || base.length === 0) return areEdits(base, ours);
  // What ours moved elsewhere it did not delete.
  const elsewhere = regions
    .filter(({ changed }) => changed === 'ours' || changed === 'both')
    .flatMap((other) => cut(sides.ours.items, other.ours));
  return !base.some((item) => elsewhere.some((other) => isEditOf(item, other, true)));
}

/** Whether each item became the one in the same place, and could not have become any other. */
function areEdits<Node>(base: readonly Tree<Node>[], items: readonly Tree<Node>[]): boolean {
  const isAlone = base.filter((item) => !isNamed(item)).length === 1;
  return (
    base.length === items.length &&
    base.every((before, place) => items.every((item, at) => isEditOf(before, item, isAlone) === (at === place)))
  );
}

/** Whether nothing is there more often than in both sides, nor again after one side removed it. */
function isPlausible<Node>(sides: ListSides<Node>, merged: readonly Merged<Node>[]): boolean {
  const count = (items: readonly Tree<Node>[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const name of items.map(nameOrContents)) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  };
  const [base, ours, theirs] = [count(sides.base.items), count(sides.ours.items), count(sides.theirs.items)];
  const all = count(merged.map((item) => (item.kind === 'taken' ? item.tree : item.ours)));
  return [...all].every(([name, times]) => {
    const [before = 0, our = 0, their = 0] = [base.get(name), ours.get(name), theirs.get(name)];
    return times <= Math.max(our, their) && [our, their].every((side) => side >= before || times <= side);
  });
}

function mergeRegion<Node>(
  walk: Walk,
  path: TreePath,
  sides: ListSides<Node>,
  regions: readonly Region[],
  region: Region,
): Merged<Node>[] {
  const ours = cut(sides.ours.items, region.ours);
  const theirs = cut(sides.theirs.items, region.theirs);
  if (region.changed === 'ours' || region.changed === 'same') return takeItems('ours', ours);
  if (!isItemByItem(sides, regions, region)) return takeItems('theirs', theirs);
  return cut(sides.base.items, region.base).flatMap((base, index) => {
    // Without any of ours, they were all deleted, and stay so.
    const item = { base, ours: ours[index], theirs: theirs[index] };
    return mergePlace(walk, [...path, String(region.ours.start + index)], item) ?? [];
  });
}

function takeItems<Node>(side: 'ours' | 'theirs', items: readonly Tree<Node>[]): Merged<Node>[] {
  return items.map((tree) => ({ kind: 'taken', side, tree }));
}

function cut<Item>(items: readonly Item[], { start, end }: Stretch): readonly Item[] {
  return items.slice(start, end);
}
