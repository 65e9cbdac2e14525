/** Three-way merge of lists: of scalars as sets, of anything else by equal items. */
import { diff3, type Region, type Stretch } from './diff3.ts';
import { isReordered, mergeOrder, type Names } from './merge-order.ts';
import { mergePlace, type TreePath, type Walk } from './merge-trees.ts';
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
  const regions = diff3({ base, ours, theirs }, 'apart');
  if (areSets(sides) && !isReordered(names)) return mergeSets(sides, names, regions);
  if (!regions.every(isMergeable)) return undefined;
  return regions.flatMap((region) => mergeRegion(walk, path, sides, region));
}

function nameItem<Node>(item: Tree<Node>): string {
  return item.identity;
}

function areSets<Node>({ base, ours, theirs }: ListSides<Node>): boolean {
  return [base, ours, theirs].every(
    ({ items }) => items.every(({ kind }) => kind === 'leaf') && new Set(items.map(nameItem)).size === items.length,
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

/** Whether what both sides changed can be told apart item by item. */
function isMergeable(region: Region): boolean {
  return region.changed !== 'both' || isItemByItem(region);
}

/** Theirs edited items in place; ours did so too, or left them alone, or deleted them all. */
function isItemByItem({ base, ours, theirs }: Region): boolean {
  const length = lengthOf(base);
  return lengthOf(theirs) === length && (lengthOf(ours) === length || lengthOf(ours) === 0);
}

function mergeRegion<Node>(walk: Walk, path: TreePath, sides: ListSides<Node>, region: Region): Merged<Node>[] {
  const ours = cut(sides.ours.items, region.ours);
  const theirs = cut(sides.theirs.items, region.theirs);
  if (region.changed === 'ours' || region.changed === 'same') return takeItems('ours', ours);
  if (!isItemByItem(region)) return takeItems('theirs', theirs);
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

function lengthOf({ start, end }: Stretch): number {
  return end - start;
}
