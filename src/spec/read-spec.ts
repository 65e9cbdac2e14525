/** The text of `grpc-aws.json`, read and written. */
import { arrangeValue } from './arrange-value.ts';
import { checkSpec } from './check-spec.ts';
import { parseJson } from './parse-json.ts';
import { schemaPath, specSchema } from './schema.ts';
import type { Spec } from './spec.ts';

/**
 * The Spec in a text. `file` is only its name, for the messages.
 * @throws UserError (usage) with every fault at file:line:column.
 */
export function readSpec(text: string, file: string): Spec {
  const { value, locate } = parseJson(text, file);
  return checkSpec(value, locate);
}

/** One text for one Spec, whatever the order its keys were made in; with a final newline. */
export function writeSpec(spec: Spec): string {
  const ordered = arrangeValue(specSchema, { ...spec, $schema: `./${schemaPath}` }, { fill: false });
  return `${JSON.stringify(ordered, null, 2)}\n`;
}
