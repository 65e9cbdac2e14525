/** The words of a `.proto` file: names, numbers, strings and signs, each with its offset; comments and spaces are dropped. */

export type TokenKind = 'name' | 'number' | 'string' | 'sign' | 'end';

export interface Token {
  kind: TokenKind;
  /** As written; of a string, what stands between its quotes, with escapes as written. */
  text: string;
  /** In UTF-16 units from the start of the text. */
  offset: number;
}

/** Why a text is not a `.proto` file, and where. Callers turn it into a `UserError` with the file's name. */
export class ProtoSyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'ProtoSyntaxError';
    this.offset = offset;
  }
}

// Sticky alternatives in the order of the language's own lexer:
// https://protobuf.dev/reference/protobuf/edition-2023-spec/#lexical_elements
const space = /[ \t\r\n\v\f]+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fF]?/y;
const string = /"[^"\\\n\0]*(?:\\[^\n\0][^"\\\n\0]*)*"|'[^'\\\n\0]*(?:\\[^\n\0][^'\\\n\0]*)*'/y;
const sign = /[;:=,.(){}[\]<>+-]|\/(?!\*)/y;

/** The tokens of a text, ending with one of kind `end`. @throws {ProtoSyntaxError} */
export function splitIntoTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset;
    return pattern.exec(text)?.[0];
  };
  for (;;) {
    for (let found = take(space); found !== undefined; found = take(space)) offset += found.length;
    if (offset >= text.length) break;
    const start = offset;
    const [kind, found] = takeToken(take) ?? [undefined, ''];
    if (kind === undefined) throw new ProtoSyntaxError(explainStray(text, start), start);
    tokens.push({ kind, text: kind === 'string' ? found.slice(1, -1) : found, offset: start });
    offset += found.length;
    const glued = kind === 'number' ? take(name) : undefined;
    if (glued) throw new ProtoSyntaxError(`${quote(found + glued)} is neither a number nor a name`, start);
  }
  tokens.push({ kind: 'end', text: '', offset: text.length });
  return tokens;
}

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['name', name],
  ['number', number],
  ['sign', sign],
  ['string', string],
];

function takeToken(take: (pattern: RegExp) => string | undefined): [TokenKind, string] | undefined {
  for (const [kind, pattern] of patterns) {
    const found = take(pattern);
    if (found !== undefined) return [kind, found];
  }
  return undefined;
}

function explainStray(text: string, offset: number): string {
  const point = text.codePointAt(offset) ?? 0;
  const char = String.fromCodePoint(point);
  if (char === '"' || char === "'") return `a string is opened with ${char} and not closed on its line`;
  if (text.startsWith('/*', offset)) return 'a comment is opened with "/*" and never closed with "*/"';
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return point > 0x20 && point < 0x7f
    ? `${quote(char)} has no meaning in a .proto file`
    : `the character ${code} may stand in comments and strings only`;
}

/** A piece of the user's text inside a message: shortened, and with control characters made visible. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

const escaped = /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g;
const named: ReadonlyMap<string, string> = new Map(
  Object.entries({ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }),
);

/** What a string token stands for. Bytes above ASCII are kept as Latin-1: only paths and edition names are read. */
export function unescapeString(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(escaped, (_, octal?: string, hex?: string, short?: string, long?: string, other?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    const code = hex ?? short ?? long;
    if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
    return named.get(other ?? '') ?? other ?? '';
  });
}
