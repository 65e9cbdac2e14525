/** The reader of YAML, as a module of its own: bundled, a CommonJS package that is imported lazily has a default only. */
import { parse, YAMLError } from 'yaml';

/** The value of a YAML text; undefined where it is no YAML. */
export function parseYaml(text: string): unknown {
  try {
    return parse(text) ?? {};
  } catch (error) {
    if (error instanceof YAMLError) return undefined;
    throw error;
  }
}
