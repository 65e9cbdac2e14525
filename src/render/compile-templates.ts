/**
 * Makes the template set from the files of `templates/`, with Handlebars' own parser and whitespace rules, and refuses
 * whatever is more than a field, a condition, a list or a partial. Runs when this package is built, and in tests.
 */
import Handlebars from 'handlebars';
import { checkPartials } from './check-partials.ts';
import { compileViewPath } from './compile-view-path.ts';
import { refuse, type Surroundings, showPosition } from './template-fault.ts';
import { type PartialCall, type Template, TemplateError, type TemplateNode, type TemplateSet } from './template-set.ts';

export interface TemplateSource {
  text: string;
  executable: boolean;
}

const ending = '.hbs';
const partialFolder = 'partials/';
/** A block in a block; what wants more is the view's work. */
const deepestBlock = 2;

/**
 * Paths are relative to `templates/`, with `/`. `x.hbs` becomes the template `x`, anything else is copied, and
 * `partials/x.hbs` becomes the partial `x`. Throws one `TemplateError` that names every fault, one a line.
 */
export function compileTemplates(files: ReadonlyMap<string, TemplateSource>): TemplateSet {
  const templates: Record<string, Template> = {};
  const partials: Record<string, readonly TemplateNode[]> = {};
  const faults: string[] = [];
  for (const [path, { text, executable }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const isTemplate = path.endsWith(ending);
    const key = isTemplate ? path.slice(0, -ending.length) : path;
    const mode = executable ? { executable } : {};
    try {
      if (path.startsWith(partialFolder)) {
        if (!isTemplate) {
          throw new TemplateError(`${path}: a partial's name ends with ${ending}`);
        }
        partials[key.slice(partialFolder.length)] = compileTemplate(path, text);
      } else if (Object.hasOwn(templates, key)) {
        throw new TemplateError(`${path}: ${key} stands beside it, and both give ${key}`);
      } else {
        templates[key] = isTemplate ? { nodes: compileTemplate(path, text), ...mode } : { text, ...mode };
      }
    } catch (error) {
      if (!(error instanceof TemplateError)) {
        throw error;
      }
      faults.push(error.message);
    }
  }
  const set: TemplateSet = { files: templates, partials };
  faults.push(...checkPartials(set));
  if (faults.length > 0) {
    throw new TemplateError(faults.join('\n'));
  }
  return set;
}

function compileTemplate(template: string, text: string): readonly TemplateNode[] {
  return compileProgram(parse(template, text), { template, lists: 0, blocks: 0 });
}

function parse(template: string, text: string): hbs.AST.Program {
  try {
    return Handlebars.parse(text);
  } catch (error) {
    throw new TemplateError(`${template}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function compileProgram(program: hbs.AST.Program | undefined, around: Surroundings): readonly TemplateNode[] {
  const nodes: TemplateNode[] = [];
  for (const statement of program?.body ?? []) {
    const node = compileStatement(statement, around);
    const last = nodes.at(-1);
    if (typeof node === 'string' && typeof last === 'string') {
      nodes[nodes.length - 1] = last + node;
    } else if (node !== '') {
      nodes.push(node);
    }
  }
  return nodes;
}

function compileStatement(statement: hbs.AST.Statement, around: Surroundings): TemplateNode {
  switch (statement.type) {
    case 'ContentStatement':
      return (statement as hbs.AST.ContentStatement).value;
    case 'CommentStatement':
      return '';
    case 'MustacheStatement':
      return compileField(statement as hbs.AST.MustacheStatement, around);
    case 'BlockStatement':
      return compileBlock(statement as hbs.AST.BlockStatement, around);
    case 'PartialStatement':
      return compilePartial(statement as hbs.AST.PartialStatement, around);
    default:
      throw refuse(statement, around, 'a template holds fields, #if, #unless, #each and partials, no more');
  }
}

function compileField(mustache: hbs.AST.MustacheStatement, around: Surroundings): TemplateNode {
  if (mustache.params.length > 0 || mustache.hash) {
    throw refuse(mustache, around, 'a helper that computes belongs into the view');
  }
  if (!mustache.escaped) {
    throw refuse(mustache, around, 'nothing is escaped, so write two braces');
  }
  const path = mustache.path as hbs.AST.PathExpression;
  const isPlainName = path.type === 'PathExpression' && !path.data && path.original === path.parts[0];
  if (isPlainName && Object.hasOwn(Handlebars.helpers, path.original)) {
    throw refuse(mustache, around, `Handlebars takes ${path.original} for its helper: write this.${path.original}`);
  }
  return ['field', compileViewPath(path, around), showPosition(mustache)];
}

function compileBlock(block: hbs.AST.BlockStatement, around: Surroundings): TemplateNode {
  const [subject, ...more] = block.params;
  if (subject === undefined || more.length > 0 || block.hash) {
    throw refuse(block, around, `#${block.path.original} takes one path`);
  }
  if (block.program === undefined || block.program.blockParams !== undefined) {
    throw refuse(block, around, 'a block opens with # and names no parameters');
  }
  if (around.blocks === deepestBlock) {
    throw refuse(block, around, `${deepestBlock + 1} blocks deep: prepare a field for it in the view`);
  }
  const path = compileViewPath(subject as hbs.AST.PathExpression, around);
  const at = showPosition(block);
  const within = { ...around, blocks: around.blocks + 1 };
  // `{{else if}}` continues a block: it is as deep as the one it continues.
  const isChained = block.inverse !== undefined && 'chained' in block.inverse;
  const otherwise = compileProgram(block.inverse, isChained ? around : within);
  switch (block.path.original) {
    case 'if':
      return ['if', path, at, compileProgram(block.program, within), otherwise];
    case 'unless':
      return ['if', path, at, otherwise, compileProgram(block.program, within)];
    case 'each':
      return ['each', path, at, compileProgram(block.program, { ...within, lists: around.lists + 1 }), otherwise];
    default:
      throw refuse(block, around, `a block is #if, #unless or #each, not #${block.path.original}`);
  }
}

function compilePartial(partial: hbs.AST.PartialStatement, around: Surroundings): TemplateNode {
  const name = partial.name as hbs.AST.PathExpression;
  if (name.type !== 'PathExpression' || name.data || name.depth > 0) {
    throw refuse(partial, around, 'a partial is called by its name');
  }
  const [context, ...more] = partial.params as hbs.AST.PathExpression[];
  if (more.length > 0) {
    throw refuse(partial, around, 'a partial takes one path, and fields');
  }
  const fields = (partial.hash?.pairs ?? []).map(
    ({ key, value }) => [key, compileViewPath(value as hbs.AST.PathExpression, around)] as const,
  );
  const call: PartialCall = {
    ...(context ? { context: compileViewPath(context, around) } : {}),
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
    ...(partial.indent ? { indent: partial.indent } : {}),
  };
  return ['partial', name.original, showPosition(partial), call];
}
