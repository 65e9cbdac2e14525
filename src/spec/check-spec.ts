/** From any value to a Spec, or to every reason why it is none. */
import { exitCode, type Fault, UserError } from '../errors.ts';
import { findFaults, type Locate } from './check-value.ts';
import { specSchema } from './schema.ts';
import { showValue } from './show-value.ts';
import type { Spec, TargetId, WorkloadSpec } from './spec.ts';

/** A Spec that is still being asked for: what is there is right, the rest is missing. */
export interface Answers {
  name?: string;
  target?: TargetId;
  workloads?: readonly { name: string; protos?: readonly string[] }[];
}

/**
 * The Spec that a value holds, defaults filled in, nothing else kept.
 * @throws UserError (usage) with every fault at once.
 */
export function checkSpec(value: unknown, locate?: Locate): Spec {
  refuse(findFaults(specSchema, value, { ...(locate && { locate }) }), value, locate);
  const { name, target, workloads, unlinted = [] } = value as Omit<Spec, 'target'> & Answers;
  return {
    name,
    target: target ?? (specSchema.properties!.target!.default as TargetId),
    workloads: workloads.map((workload): WorkloadSpec => ({ name: workload.name, protos: [...workload.protos] })),
    ...(unlinted.length > 0 && { unlinted: [...unlinted] }),
  };
}

/**
 * The same checks for answers that need not be complete: only a workload's name is always needed.
 * @throws UserError (usage) with every fault at once.
 */
export function checkAnswers(value: unknown, locate?: Locate): Answers {
  refuse(findFaults(specSchema, value, { partial: true, ...(locate && { locate }) }), value, locate);
  const { name, target, workloads } = value as Answers;
  return { ...(name !== undefined && { name }), ...(target && { target }), ...(workloads && { workloads }) };
}

function refuse(faults: readonly Fault[], value: unknown, locate: Locate | undefined): void {
  const all = [...faults, ...findWorkloadFaults(value, locate)];
  if (all.length > 0) throw new UserError(exitCode.usage, all);
}

/** What no schema says: each workload has a name, and no two have the same. */
function findWorkloadFaults(value: unknown, locate: Locate | undefined): Fault[] {
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
