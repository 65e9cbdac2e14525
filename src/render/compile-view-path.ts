/** Turns a path of a template into the interpreter's, and refuses one that cannot lead anywhere. */
import { refuse, type Surroundings } from './template-fault.ts';
import type { LoopVariable, ViewPath } from './template-set.ts';

const loopVariables: readonly LoopVariable[] = ['@index', '@key', '@first', '@last'];

/** Throws `TemplateError` for literals, helpers, unknown `@` variables, and paths that rise out of the template. */
export function compileViewPath(path: hbs.AST.PathExpression, around: Surroundings): ViewPath {
  if (path.type !== 'PathExpression') {
    throw refuse(path, around, 'a literal or a helper belongs into the view: a template names fields');
  }
  if (path.data) {
    return compileLoopVariable(path, around);
  }
  if (path.depth > around.lists) {
    throw refuse(path, around, `${path.original} rises above the view the template is given`);
  }
  return [path.depth, ...path.parts];
}

function compileLoopVariable(path: hbs.AST.PathExpression, around: Surroundings): LoopVariable {
  const variable = loopVariables.find((known) => known === path.original);
  if (variable === undefined) {
    throw refuse(path, around, `${path.original} is none of ${loopVariables.join(', ')}`);
  }
  if (around.lists === 0) {
    throw refuse(path, around, `${path.original} stands outside #each`);
  }
  return variable;
}
