/** Reads tokens one after another and says in plain words what was expected where something else stands. */
import { ProtoSyntaxError, quote, splitIntoTokens, type Token, unescapeString } from './proto-tokens.ts';

/** Deeper than any schema of a person, and far from the end of the stack. */
const deepest = 200;

export interface TokenCursor {
  /** The token ahead, or the one `ahead` places behind it. */
  peek(ahead?: number): Token;
  next(): Token;
  /** Whether the name or sign `text` stands ahead. */
  at(text: string): boolean;
  /** Steps over `text` where it stands ahead. */
  skip(text: string): boolean;
  expect(text: string): Token;
  expectName(what: string): Token;
  /** One or more strings in a row, which the language joins. */
  expectString(what: string): string;
  /** `a.b.C` or `.a.b.C`; spaces and comments may stand around the dots. */
  expectTypeName(what: string): { name: string; offset: number };
  /** Steps over a whole `{…}`, `[…]` or `(…)`, whatever is inside. */
  skipBraced(): void;
  /** Runs `read` one level deeper. */
  nest(read: () => void): void;
  fail(expected: string, token?: Token): never;
  /** The file ends inside what `opened` opened. */
  failUnclosed(opened: Token): never;
}

/** A cursor before the first token of a text. @throws {ProtoSyntaxError} also from every method that reads */
export function openCursor(text: string): TokenCursor {
  const tokens = splitIntoTokens(text);
  const end = tokens[tokens.length - 1] as Token;
  let index = 0;
  let depth = 0;

  const peek = (ahead = 0): Token => tokens[index + ahead] ?? end;
  const next = (): Token => {
    const token = peek();
    index += 1;
    return token;
  };
  const at = (wanted: string): boolean => {
    const token = peek();
    return token.text === wanted && (token.kind === 'name' || token.kind === 'sign');
  };
  const skip = (wanted: string): boolean => {
    if (!at(wanted)) return false;
    index += 1;
    return true;
  };
  const fail = (expected: string, token = peek()): never => {
    const found = token.kind === 'end' ? 'the file ends' : `${describeToken(token)} stands`;
    throw new ProtoSyntaxError(`${expected} is expected where ${found}`, token.offset);
  };
  const failUnclosed = (opened: Token): never => {
    throw new ProtoSyntaxError(`${quote(opened.text)} is never closed`, opened.offset);
  };
  const expect = (wanted: string): Token => (at(wanted) ? next() : fail(quote(wanted)));
  const expectName = (what: string): Token => (peek().kind === 'name' ? next() : fail(what));

  return {
    peek,
    next,
    at,
    skip,
    fail,
    failUnclosed,
    expect,
    expectName,
    expectString(what) {
      let value = '';
      if (peek().kind !== 'string') fail(what);
      while (peek().kind === 'string') value += unescapeString(next().text);
      return value;
    },
    expectTypeName(what) {
      const { offset } = peek();
      let name = skip('.') ? '.' : '';
      name += expectName(what).text;
      while (skip('.')) name += `.${expectName('the rest of a name').text}`;
      return { name, offset };
    },
    skipBraced() {
      const closers: string[] = [];
      const opened = peek();
      do {
        const token = next();
        if (token.kind === 'end') failUnclosed(opened);
        if (token.kind !== 'sign') continue;
        const closer = closerOf.get(token.text);
        if (closer !== undefined) closers.push(closer);
        else if (closing.has(token.text) && closers.pop() !== token.text) {
          throw new ProtoSyntaxError(`${quote(token.text)} closes nothing that is open here`, token.offset);
        }
      } while (closers.length > 0);
    },
    nest(read) {
      depth += 1;
      if (depth > deepest) {
        throw new ProtoSyntaxError(`declarations are nested more than ${deepest} deep`, peek().offset);
      }
      read();
      depth -= 1;
    },
  };
}

const closerOf: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
  ['(', ')'],
]);
const closing: ReadonlySet<string> = new Set(closerOf.values());

function describeToken(token: Token): string {
  return token.kind === 'string' ? `the string ${quote(token.text)}` : quote(token.text);
}
