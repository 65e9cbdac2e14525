import { expect, test } from 'vitest';
import { compileTemplates } from '../../src/render/compile-templates.ts';

function compile(sources: Record<string, string>) {
  return compileTemplates(
    new Map(Object.entries(sources).map(([path, text]) => [path, { text, executable: path.endsWith('.sh.hbs') }])),
  );
}

const refused: [name: string, source: string, message: string][] = [
  ['an unknown helper', 'x\n {{upper name}}', 'a.hbs:2:2: a helper that computes belongs into the view'],
  ['a helper with options', '{{name size=big}}', 'a.hbs:1:1: a helper that computes belongs into the view'],
  ['a subexpression', '{{#if (eq a b)}}x{{/if}}', 'a.hbs:1:7: a literal or a helper belongs into the view'],
  ['a literal field', '{{"name"}}', 'a.hbs:1:3: a literal or a helper belongs into the view'],
  ['a literal condition', '{{#if true}}x{{/if}}', 'a.hbs:1:7: a literal or a helper belongs into the view'],
  ['a literal for a partial', '{{> p x="y"}}', 'a.hbs:1:9: a literal or a helper belongs into the view'],
  ['an option of a block', '{{#if a includeZero=b}}x{{/if}}', 'a.hbs:1:1: #if takes one path'],
  ['a block without a path', '{{#if}}x{{/if}}', 'a.hbs:1:1: #if takes one path'],
  ['block parameters', '{{#each a as |b|}}x{{/each}}', 'a.hbs:1:1: a block opens with # and names no parameters'],
  ['an inverted block', '{{^if a}}x{{/if}}', 'a.hbs:1:1: a block opens with # and names no parameters'],
  ['#with', '{{#with a}}x{{/with}}', 'a.hbs:1:1: a block is #if, #unless or #each, not #with'],
  ['a block named as a field', '{{#name}}x{{/name}}', 'a.hbs:1:1: #name takes one path'],
  ['a raw block', '{{{{raw}}}}x{{{{/raw}}}}', 'a.hbs:1:1: #raw takes one path'],
  ['three braces', '${{{name}}}', 'a.hbs:1:2: nothing is escaped, so write two braces'],
  ['an ampersand', '{{&name}}', 'a.hbs:1:1: nothing is escaped, so write two braces'],
  ['a field that Handlebars takes for a helper', '{{log}}', 'Handlebars takes log for its helper: write this.log'],
  ['a third block', '{{#if a}}{{#if b}}{{#if c}}x{{/if}}{{/if}}{{/if}}', 'a.hbs:1:19: 3 blocks deep'],
  ['a path above the view', '{{#if a}}{{../b}}{{/if}}', 'a.hbs:1:12: ../b rises above the view'],
  ['a path above the view from a list', '{{#each a}}{{../../b}}{{/each}}', '../../b rises above the view'],
  ['a path above the view from the else of a list', '{{#each a}}x{{else}}{{../b}}{{/each}}', '../b rises above'],
  ['the index outside a list', '{{@index}}', 'a.hbs:1:3: @index stands outside #each'],
  ['@root', '{{#each a}}{{@root.b}}{{/each}}', '@root.b is none of @index, @key, @first, @last'],
  ['the index of the list around', '{{#each a}}{{@../index}}{{/each}}', 'is none of @index'],
  ['a decorator', '{{* x}}', 'a.hbs:1:1: a template holds fields, #if, #unless, #each and partials, no more'],
  ['a block for a partial', '{{#> p}}x{{/p}}', 'a.hbs:1:1: a template holds fields'],
  ['a computed partial', '{{> (lookup . "p")}}', 'a.hbs:1:1: a partial is called by its name'],
  ['two contexts for a partial', '{{> p a b}}', 'a.hbs:1:1: a partial takes one path, and fields'],
  ['a partial that is not there', 'x{{#if a}}{{> gone}}{{/if}}', 'a.hbs:1:11: there is no partial gone'],
  ['a block that does not end', '{{#if a}}', 'a.hbs: Parse error on line 1'],
];

test.each(refused)('%s is refused', (_, source, message) => {
  expect(() => compile({ 'a.hbs': source, 'partials/p.hbs': '' })).toThrow(message);
});

test('a chain of else if is one block deep', () => {
  const chain = '{{#if a}}1{{else if b}}2{{else if c}}3{{else if d}}{{#if e}}4{{/if}}{{else}}5{{/if}}';
  expect(() => compile({ 'a.hbs': chain })).not.toThrow();
});

test('partials that call each other are refused', () => {
  const sources = { 'partials/p.hbs': '{{> q}}', 'partials/q.hbs': '{{#if a}}{{> p}}{{/if}}' };
  expect(() => compile(sources)).toThrow('partials/p.hbs: the partial calls itself');
});

test('two files for one output and a partial without ending are refused, every fault at once', () => {
  const sources = { 'x.ts': '', 'x.ts.hbs': '', 'partials/p.txt': '', 'y.hbs': '{{up x}}' };
  expect(() => compile(sources)).toThrow(
    [
      "partials/p.txt: a partial's name ends with .hbs",
      'x.ts.hbs: x.ts stands beside it, and both give x.ts',
      'y.hbs:1:1: a helper that computes belongs into the view',
    ].join('\n'),
  );
});

test('the set is small: text stays text, comments are gone, the executable bit stands only where it is true', () => {
  const sources = { 'run.sh.hbs': '#!/bin/sh\n{{! why }}\necho {{#unless a.b}}x{{/unless}}\n', 'b.txt': '{{x}}' };
  expect(compile(sources)).toEqual({
    files: {
      'b.txt': { text: '{{x}}' },
      'run.sh': { nodes: ['#!/bin/sh\necho ', ['if', [0, 'a', 'b'], '3:6', [], ['x']], '\n'], executable: true },
    },
    partials: {},
  });
});
