/** Whether two items of a list are one item, edited: told by what names it, never by its place alone. */
import type { Tree } from './tree.ts';

/**
 * What names an item in the lists that tools read: steps of a workflow, plugins and modules of buf, containers,
 * variables and mounts of Kubernetes, updates of dependabot, tags of CloudFormation.
 */
const namingKeys = [
  'id',
  'name',
  'key',
  'n',
  'uses',
  'path',
  'local',
  'remote',
  'protoc_builtin',
  'module',
  'mountPath',
  'package-ecosystem',
  'directory',
  'Key',
];

/**
 * Whether `base` became `item`: what names both is equal. Where nothing does, only the one item of its place
 * without a name can be told to be the same, and where it gained a name only if it kept all that it had.
 */
export function isEditOf<Node>(base: Tree<Node>, item: Tree<Node>, isAlone: boolean): boolean {
  const before = listNames(base);
  const after = listNames(item);
  const shared = [...before.keys()].filter((key) => after.has(key));
  if (shared.length > 0) return shared.every((key) => before.get(key) === after.get(key));
  if (!isAlone || before.size > 0 || base.kind !== item.kind) return false;
  return after.size === 0 || keepsAll(base, item);
}

export function isNamed<Node>(item: Tree<Node>): boolean {
  return listNames(item).size > 0;
}

/** Equal for items of one name; an item without any goes by its contents. */
export function nameOrContents<Node>(item: Tree<Node>): string {
  const names = [...listNames(item)];
  return names.length > 0 ? JSON.stringify(names) : item.identity;
}

function listNames<Node>(item: Tree<Node>): Map<string, string> {
  const names = new Map<string, string>();
  if (item.kind !== 'map') return names;
  for (const key of namingKeys) {
    const member = item.members.get(key);
    if (member?.kind !== 'leaf') continue;
    // A number counts something, except as an id.
    const name = member.text ?? (key === 'id' ? member.identity : undefined);
    if (name !== undefined) names.set(key, key === 'uses' ? withoutRef(name) : name);
  }
  return names;
}

/** `actions/checkout@v4` is the same action as `actions/checkout@v5`. */
function withoutRef(action: string): string {
  return action.replace(/@[^@]*$/, '');
}

function keepsAll<Node>(base: Tree<Node>, item: Tree<Node>): boolean {
  if (base.kind !== 'map' || item.kind !== 'map') return false;
  return [...base.members].every(([key, member]) => item.members.get(key)?.identity === member.identity);
}
