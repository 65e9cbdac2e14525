import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileTemplates } from '../../src/render/compile-templates.ts';
import { renderTemplate } from '../../src/render/interpret.ts';
import { recordReach } from '../../src/render/interpret-recorder.ts';
import { randomTemplate } from './random-template.ts';
import { renderWithHandlebars } from './real-handlebars.ts';

function compile(sources: Record<string, string> | ReadonlyMap<string, string>) {
  const entries = sources instanceof Map ? [...sources] : Object.entries(sources);
  return compileTemplates(new Map(entries.map(([path, text]) => [path, { text, executable: false }])));
}

function render(source: string, view: object, partials: Record<string, string> = {}): string {
  return renderTemplate(compile({ 'main.hbs': source, ...partials }), 'main', view);
}

describe('beside Handlebars', () => {
  test('any template and view give the same text', () => {
    let longest = 0;
    fc.assert(
      fc.property(randomTemplate, ({ sources, view }) => {
        const text = renderTemplate(compile(sources), 'main', view);
        longest = Math.max(longest, text.length);
        expect(text).toBe(renderWithHandlebars(sources, 'main', view));
      }),
      { numRuns: 600 },
    );
    expect(longest).toBeGreaterThan(50);
  });

  test('a set that went through JSON renders alike', () => {
    fc.assert(
      fc.property(randomTemplate, ({ sources, view }) => {
        const set = compile(sources);
        expect(renderTemplate(JSON.parse(JSON.stringify(set)), 'main', view)).toBe(renderTemplate(set, 'main', view));
      }),
      { numRuns: 100 },
    );
  });

  test('a view that lost a field that is read stops the interpreter', () => {
    let stopped = 0;
    fc.assert(
      fc.property(randomTemplate, ({ sources, view }) => {
        const set = compile(sources);
        for (const field of Object.keys(view)) {
          const reach = recordReach();
          renderTemplate(set, 'main', view, reach);
          const isRead = !reach.findUnreachedFields([view]).includes(field);
          const rest = Object.fromEntries(Object.entries(view).filter(([name]) => name !== field));
          if (isRead) {
            stopped += 1;
            expect(() => renderTemplate(set, 'main', rest)).toThrow('in the view');
          } else {
            expect(renderTemplate(set, 'main', rest)).toBe(renderTemplate(set, 'main', view));
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(stopped).toBeGreaterThan(40);
  });

  test('an item that equals the one around it is still a scope of its own, which Handlebars forgets', () => {
    const source = '{{#each outer}}{{#each ../inner}}{{../this}}{{this}} {{/each}}{{/each}}';
    const view = { outer: ['a'], inner: ['a', 'b'] };
    expect(render(source, view)).toBe('aa ab ');
    expect(renderWithHandlebars(new Map([['main.hbs', source]]), 'main', view)).not.toBe('aa ab ');
  });

  test('indexes side by side are text, which Handlebars adds up', () => {
    const source = '{{#each list}}{{@index}}{{@index}} {{/each}}';
    expect(render(source, { list: ['a', 'b'] })).toBe('00 11 ');
  });
});

describe('what a template may hold', () => {
  test('standalone blocks leave no lines behind, and partials are indented', () => {
    const source = 'ports:\n{{#each ports}}\n  {{> port}}\n{{else}}\n  none\n{{/each}}\nend\n';
    const partials = { 'partials/port.hbs': '- name: {{name}}\n  port: {{port}}\n' };
    expect(render(source, { ports: [{ name: 'grpc', port: '50051' }] }, partials)).toBe(
      'ports:\n  - name: grpc\n    port: 50051\nend\n',
    );
    expect(render(source, { ports: [] }, partials)).toBe('ports:\n  none\nend\n');
  });

  test('a partial takes another context and further fields', () => {
    const source = '{{#each workloads}}{{> one this project=../name}}{{/each}}';
    const partials = { 'partials/one.hbs': '{{project}}/{{name}};' };
    expect(render(source, { name: 'shop', workloads: [{ name: 'a' }, { name: 'b' }] }, partials)).toBe(
      'shop/a;shop/b;',
    );
  });

  test('an object is walked in the order of its fields', () => {
    const source = '{{#each labels}}{{@key}}={{this}}{{#unless @last}},{{/unless}}{{/each}}';
    expect(render(source, { labels: { b: '1', a: '2' } })).toBe('b=1,a=2');
  });

  test('nothing is escaped, and braces of a value stay what they are', () => {
    expect(render('{{x}}', { x: '<a href="b">&{{y}}' })).toBe('<a href="b">&{{y}}');
  });

  test('a file without .hbs is copied byte for byte', () => {
    const set = compileTemplates(new Map([['ci.yml', { text: '${{ secrets.X }}\r\n', executable: true }]]));
    expect(renderTemplate(set, 'ci.yml', {})).toBe('${{ secrets.X }}\r\n');
    expect(set.files['ci.yml']).toEqual({ text: '${{ secrets.X }}\r\n', executable: true });
  });
});

describe('what stops a rendering', () => {
  const cases: [name: string, source: string, view: object, message: string][] = [
    ['a missing field', 'a\n  {{name}}', {}, 'main.hbs:2:3: name has no field name in the view'],
    ['a missing inner field', '{{tls.port}}', { tls: {} }, 'main.hbs:1:1: tls.port has no field port in the view'],
    ['a field of nothing', '{{tls.port}}', { tls: null }, 'main.hbs:1:1: tls.port has no field port in the view'],
    ['a field of text', '{{tls.length}}', { tls: 'x' }, 'tls.length has no field length in the view'],
    ['a field of a prototype', '{{constructor}}', {}, 'constructor has no field constructor in the view'],
    ['a missing condition', '{{#if tls}}x{{/if}}', {}, 'main.hbs:1:1: tls has no field tls in the view'],
    ['an undefined condition', '{{#if tls}}x{{/if}}', { tls: undefined }, 'tls is undefined: a condition is'],
    ['a null condition', '{{#unless tls}}x{{/unless}}', { tls: null }, 'tls is null: a condition is'],
    ['a number as condition', '{{#if port}}x{{/if}}', { port: 0 }, 'port is a number: a condition is'],
    ['a missing list', '{{#each list}}x{{/each}}', {}, 'list has no field list in the view'],
    ['text as list', '{{#each list}}x{{/each}}', { list: 'abc' }, 'list is a string, not a list'],
    ['a missing list one above', '{{#each a}}{{#each ../b}}x{{/each}}{{/each}}', { a: ['x'] }, '../b has no field b'],
    ['a number as text', '{{port}}', { port: 1 }, 'port is a number: only text is put out'],
    ['a boolean as text', '{{tls}}', { tls: false }, 'tls is a boolean: only text is put out'],
    ['undefined as text', '{{tls}}', { tls: undefined }, 'tls is undefined: only text is put out'],
    ['an object as text', '{{tls}}', { tls: {} }, 'tls is an object: only text is put out'],
    ['a list as text', '{{this.tls}}', { tls: ['a'] }, 'tls is a list: only text is put out'],
    ['a function as text', '{{tls}}', { tls: () => 'x' }, 'tls is a function: only text is put out'],
    ['a missing context', '{{> p gone}}', {}, 'main.hbs:1:1: gone has no field gone in the view'],
    ['a missing further field', '{{> p x=gone}}', {}, 'main.hbs:1:1: gone has no field gone in the view'],
    ['fields over text', '{{#each a}}{{> p x=this}}{{/each}}', { a: ['t'] }, 'this is a string: only an object'],
    ['a field missing in a partial', '\n{{> p}}', {}, 'main.hbs:2:1, partials/p.hbs:1:1: own has no field own'],
    ['a key of a list', '{{#each a}}{{@key}}{{/each}}', { a: ['x'] }, '@key has no value here'],
  ];
  test.each(cases)('%s', (_, source, view, message) => {
    expect(() => render(source, view, { 'partials/p.hbs': '{{own}}' })).toThrow(message);
  });

  test('a template that is not there', () => {
    expect(() => renderTemplate(compile({}), 'toString', {})).toThrow('there is no template toString');
  });
});

describe('what is reached', () => {
  test('the fields that no template reads are named, the items of a list as one', () => {
    const set = compile({
      'main.hbs': '{{name}}{{#each ports}}{{#if @first}}{{> p number=../name}}{{/if}}{{/each}}',
      'partials/p.hbs': '{{kind.long}}{{number}}',
      'partials/never.hbs': '',
      'plain.txt': '',
    });
    const view = {
      name: 'x',
      spare: 'y',
      ports: [
        { kind: { long: 'a', short: 'b' }, idle: true },
        { kind: { long: 'a', short: 'b' }, idle: true },
      ],
    };
    const reach = recordReach();
    renderTemplate(set, 'main', view, reach);
    renderTemplate(set, 'plain.txt', view, reach);
    expect([...reach.templates]).toEqual(['main', 'partials/p', 'plain.txt']);
    expect(reach.findUnreachedFields([view])).toEqual(['spare', 'ports[].kind.short', 'ports[].idle']);
  });
});
