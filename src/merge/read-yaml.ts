/** The three sides of a YAML file, read for a merge by key. */
import { CST, Lexer, type ToStringOptions } from 'yaml';
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
    options: findOptions(sides),
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
function findOptions({ ours, theirs }: MergeSides): ToStringOptions {
  return {
    lineWidth: 0,
    indent: /^( +)[^\s#-]/m.exec(ours)?.[1]?.length ?? 2,
    indentSeq: !/^( *)[^\s#-][^\n]*:[ \t]*\n\1- /m.test(ours),
    flowCollectionPadding: isPadded(ours) ?? isPadded(theirs) ?? true,
  };
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
