/** The three sides of a YAML file, read for a merge by key. */
import { CST, type Document, isCollection, isScalar, Lexer, type ToStringOptions, visit } from 'yaml';
import type { MergeSides } from './merge.ts';
import type { Reading } from './merge-by-key.ts';
import { overlayText } from './overlay-text.ts';
import { printYaml, type YamlForm } from './print-yaml.ts';
import type { Merged, Tree } from './tree.ts';
import { chooseStreamKind, readStream } from './yaml-stream.ts';
import { parseDocuments, type YamlNode } from './yaml-tree.ts';

/** Undefined where one of the sides cannot be read. */
export function readYaml(sides: MergeSides): Reading<YamlNode> | undefined {
  const base = parseDocuments(sides.base);
  const ours = parseDocuments(sides.ours);
  const theirs = parseDocuments(sides.theirs);
  if (!base || !ours || !theirs) return undefined;
  const kind = chooseStreamKind([base, ours, theirs]);
  const trees = {
    base: readStream(base, sides.base, kind),
    ours: readStream(ours, sides.ours, kind),
    theirs: readStream(theirs, sides.theirs, kind),
  };
  const identify = (text: string): string | undefined => {
    const documents = parseDocuments(text);
    if (!documents || documents.length === 0) return documents && '';
    return readStream(documents, text, kind)?.identity;
  };
  const form = {
    options: findOptions(sides, ours),
    baseComments: new Set(listComments(sides.base)),
    document: kind === 'single' ? ours[0] : undefined,
  };
  return {
    trees,
    identify,
    listComments,
    print: (merged) => {
      const text = merged ? tryPrint(merged, form) : '';
      return text === undefined || !trees.ours ? text : keepForm(text, trees.ours, sides.ours, form, identify);
    },
  };
}

/**
 * The printer lays all of a file out anew. What it changed in ours without being asked is taken back: its two texts of
 * ours, before and after the merge, differ by the merge alone.
 */
function keepForm(
  text: string,
  tree: Tree<YamlNode>,
  ours: string,
  form: YamlForm,
  identify: (text: string) => string | undefined,
): string {
  const before = tryPrint({ kind: 'taken', side: 'ours', tree }, form);
  if (before === undefined) return text;
  const kept = overlayText({ base: before, ours, theirs: text });
  return identify(kept) === identify(text) ? kept : text;
}

function tryPrint(merged: Merged<YamlNode>, form: YamlForm): string | undefined {
  try {
    return printYaml(merged, form);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** The printer's options that come nearest to ours. */
function findOptions({ ours, theirs }: MergeSides, documents: readonly Document[]): ToStringOptions {
  return {
    lineWidth: 0,
    indent: findIndent(ours, documents) ?? 2,
    indentSeq: !/^( *)[^\s#-][^\n]*:[ \t]*\n\1- /m.test(ours),
    flowCollectionPadding: isPadded(ours) ?? isPadded(theirs) ?? true,
  };
}

/** The smallest step from a key to what stands in lines of its own below it; undefined where nothing does. */
function findIndent(text: string, documents: readonly Document[]): number | undefined {
  const columnOf = (offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
  let smallest: number | undefined;
  for (const document of documents) {
    visit(document, {
      Pair: (_, { key, value }) => {
        if (!isScalar(key) || !isCollection(value) || value.flow || !key.range || !value.range) return;
        if (!text.slice(key.range[0], value.range[0]).includes('\n')) return;
        const step = columnOf(value.range[0]) - columnOf(key.range[0]);
        if (step > 0 && step < (smallest ?? Number.POSITIVE_INFINITY)) smallest = step;
      },
    });
  }
  return smallest;
}

/** Whether lists are written as `[ a ]`; undefined where there are none. An expression in `${{ }}` is no list. */
function isPadded(text: string): boolean | undefined {
  const space = /(?<![{$])[[{]( *)[^\s\]}{]/.exec(text)?.[1];
  return space === undefined ? undefined : space !== '';
}

function listComments(text: string): string[] {
  return Array.from(new Lexer().lex(text))
    .filter((token) => CST.tokenType(token) === 'comment')
    .map((comment) => comment.slice(1).trim());
}
