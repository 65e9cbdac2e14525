/** The templates as plain JSON: what the build makes of `templates/` and what the interpreter reads. */

/** Every template by output path, and every partial by name. JSON all through: the build writes it into the bundle. */
export interface TemplateSet {
  /** Path under `templates/` without `.hbs`. */
  files: Readonly<Record<string, Template>>;
  /** Path under `templates/partials/` without `.hbs`. */
  partials: Readonly<Record<string, readonly TemplateNode[]>>;
}

/** `text` is copied byte for byte; `nodes` are rendered with a view. `executable` stands only where it is true. */
export type Template =
  | { readonly text: string; readonly executable?: true }
  | { readonly nodes: readonly TemplateNode[]; readonly executable?: true };

/** A bare string is text. `#unless` is kept as `if` with its bodies changed over. */
export type TemplateNode =
  | string
  | readonly ['field', path: ViewPath, at: Position]
  | readonly ['if', path: ViewPath, at: Position, then: readonly TemplateNode[], otherwise: readonly TemplateNode[]]
  | EachNode
  | readonly ['partial', name: string, at: Position, call: PartialCall];

export type EachNode = readonly [
  'each',
  path: ViewPath,
  at: Position,
  item: readonly TemplateNode[],
  none: readonly TemplateNode[],
];

/** What a partial is given: `context` (the caller's own where absent), fields put over it, and the indent of every line. */
export interface PartialCall {
  readonly context?: ViewPath;
  readonly fields?: Readonly<Record<string, ViewPath>>;
  readonly indent?: string;
}

/** Either a loop variable, or how many `../` and then the fields: `../a.b` is `[1, 'a', 'b']`. */
export type ViewPath = LoopVariable | readonly [up: number, ...fields: string[]];

export type LoopVariable = '@index' | '@key' | '@first' | '@last';

/** `line:column`, both from 1. */
export type Position = string;

/** A fault in a template or in the view it was given: ours to mend, never the user's. */
export class TemplateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TemplateError';
  }
}

/** A path as a template spells it. */
export function showViewPath(path: ViewPath): string {
  if (typeof path === 'string') {
    return path;
  }
  const [up, ...fields] = path;
  const rise = '../'.repeat(up);
  if (fields.length > 0) {
    return rise + fields.join('.');
  }
  return up > 0 ? rise.slice(0, -1) : 'this';
}
