/** The text of `grpc-aws.json`, read and written. */
import { type Answers, checkAnswers, checkSpec } from './check-spec.ts';
import { parseJson } from './parse-json.ts';
import { schemaPath } from './schema.ts';
import type { Spec } from './spec.ts';

/**
 * The Spec in a text. `file` is only its name, for the messages.
 * @throws UserError (usage) with every fault at file:line:column.
 */
export function readSpec(text: string, file: string): Spec {
  const { value, locate } = parseJson(text, file);
  return checkSpec(value, locate);
}

/** As `readSpec`, for a file of answers that need not be complete. */
export function readAnswers(text: string, file: string): Answers {
  const { value, locate } = parseJson(text, file);
  return checkAnswers(value, locate);
}

/** One text for one Spec, whatever the order its keys were made in; with a final newline. */
export function writeSpec(spec: Spec): string {
  const { name, target, workloads, unlinted = [] } = spec;
  const ordered = {
    $schema: `./${schemaPath}`,
    name,
    target,
    workloads: workloads.map((workload) => ({ name: workload.name, protos: workload.protos })),
    ...(unlinted.length > 0 && { unlinted }),
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}
