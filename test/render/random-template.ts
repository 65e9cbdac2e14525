/** Random templates together with a view that fits them. */
import fc, { type GeneratorValue } from 'fast-check';

export interface RandomTemplate {
  /** `main.hbs` and its partials. */
  sources: ReadonlyMap<string, string>;
  view: object;
}

type Shape = { kind: 'text' } | { kind: 'flag' } | { kind: 'list'; item: Shape } | ObjectShape;

interface ObjectShape {
  kind: 'object';
  fields: ReadonlyMap<string, Shape>;
}

/** A path of a template and what stands there. */
interface Place {
  path: string;
  shape: Shape;
}

const fieldNames = ['name', 'port', 'tls', 'items', 'log', 'if', 'a-b', 'constructor', 'length'];
const snippets = [
  '',
  '\n',
  ' ',
  '  \n',
  '\n  ',
  'x',
  ' = ',
  '"\\n"\n',
  '- ',
  '\r\n',
  ' }',
  '\t',
  '<&>',
  '$',
  '\n\n  # ',
];

/** `fc.gen` makes one choice after the other, so that a template can follow the shape of its view. */
export const randomTemplate: fc.Arbitrary<RandomTemplate> = fc.gen().map((gen) => {
  const shape = pickObject(gen, 2);
  const sources = new Map<string, string>();
  sources.set('main.hbs', writeProgram(gen, [shape], { sources, blocks: 0, partials: 2, walked: [] }));
  return { sources, view: pickValue(gen, shape, { count: 0 }) as object };
});

/** By index: `gen` takes arguments for equal that differ only inside a Map, and answers with what it was given first. */
function pick<T>(gen: GeneratorValue, choices: readonly T[]): T {
  return choices[gen(fc.nat, { max: choices.length - 1 })] as T;
}

function pickObject(gen: GeneratorValue, depth: number): ObjectShape {
  const names = gen(fc.uniqueArray<string, string>, fc.constantFrom(...fieldNames), { minLength: 1, maxLength: 4 });
  return { kind: 'object', fields: new Map(names.map((name) => [name, pickShape(gen, depth)])) };
}

function pickShape(gen: GeneratorValue, depth: number): Shape {
  const kind = pick(gen, (['text', 'flag', 'list', 'object'] as const).slice(0, depth > 0 ? 4 : 2));
  if (kind === 'list') {
    // Handlebars opens no scope for an item that equals (`==`) the one around it: items are objects and distinct texts.
    return { kind, item: pick(gen, [{ kind: 'text' } as const, pickObject(gen, depth - 1)]) };
  }
  return kind === 'object' ? pickObject(gen, depth - 1) : { kind };
}

function pickValue(gen: GeneratorValue, shape: Shape, texts: { count: number }): unknown {
  switch (shape.kind) {
    case 'flag':
      return gen(fc.boolean);
    case 'list':
      return Array.from({ length: gen(fc.nat, { max: 3 }) }, () =>
        shape.item.kind === 'text' ? pickText(gen, texts, 1) : pickValue(gen, shape.item, texts),
      );
    case 'object': {
      const entries = [...shape.fields].map(([name, field]) => [name, pickValue(gen, field, texts)] as const);
      return Object.fromEntries(entries);
    }
    case 'text':
      return pickText(gen, texts, 0);
  }
}

/** The first of the choices is the empty text; no two others of a view are alike. */
function pickText(gen: GeneratorValue, texts: { count: number }, from: 0 | 1): string {
  texts.count += 1;
  return pick(gen, ['', `t${texts.count}`, `two\nlines ${texts.count}`, `{{${texts.count}}}<&`].slice(from));
}

interface Writing {
  sources: Map<string, string>;
  blocks: number;
  partials: number;
  /** The lists around; walking one within itself would meet equal items. */
  walked: readonly Shape[];
}

/** `scopes` are the shapes that `this`, `..`, `../..` stand for. */
function writeProgram(gen: GeneratorValue, scopes: readonly Shape[], writing: Writing): string {
  const length = gen(fc.nat, { max: 4 });
  let source = writeText(gen);
  for (let index = 0; index < length; index++) {
    source += writeStatement(gen, scopes, writing) + writeText(gen);
  }
  return source;
}

