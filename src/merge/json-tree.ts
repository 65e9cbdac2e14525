/** JSON as a tree that still knows its text; with the comments and trailing commas of tsconfig.json and its like. */
import { findTail, skipTrivia } from './json-trivia.ts';
import { identifyList, identifyMap, identifyText, type Tree } from './tree.ts';

/** A value in its text: `source.slice(start, end)`. */
export interface JsonNode {
  source: string;
  start: number;
  end: number;
  /** Around it, where it is a member or an item. */
  setting: JsonSetting;
  /** Of an object or array: what stands between its last value and its closing bracket. */
  closeLead: string;
  trailingComma: boolean;
}

/** What belongs to a member or an item beside its value. */
export interface JsonSetting {
  /** White space and comments before it. */
  lead: string;
  /** From its key to its value; empty for an item. */
  label: string;
  /** White space and comments between its value and its comma. */
  beforeComma: string;
  /** A comment on the same line. */
  afterComma: string;
}

/** Deep enough for any file that people write; a deeper one would exhaust the stack. */
const deepest = 200;

const noSetting: JsonSetting = { lead: '', label: '', beforeComma: '', afterComma: '' };

class NoJson extends Error {}

/** `tree` is undefined where the text holds no value; all is undefined where it is no JSON, comments aside. */
export function readJsonTree(source: string): { tree: Tree<JsonNode> | undefined } | undefined {
  try {
    const start = skipTrivia(source, 0);
    if (start === source.length) return { tree: undefined };
    const tree = readValue(source, start, 0);
    return skipTrivia(source, tree.node.end) === source.length ? { tree } : undefined;
  } catch (error) {
    if (error instanceof NoJson) return undefined;
    throw error;
  }
}

function readValue(source: string, start: number, depth: number): Tree<JsonNode> {
  if (depth > deepest) throw new NoJson();
  if (source[start] === '{') return readObject(source, start, depth);
  if (source[start] === '[') return readArray(source, start, depth);
  const end = source[start] === '"' ? endOfString(source, start) : endOfWord(source, start);
  const raw = source.slice(start, end);
  const node = { source, start, end, setting: noSetting, closeLead: '', trailingComma: false };
  if (raw[0] !== '"') return { kind: 'leaf', node, identity: raw, label: '' };
  const text = JSON.parse(raw) as string;
  return { kind: 'leaf', node, identity: identifyText(text, ''), text, label: '' };
}

function readObject(source: string, start: number, depth: number): Tree<JsonNode> {
  const members: [string, Tree<JsonNode>][] = [];
  const node = readParts(source, start, '}', (at) => {
    if (source[at] !== '"') throw new NoJson();
    const keyEnd = endOfString(source, at);
    const colon = skipTrivia(source, keyEnd);
    if (source[colon] !== ':') throw new NoJson();
    const value = readValue(source, skipTrivia(source, colon + 1), depth + 1);
    members.push([JSON.parse(source.slice(at, keyEnd)) as string, value]);
    return value.node;
  });
  const byKey = new Map(members);
  const identity = identifyMap(
    members.map(([key, member]) => [key, member.identity]),
    '',
  );
  // With a key twice, readers disagree about what it says: it is left or taken whole.
  if (byKey.size < members.length) return { kind: 'leaf', node, identity: source.slice(start, node.end), label: '' };
  return { kind: 'map', node, members: byKey, identity, label: '' };
}

function readArray(source: string, start: number, depth: number): Tree<JsonNode> {
  const items: Tree<JsonNode>[] = [];
  const node = readParts(source, start, ']', (at) => {
    const item = readValue(source, at, depth + 1);
    items.push(item);
    return item.node;
  });
  const identity = identifyList(
    items.map((item) => item.identity),
    '',
  );
  return { kind: 'list', node, items, identity, label: '' };
}

/** Reads what stands between brackets; `readPart` reads one member or item and gives its value. */
function readParts(source: string, start: number, close: string, readPart: (at: number) => JsonNode): JsonNode {
  let count = 0;
  let trailingComma = false;
  let leadStart = start + 1;
  let at = skipTrivia(source, leadStart);
  for (; source[at] !== close; count++) {
    if (count > 0 && !trailingComma) throw new NoJson();
    const value = readPart(at);
    const comma = skipTrivia(source, value.end);
    trailingComma = source[comma] === ',';
    const gapStart = trailingComma ? comma + 1 : value.end;
    const next = skipTrivia(source, gapStart);
    const afterComma = findTail(source.slice(gapStart, next));
    value.setting = {
      lead: source.slice(leadStart, at),
      label: source.slice(at, value.start),
      beforeComma: trailingComma ? source.slice(value.end, comma) : '',
      afterComma,
    };
    leadStart = gapStart + afterComma.length;
    at = next;
  }
  const closeLead = source.slice(leadStart, at);
  return { source, start, end: at + 1, setting: noSetting, closeLead, trailingComma };
}

function endOfString(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    const character = source[at]!;
    if (character === '"') return at + 1;
    if (character < ' ') throw new NoJson();
    if (character !== '\\') continue;
    at += 1;
    if (source[at] === 'u' && /^[0-9a-fA-F]{4}$/.test(source.slice(at + 1, at + 5))) at += 4;
    else if (!'"\\/bfnrt'.includes(source[at] ?? ' ')) throw new NoJson();
  }
  throw new NoJson();
}

function endOfWord(source: string, start: number): number {
  const word = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
  word.lastIndex = start;
  const match = word.exec(source);
  if (!match) throw new NoJson();
  return start + match[0].length;
}
