/**
 * Renders a template with a view. Strict where Handlebars is silent: whatever is missing, or is no string where text is
 * put out, stops with the template, the place in it and the path. Needs neither Node nor Handlebars.
 */
import type { ReachRecorder } from './interpret-recorder.ts';
import {
  type EachNode,
  type PartialCall,
  type Position,
  showViewPath,
  TemplateError,
  type TemplateNode,
  type TemplateSet,
  type ViewPath,
} from './template-set.ts';

/**
 * The text of one file: `path` is its key in `set.files`.
 * Throws `TemplateError` naming template, line, column and path.
 */
export function renderTemplate(set: TemplateSet, path: string, view: object, recorder?: ReachRecorder): string {
  const template = Object.hasOwn(set.files, path) ? set.files[path] : undefined;
  if (template === undefined) {
    throw new TemplateError(`there is no template ${path}`);
  }
  recorder?.reachTemplate(path);
  if ('text' in template) {
    return template.text;
  }
  return renderNodes(template.nodes, { set, recorder, template: `${path}.hbs`, context: view });
}

/** Where a node is rendered. An item of `#each` opens one below its list's; a partial starts afresh. */
interface Scope {
  readonly set: TemplateSet;
  readonly recorder: ReachRecorder | undefined;
  /** For messages. */
  readonly template: string;
  readonly context: unknown;
  readonly parent?: Scope;
  readonly loop?: Loop;
}

interface Loop {
  readonly '@index': string;
  /** Undefined in a list. */
  readonly '@key': string | undefined;
  readonly '@first': boolean;
  readonly '@last': boolean;
}

function renderNodes(nodes: readonly TemplateNode[], scope: Scope): string {
  let text = '';
  for (const node of nodes) {
    if (typeof node === 'string') {
      text += node;
      continue;
    }
    switch (node[0]) {
      case 'field':
        text += readText(node[1], node[2], scope);
        break;
      case 'if':
        text += renderNodes(readCondition(node[1], node[2], scope) ? node[3] : node[4], scope);
        break;
      case 'each':
        text += renderEach(node, scope);
        break;
      case 'partial':
        text += renderPartial(node[1], node[2], node[3], scope);
        break;
    }
  }
  return text;
}

function renderEach([, path, at, item, none]: EachNode, scope: Scope): string {
  const list = lookUp(path, at, scope);
  const isList = Array.isArray(list);
  if (!isList && !isPlainObject(list)) {
    throw refuse(path, at, scope, `is ${describeValue(list)}, not a list`);
  }
  const keys = Object.keys(list);
  if (keys.length === 0) {
    return renderNodes(none, scope);
  }
  const { set, recorder, template } = scope;
  const last = keys.length - 1;
  let text = '';
  for (let index = 0; index <= last; index++) {
    const key = keys[index] as string;
    if (!isList) {
      recorder?.reachField(list, key);
    }
    text += renderNodes(item, {
      set,
      recorder,
      template,
      context: (list as Record<string, unknown>)[key],
      parent: scope,
      loop: {
        '@index': String(index),
        '@key': isList ? undefined : key,
        '@first': index === 0,
        '@last': index === last,
      },
    });
  }
  return text;
}

function renderPartial(name: string, at: Position, call: PartialCall, scope: Scope): string {
  const nodes = Object.hasOwn(scope.set.partials, name) ? scope.set.partials[name] : undefined;
  if (nodes === undefined) {
    throw new TemplateError(`${scope.template}:${at}: there is no partial ${name}`);
  }
  scope.recorder?.reachTemplate(`partials/${name}`);
  const text = renderNodes(nodes, {
    set: scope.set,
    recorder: scope.recorder,
    template: `${scope.template}:${at}, partials/${name}.hbs`,
    context: readPartialContext(at, call, scope),
  });
  return call.indent === undefined ? text : indentLines(text, call.indent);
}

function readPartialContext(at: Position, { context, fields }: PartialCall, scope: Scope): unknown {
  const given = context === undefined ? scope.context : lookUp(context, at, scope);
  if (fields === undefined) {
    return given;
  }
  if (!isPlainObject(given)) {
    throw refuse(context ?? [0], at, scope, `is ${describeValue(given)}: only an object takes further fields`);
  }
  const copy: Record<string, unknown> = { ...given };
  for (const [field, path] of Object.entries(fields)) {
    copy[field] = lookUp(path, at, scope);
  }
  scope.recorder?.copyFields(given, copy);
  return copy;
}

/** As Handlebars does it: blank lines and the lines of a value are indented too, a last line without text is not. */
function indentLines(text: string, indent: string): string {
  const lines = text.split('\n');
  return lines.map((line, index) => (line === '' && index === lines.length - 1 ? line : indent + line)).join('\n');
}

function readText(path: ViewPath, at: Position, scope: Scope): string {
  const value = lookUp(path, at, scope);
  if (typeof value !== 'string') {
    throw refuse(path, at, scope, `is ${describeValue(value)}: only text is put out`);
  }
  return value;
}

function readCondition(path: ViewPath, at: Position, scope: Scope): boolean {
  const value = lookUp(path, at, scope);
  if (typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'string' || Array.isArray(value)) {
    return value.length > 0;
  }
  if (isPlainObject(value)) {
    return true;
  }
  throw refuse(path, at, scope, `is ${describeValue(value)}: a condition is a boolean, text, a list or an object`);
}

/** The value at a path; own fields only, so that nothing of a prototype shows. */
function lookUp(path: ViewPath, at: Position, scope: Scope): unknown {
  if (typeof path === 'string') {
    const value = scope.loop?.[path];
    if (value === undefined) {
      throw refuse(path, at, scope, 'has no value here');
    }
    return value;
  }
  let origin: Scope | undefined = scope;
  for (let up = path[0]; up > 0; up--) {
    origin = origin?.parent;
  }
  if (origin === undefined) {
    throw refuse(path, at, scope, 'leaves the template');
  }
  let value = origin.context;
  for (let index = 1; index < path.length; index++) {
    const field = path[index] as string;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) {
      throw refuse(path, at, scope, `has no field ${field} in the view`);
    }
    scope.recorder?.reachField(value, field);
    value = (value as Record<string, unknown>)[field];
  }
  return value;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(path: ViewPath, at: Position, scope: Scope, reason: string): TemplateError {
  return new TemplateError(`${scope.template}:${at}: ${showViewPath(path)} ${reason}`);
}

function describeValue(value: unknown): string {
  if (value === null || value === undefined) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object') {
    return 'an object';
  }
  return `a ${typeof value}`;
}