function writeText(gen: GeneratorValue): string {
  return gen(fc.array, fc.constantFrom(...snippets), { maxLength: 3 }).join('');
}

function writeStatement(gen: GeneratorValue, scopes: readonly Shape[], writing: Writing): string {
  const places = scopes.flatMap((shape, up) => listPlaces(shape, up === 0 ? '' : '../'.repeat(up)));
  const texts = places.filter(({ shape }) => shape.kind === 'text');
  const lists = places.filter(({ shape }) => shape.kind === 'list' && !writing.walked.includes(shape));
  const kinds = ['comment'];
  if (texts.length > 0) kinds.push('field', 'field', 'field');
  if (scopes.length > 1) kinds.push('index');
  if (writing.blocks < 2) kinds.push('if', 'unless');
  if (writing.blocks < 2 && lists.length > 0) kinds.push('each', 'each', 'each');
  if (writing.partials > 0) kinds.push('partial', 'partial');
  const [open, close] = [pick(gen, ['{{', '{{', '{{~']), pick(gen, ['}}', '}}', '~}}'])];
  const within = { ...writing, blocks: writing.blocks + 1 };
  const kind = pick(gen, kinds);
  switch (kind) {
    case 'comment':
      return pick(gen, ['{{! says }}', '{{!-- }} --}}', '\\{{literal}}']);
    case 'field':
      return `${open}${pick(gen, texts).path}${close}`;
    case 'index':
      // Handlebars adds numbers that stand side by side: text before one makes it text.
      return '#{{@index}}';
    case 'each': {
      const { path, shape } = pick(gen, lists) as { path: string; shape: Shape & { kind: 'list' } };
      const otherwise = gen(fc.boolean) ? `{{else}}${writeProgram(gen, scopes, within)}` : '';
      return `${open}#each ${path}${close}${writeProgram(gen, [shape.item, ...scopes], { ...within, walked: [...writing.walked, shape] })}${otherwise}${open}/each${close}`;
    }
    case 'partial': {
      const name = `p${writing.sources.size}/x-y`;
      const objects = places.filter(({ shape }) => shape.kind === 'object');
      const called = pick(gen, [{ path: '', shape: scopes[0] as Shape }, ...objects]);
      const field = pick(gen, [undefined, ...texts]);
      const isExtended = field !== undefined && called.shape.kind === 'object';
      const shape = isExtended ? extend(called.shape as ObjectShape, 'extra', field.shape) : called.shape;
      writing.sources.set(`partials/${name}.hbs`, '');
      const body = writeProgram(gen, [shape], { ...writing, walked: [], blocks: 0, partials: writing.partials - 1 });
      writing.sources.set(`partials/${name}.hbs`, body);
      return `${open}> ${name} ${called.path}${isExtended ? ` extra=${field.path}` : ''}${close}`;
    }
    default: {
      const conditions =
        scopes.length > 1 ? [...places.map(({ path }) => path), '@first', '@last'] : places.map(({ path }) => path);
      const otherwise = pick(gen, ['', '{{else}}', `{{else if ${pick(gen, conditions)}}}`]);
      const rest = otherwise === '' ? '' : otherwise + writeProgram(gen, scopes, within);
      return `${open}#${kind} ${pick(gen, conditions)}${close}${writeProgram(gen, scopes, within)}${rest}${open}/${kind}${close}`;
    }
  }
}

function extend({ fields }: ObjectShape, name: string, shape: Shape): ObjectShape {
  return { kind: 'object', fields: new Map([...fields, [name, shape]]) };
}

function listPlaces(shape: Shape, prefix: string): Place[] {
  const own = { path: prefix === '' ? 'this' : prefix.slice(0, -1), shape };
  if (shape.kind !== 'object') {
    return [own];
  }
  return [...shape.fields].flatMap(([name, field]) =>
    listFieldPlaces(field, prefix === '' ? `this.${name}` : prefix + name),
  );
}

function listFieldPlaces(shape: Shape, path: string): Place[] {
  const inner = shape.kind === 'object' ? [...shape.fields] : [];
  return [{ path, shape }, ...inner.flatMap(([name, field]) => listFieldPlaces(field, `${path}.${name}`))];
}
