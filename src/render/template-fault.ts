/** How a fault in a template's source is told. */
import { type Position, TemplateError } from './template-set.ts';

/** Where a statement stands: how many lists are around it, and how many blocks. */
export interface Surroundings {
  template: string;
  lists: number;
  blocks: number;
}

/** A fault at a place in a template; lines and columns count from 1. */
export function refuse(node: hbs.AST.Node, { template }: Surroundings, reason: string): TemplateError {
  return new TemplateError(`${template}:${showPosition(node)}: ${reason}`);
}

/** `line:column`, both from 1; Handlebars counts columns from 0. */
export function showPosition({ loc }: hbs.AST.Node): Position {
  return `${loc.start.line}:${loc.start.column + 1}`;
}
