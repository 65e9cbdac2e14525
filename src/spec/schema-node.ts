/** What a schema is made of: the words of JSON Schema that are needed here, and what the doors need to ask for a value. */
import type { TargetId } from './spec.ts';

export interface SchemaNode {
  type: 'object' | 'array' | 'string' | 'boolean' | 'integer';
  /** A sentence or two for editors, `--help` and the reference page. */
  description: string;
  /** The accepted form in words, to follow "must be". */
  accepts: string;
  /** A value of that form, as one writes it. */
  example: string;
  default?: string | number | boolean | readonly string[];
  /**
   * The default, where it follows from what is said before it in the same object, or `around` that one; undefined: that
   * is not said either.
   */
  defaultFrom?: (said: Readonly<Record<string, unknown>>, around: Readonly<Record<string, unknown>>) => unknown;
  /** The targets that take it; absent: all do. */
  targets?: readonly TargetId[];
  /** A setting of some targets that those cannot do without. */
  needed?: true;
  enum?: readonly (string | number)[];
  /** A line for each value of `enum`. */
  titles?: Readonly<Record<string, string>>;
  pattern?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  /** Values that match the pattern and still cannot be had, and why. */
  reserved?: { values: readonly string[]; because: string };
  /** How to mend a text that is refused, where the value itself tells more than its form. */
  hint?: (value: string) => string | undefined;
  properties?: Readonly<Record<string, SchemaNode>>;
  required?: readonly string[];
  /** What even incomplete answers must have. */
  requiredInAnswers?: readonly string[];
  /** Of an object whose keys the user chooses. */
  keys?: SchemaNode;
  values?: SchemaNode;
  /** Keys that are none of this target's, and the targets whose they are; made by `narrowSchema`. */
  foreign?: Readonly<Record<string, readonly TargetId[]>>;
  items?: SchemaNode;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: true;
  question?: Question;
}

/** How a door asks for one value. */
export interface Question {
  /** Absent: the value is the command's argument. What is on by default gets `no-` in front. */
  flag?: string;
  /** The name that stands for the value in `--help`; absent: it is on or off. */
  valueName?: string;
  repeatable?: true;
  /** What a person is asked; absent: nobody is, and the default holds. */
  prompt?: string;
  /** Of two values the one that is not the default, in words: all such options are asked in one question. */
  option?: string;
  /** One line for `--help`. */
  help: string;
  /** As one types it, where that differs from the node's own. */
  example?: string;
}
