/** From any value to a Spec, or to every reason why it is none. */
import { exitCode, type Fault, UserError } from '../errors.ts';
import { arrangeValue } from './arrange-value.ts';
import { findFaults, type Locate } from './check-value.ts';
import { isOffered } from './offered-targets.ts';
import { defaultTarget, schemaOf, specSchema } from './schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { showValue } from './show-value.ts';
import type { Settings, Spec, TargetId, WorkloadSettings } from './spec.ts';
import { findTargetFaults } from './target-rules.ts';

/** A Spec that is still being asked for: what is there is right, the rest is missing. */
export interface Answers extends Partial<Settings> {
  name?: string;
  target?: TargetId;
  workloads?: readonly ({ name: string; protos?: readonly string[] } & Partial<WorkloadSettings>)[];
}

/**
 * The Spec that a value holds, the defaults of its target filled in, nothing else kept.
 * @throws UserError (usage) with every fault at once.
 */
export function checkSpec(value: unknown, locate?: Locate): Spec {
  const target = readTarget(value, defaultTarget);
  const schema = target ? schemaOf(target) : specSchema;
  refuse(value, schema, target, { ...(locate && { locate }) });
  const { $schema: _, ...spec } = arrangeValue(schema, value, { fill: true }) as Spec & { $schema?: string };
  return spec;
}

/**
 * The same checks for answers that need not be complete: only a workload's name is always needed. As long as there is no
 * target, the settings of all of them are taken.
 * @throws UserError (usage) with every fault at once.
 */
export function checkAnswers(value: unknown, locate?: Locate): Answers {
  const target = readTarget(value, undefined);
  const schema = target ? schemaOf(target) : specSchema;
  refuse(value, schema, target, { partial: true, ...(locate && { locate }) });
  const arranged = arrangeValue(schema, value, { fill: false }) as Answers &
    Pick<Spec, 'unlinted'> & { $schema?: string };
  const { $schema: _, unlinted: __, ...answers } = arranged;
  return answers;
}

/** Undefined where none is said and nothing stands for that, or where what is said is none; that is a fault of its own. */
function readTarget(value: unknown, otherwise: TargetId | undefined): TargetId | undefined {
  const isObject = typeof value === 'object' && value !== null;
  if (!isObject || !Object.hasOwn(value, 'target')) return otherwise;
  const { target } = value as { target: unknown };
  return isOffered(target) ? target : undefined;
}

function refuse(
  value: unknown,
  schema: SchemaNode,
  target: TargetId | undefined,
  check: { locate?: Locate; partial?: boolean },
): void {
  const all = [
    ...findFaults(schema, value, check),
    ...findRepeatedWorkloads(value, check.locate),
    ...(target ? findTargetFaults(target, schema, value, check.locate) : []),
  ];
  if (all.length > 0) throw new UserError(exitCode.usage, all);
}

/** What no schema says: no two workloads have the same name. */
function findRepeatedWorkloads(value: unknown, locate: Locate | undefined): Fault[] {
  const workloads: unknown = (value as { workloads?: unknown } | null)?.workloads;
  if (!Array.isArray(workloads)) return [];
  const names = workloads.map((workload) => (workload as { name?: unknown } | null)?.name);
  return names.flatMap((name, index) => {
    if (typeof name !== 'string' || names.indexOf(name) === index) return [];
    const at = locate?.(['workloads', index, 'name']);
    return [
      { message: `two workloads are named ${showValue(name)}`, hint: 'Give each its own name', ...(at && { at }) },
    ];
  });
}
