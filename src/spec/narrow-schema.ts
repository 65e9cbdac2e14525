/** The part of a schema that concerns some targets. */
import { isOffered } from './offered-targets.ts';
import type { SchemaNode } from './schema-node.ts';
import type { TargetId } from './spec.ts';

/**
 * Only what at least one of these targets takes; where it is a single one, what it needs is required. What was left out
 * stays known as `foreign`, as far as an offered target takes it.
 */
export function narrowSchema(node: SchemaNode, targets: readonly TargetId[]): SchemaNode {
  const { properties, items } = node;
  if (items) return { ...node, items: narrowSchema(items, targets) };
  if (!properties) return node;
  const all = Object.entries(properties);
  const kept = all.filter(([, child]) => takes(child, targets));
  const left = all.filter(([, child]) => !takes(child, targets));
  const needed = targets.length === 1 ? kept.filter(([, child]) => child.needed).map(([key]) => key) : [];
  return {
    ...node,
    properties: Object.fromEntries(kept.map(([key, child]) => [key, narrowSchema(child, targets)])),
    foreign: Object.fromEntries(
      left
        .map(([key, child]) => [key, (child.targets ?? []).filter(isOffered)] as const)
        .filter(([, others]) => others.length > 0),
    ),
    ...(needed.length > 0 && { required: [...(node.required ?? []), ...needed] }),
  };
}

function takes(node: SchemaNode, targets: readonly TargetId[]): boolean {
  return node.targets === undefined || node.targets.some((target) => targets.includes(target));
}
