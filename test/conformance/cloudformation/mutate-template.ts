/** Every small change of a parsed template: a value, an item of a list, a whole resource. */
import type { Whole } from './template.ts';

export interface TemplateMutation {
  /** Where, and what was done there. */
  told: string;
  whole: Whole;
}

/** Of resources that `isMeant` says; names that functions take are changed only to those of another workload. */
export function* mutateTemplate(
  whole: Whole,
  isMeant: (id: string) => boolean,
  [from, to]: readonly [from: string, to: string],
): Generator<TemplateMutation> {
  const { Resources = {} } = whole;
  for (const [id, resource] of Object.entries(Resources)) {
    if (!isMeant(id)) continue;
    const { [id]: _, ...others } = Resources;
    yield { told: `${id} left out`, whole: { ...whole, Resources: others } };
    for (const [path, changed] of changeInside(resource, id, [from, to]))
      yield { told: path, whole: { ...whole, Resources: { ...Resources, [id]: changed } } };
  }
}

const functionsOfNames = ['Ref', 'Fn::GetAtt', 'Fn::FindInMap', 'Fn::If', 'Condition', 'DependsOn', 'Type'];

function* changeInside(value: unknown, path: string, names: readonly [string, string]): Generator<[string, unknown]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield [`${path}.${index} left out`, value.toSpliced(index, 1)];
      yield [`${path}.${index} twice`, value.toSpliced(index, 0, item)];
      for (const [where, changed] of changeInside(item, `${path}.${index}`, names))
        yield [where, value.with(index, changed)];
    }
    return;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const { [key]: _, ...others } = value as Record<string, unknown>;
      yield [`${path}.${key} left out`, others];
      if (functionsOfNames.includes(key) && typeof inner !== 'object') {
        const other = String(inner).replace(...names);
        if (other !== inner) yield [`${path}.${key} of another`, { ...value, [key]: other }];
        continue;
      }
      for (const [where, changed] of changeInside(inner, `${path}.${key}`, names))
        yield [where, { ...value, [key]: changed }];
    }
    return;
  }
  for (const changed of changeLeaf(value, names)) yield [`${path} is ${changed}`, changed];
}

function changeLeaf(value: unknown, names: readonly [string, string]): unknown[] {
  if (typeof value === 'number') return [value + 7, 0];
  if (typeof value === 'boolean') return [!value];
  if (typeof value !== 'string') return [];
  const other = value.replace(...names);
  const number = /^\d+$/.test(value) ? [String(Number(value) + 7)] : [];
  return [...number, `${value}x`, ...(other === value ? [] : [other])];
}
