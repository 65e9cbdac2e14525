/** How attributes are told: the shapes, and what spells the names of one tool as the other does. */
import { valueAt } from '../plan.ts';
import type { TemplateResource } from './template.ts';

export type Attributes = Record<string, unknown>;

/** What a resource amounts to in Terraform; a group's own rules are resources there. */
export interface Told {
  type: string;
  name: string;
  values: Attributes;
}

/** By type of CloudFormation's. */
export type AttributesOf = Readonly<Record<string, (resource: TemplateResource, one: Named) => Told[]>>;

/** What else of a resource its attributes may need. */
export interface Named {
  /** The part of its name that says what it is. */
  kind: string;
  /** What the load balancer is: its security group is called so. */
  edge: string;
  region: string;
  /** What `GetAtt` gives of it. */
  self(attribute: string): unknown;
}

export function tell(type: string, name: string, values: Attributes): Told[] {
  return [{ type, name, values }];
}

export function listAttributes(properties: unknown, name: string): Record<string, unknown> {
  const all = (valueAt(properties, name) ?? []) as { Key: string; Value: unknown }[];
  return Object.fromEntries(all.map(({ Key, Value }) => [Key, Value]));
}

/** `TargetGroupArn` becomes `target_group_arn`, at every depth. */
export function lower(value: unknown): unknown {
  return rename(value, snake);
}

export function snake(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** As the API of ECS spells it; options of drivers are what they are. */
export function camel(value: unknown): unknown {
  return rename(value, (name) => name.slice(0, 1).toLowerCase() + name.slice(1), 'Options');
}

function rename(value: unknown, change: (name: string) => string, untouched?: string): unknown {
  if (Array.isArray(value)) return value.map((one) => rename(one, change, untouched));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      change(key),
      key === untouched ? inner : rename(inner, change, untouched),
    ]),
  );
}
