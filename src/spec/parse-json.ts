/** JSON text to a value that still knows where in the text each of its parts stands. */
import { exitCode, UserError } from '../errors.ts';
import { showValue } from './show-value.ts';

/** The keys and indexes that lead from the root to a part of a value. */
export type ValuePath = readonly (string | number)[];

export interface ParsedJson {
  value: unknown;
  /** `file:line:column` of a part, or of the nearest part around it that exists; of its key where `side` says so. */
  locate(path: ValuePath, side?: 'key' | 'value'): string;
}

/** Deep enough for any Spec; a deeper one would exhaust the stack before it could be refused. */
const deepest = 64;

/**
 * Parses strictly (RFC 8259, and no key twice in an object); a byte order mark is skipped.
 * @throws UserError (usage) at file:line:column, columns counted from 1 in UTF-16 units.
 */
export function parseJson(text: string, file: string): ParsedJson {
  const starts = new Map<string, number>();
  const keyStarts = new Map<string, number>();
  let offset = text.startsWith('\uFEFF') ? 1 : 0;

  const position = (at: number): string => {
    const before = text.slice(0, at).replace(/^\uFEFF/, '');
    const lines = before.split(/\r\n|\r|\n/);
    return `${file}:${lines.length}:${lines.at(-1)!.length + 1}`;
  };

  const fail = (message: string, at = offset): never => {
    const hint = `Mend the JSON in ${file}`;
    throw new UserError(exitCode.usage, { message, at: position(at), hint });
  };

  const failHere = (expected: string): never => {
    if (offset >= text.length) return fail(`expected ${expected}, but the file ends here`);
    const found = String.fromCodePoint(text.codePointAt(offset)!);
    if (text.startsWith('//', offset) || text.startsWith('/*', offset)) return fail('JSON has no comments');
    return fail(`expected ${expected}, found ${showValue(found)}`);
  };

  const matchHere = (sticky: RegExp): string | undefined => {
    sticky.lastIndex = offset;
    return sticky.exec(text)?.[0];
  };

  const skipSpace = (): void => {
    while (offset < text.length && ' \t\n\r'.includes(text[offset]!)) offset += 1;
  };

  const parseString = (expected: string): string => {
    const start = offset;
    if (text[offset] !== '"') return failHere(expected);
    offset += 1;
    while (text[offset] !== '"') {
      if (offset >= text.length) return fail('this text has no closing quote', start);
      if (text.charCodeAt(offset) < 0x20) return fail('a control character or line break in a text must be escaped');
      if (text[offset] === '\\') {
        const escaped = matchHere(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y);
        if (!escaped) return fail('this escape is none that JSON has');
        offset += escaped.length;
      } else offset += 1;
    }
    offset += 1;
    return JSON.parse(text.slice(start, offset)) as string;
  };

  const parseMembers = (close: string, parseMember: (index: number) => void): void => {
    offset += 1;
    skipSpace();
    if (text[offset] === close) {
      offset += 1;
      return;
    }
    for (let index = 0; ; index++) {
      skipSpace();
      parseMember(index);
      skipSpace();
      if (text[offset] === close) break;
      if (text[offset] !== ',') failHere(`, or ${close}`);
      const comma = offset;
      offset += 1;
      skipSpace();
      if (text[offset] === close) fail(`JSON has no comma before ${close}`, comma);
    }
    offset += 1;
  };

  const parseObject = (path: ValuePath): Record<string, unknown> => {
    const object: Record<string, unknown> = {};
    parseMembers('}', () => {
      const keyStart = offset;
      const key = parseString('a key in double quotes');
      const keyPath = [...path, key];
      if (keyStarts.has(toPointer(keyPath))) fail(`the key ${showValue(key)} is here twice`, keyStart);
      keyStarts.set(toPointer(keyPath), keyStart);
      skipSpace();
      if (text[offset] !== ':') failHere(':');
      offset += 1;
      // A plain assignment to __proto__ would set the prototype and hide the key from every check.
      Object.defineProperty(object, key, {
        value: parseValue(keyPath),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    });
    return object;
  };

  const parseArray = (path: ValuePath): unknown[] => {
    const array: unknown[] = [];
    parseMembers(']', (index) => {
      array.push(parseValue([...path, index]));
    });
    return array;
  };

  const parseValue = (path: ValuePath): unknown => {
    skipSpace();
    if (path.length > deepest) return fail(`nested more than ${deepest} levels deep`);
    starts.set(toPointer(path), offset);
    const first = text[offset];
    if (first === '{') return parseObject(path);
    if (first === '[') return parseArray(path);
    if (first === '"') return parseString('a value');
    const word = matchHere(/(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y);
    if (!word) return failHere('a value');
    offset += word.length;
    return JSON.parse(word) as unknown;
  };

  const value = parseValue([]);
  skipSpace();
  if (offset < text.length) failHere('the end of the file');

  return {
    value,
    locate(path, side = 'value') {
      const inKeys = side === 'key' ? keyStarts.get(toPointer(path)) : undefined;
      if (inKeys !== undefined) return position(inKeys);
      for (let length = path.length; length >= 0; length--) {
        const start = starts.get(toPointer(path.slice(0, length)));
        if (start !== undefined) return position(start);
      }
      return file;
    },
  };
}

function toPointer(path: ValuePath): string {
  return JSON.stringify(path);
}
