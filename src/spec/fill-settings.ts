/** The settings of a target, with what holds where nothing was said; and the certainty, for those who print them. */
import { arrangeValue } from './arrange-value.ts';
import { schemaOf, settingsOf } from './schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { settingNodes } from './settings.ts';
import type { Settings, Spec, TargetId, WorkloadSettings, WorkloadSpec } from './spec.ts';

/** Those that were said, which are right, and the defaults of the others that the target takes. */
export function fillSettings(target: TargetId, said: Partial<Settings>): Partial<Settings> {
  const filled = arrangeValue(schemaOf(target), said, { fill: true }) as Partial<Settings>;
  const names = settingsOf(target).map(({ name }) => name);
  return Object.fromEntries(names.filter((name) => filled[name] !== undefined).map((name) => [name, filled[name]]));
}

/** A Spec of a target that takes every setting of ECS. What may be left unsaid still may. */
export type FullSpec = Omit<Spec, 'workloads'> & Settings & { workloads: readonly FullWorkload[] };

export type FullWorkload = WorkloadSpec & WorkloadSettings;

/**
 * The same Spec, known to be full.
 * @throws Error where a setting is missing: it was not checked, or its target takes fewer
 */
export function requireSettings(spec: Spec): FullSpec {
  const names = (Object.keys(settingNodes) as (keyof Settings)[]).filter((name) => {
    const { targets = [spec.target] } = settingNodes[name];
    return targets.includes(spec.target) && isFilled(settingNodes[name]);
  });
  const missing: string[] = names.filter((name) => spec[name] === undefined);
  if (spec.workloads.some(({ cpu, memory }) => cpu === undefined || memory === undefined))
    missing.push('cpu or memory');
  if (missing.length > 0) throw new Error(`a Spec for ${spec.target} has no ${missing.join(', ')}`);
  return spec as FullSpec;
}

/** Whether it is there once everything is filled in. */
function isFilled(node: SchemaNode): boolean {
  return node.needed === true || node.default !== undefined || node.defaultFrom !== undefined;
}
