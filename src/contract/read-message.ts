/** Reads messages, enums and extensions: the names they declare and the types their fields name. */
import type { ProtoDeclarations, SymbolKind } from './proto-declarations.ts';
import type { Token } from './proto-tokens.ts';
import { readInlineOptions, readOption } from './read-options.ts';
import type { TokenCursor } from './token-cursor.ts';

export interface Place {
  cursor: TokenCursor;
  file: ProtoDeclarations;
  /** Name of the declaration around, without the file's package; the empty string at the top. */
  scope: string;
}

/** Notes a name where it is declared; gives it with its scope. */
export function declare({ file, scope }: Place, kind: SymbolKind, name: Token): string {
  const fullName = scope === '' ? name.text : `${scope}.${name.text}`;
  file.declared.push({ kind, fullName, offset: name.offset });
  return fullName;
}

/** Reads `{`, then one statement after another up to `}`; empty ones are stepped over. */
export function within(cursor: TokenCursor, readStatement: () => void): void {
  const opened = cursor.expect('{');
  cursor.nest(() => {
    while (!cursor.skip('}')) {
      if (cursor.skip(';')) continue;
      if (cursor.peek().kind === 'end') cursor.failUnclosed(opened);
      readStatement();
    }
  });
}

/** `message Name { … }` */
export function readMessage(place: Place): void {
  place.cursor.expect('message');
  const name = place.cursor.expectName('the name of a message');
  readMessageBody({ ...place, scope: declare(place, 'message', name) });
}

function readMessageBody(place: Place): void {
  const { cursor, file } = place;
  within(cursor, () => {
    if (file.syntax === '2024' && /^(?:export|local)$/.test(cursor.peek().text)) {
      if (/^(?:message|enum)$/.test(cursor.peek(1).text) && cursor.peek(2).kind === 'name') cursor.next();
    }
    if (cursor.at('message')) readMessage(place);
    else if (cursor.at('enum')) readEnum(place);
    else if (cursor.at('extend')) readExtend(place);
    else if (cursor.at('option')) readOption(cursor);
    else if (cursor.at('oneof')) readOneof(place);
    else if (cursor.at('reserved') || cursor.at('extensions')) readRanges(cursor);
    else readField(place, 'message');
  });
}

/** `enum Name { … }`; its values are names of the scope around it, as in C++. */
export function readEnum(place: Place): void {
  const { cursor } = place;
  cursor.expect('enum');
  declare(place, 'enum', cursor.expectName('the name of an enum'));
  within(cursor, () => {
    const isValue = cursor.peek(1).text === '=';
    if (cursor.at('option') && !isValue) readOption(cursor);
    else if (cursor.at('reserved') && !isValue) readRanges(cursor);
    else readEnumValue(place);
  });
}

function readEnumValue(place: Place): void {
  const { cursor } = place;
  declare(place, 'value', cursor.expectName('the name of an enum value'));
  cursor.expect('=');
  cursor.skip('-');
  expectNumber(cursor);
  readInlineOptions(cursor);
  cursor.expect(';');
}

/** `extend Message { … }` */
export function readExtend(place: Place): void {
  const { cursor, file, scope } = place;
  cursor.expect('extend');
  file.fieldTypes.push({ ...cursor.expectTypeName('the name of a message'), scope });
  within(cursor, () => readField(place, 'extend'));
}

function readOneof(place: Place): void {
  const { cursor } = place;
  cursor.expect('oneof');
  cursor.expectName('the name of a oneof');
  within(cursor, () => {
    if (cursor.at('option')) readOption(cursor);
    else readField(place, 'oneof');
  });
}

const labels: ReadonlySet<string> = new Set(['optional', 'required', 'repeated']);
const scalars: ReadonlySet<string> = new Set(
  'double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes'.split(' '),
);

export function isScalar(type: string): boolean {
  return scalars.has(type);
}

function readField(place: Place, holder: 'message' | 'oneof' | 'extend'): void {
  const { cursor, file } = place;
  const label = cursor.peek();
  const labelled = label.kind === 'name' && labels.has(label.text);
  if (labelled) {
    if (holder === 'oneof') cursor.fail('a field without a label (all of a oneof are optional)');
    if (
      file.syntax !== 'proto2' &&
      (label.text === 'required' || (label.text === 'optional' && file.syntax !== 'proto3'))
    ) {
      cursor.fail(`a field without ${JSON.stringify(label.text)} (${describeSyntax(file)} has none)`);
    }
    cursor.next();
  }
  if (!labelled && cursor.at('map') && cursor.peek(1).text === '<') readMapField(place);
  else if (file.syntax === 'proto2' && !labelled && holder !== 'oneof') {
    cursor.fail('"optional", "required" or "repeated" (a file without syntax = "proto3" is proto2)');
  } else if (cursor.at('group') && cursor.peek(1).kind === 'name') readGroup(place, holder);
  else {
    readFieldType(place);
    const name = cursor.expectName('the name of a field');
    if (holder === 'extend') declare(place, 'extension', name);
    readFieldEnd(cursor);
  }
}

/** `optional group Name = 1 { … }` declares a message as well as a field. */
function readGroup(place: Place, holder: 'message' | 'oneof' | 'extend'): void {
  const { cursor, file } = place;
  if (file.syntax !== 'proto2') cursor.fail(`a field that is no group (${describeSyntax(file)} has none)`);
  cursor.next();
  const name = cursor.expectName('the name of a group');
  if (holder === 'extend') declare(place, 'extension', { ...name, text: name.text.toLowerCase() });
  cursor.expect('=');
  expectNumber(cursor);
  readInlineOptions(cursor);
  readMessageBody({ ...place, scope: declare(place, 'message', name) });
}

function readMapField(place: Place): void {
  const { cursor } = place;
  cursor.next();
  cursor.expect('<');
  cursor.expectName('the type of a key');
  cursor.expect(',');
  readFieldType(place);
  cursor.expect('>');
  cursor.expectName('the name of a field');
  readFieldEnd(cursor);
}

function readFieldType({ cursor, file, scope }: Place): void {
  const type = cursor.expectTypeName('a field');
  if (!isScalar(type.name)) file.fieldTypes.push({ ...type, scope });
}

function readFieldEnd(cursor: TokenCursor): void {
  cursor.expect('=');
  expectNumber(cursor);
  readInlineOptions(cursor);
  cursor.expect(';');
}

/** `reserved 1, 4 to 6, 9 to max;`, `reserved "name";`, `reserved name;`, `extensions 100 to 199 [ … ];` */
function readRanges(cursor: TokenCursor): void {
  const what = 'a number, a range or a name';
  cursor.next();
  do {
    if (cursor.peek().kind === 'string') cursor.expectString(what);
    else if (cursor.peek().kind === 'name') cursor.next();
    else {
      readRangeEnd(cursor, what);
      if (cursor.skip('to') && !cursor.skip('max')) readRangeEnd(cursor, 'a number or "max"');
    }
  } while (cursor.skip(','));
  readInlineOptions(cursor);
  cursor.expect(';');
}

function readRangeEnd(cursor: TokenCursor, what: string): void {
  cursor.skip('-');
  if (cursor.peek().kind !== 'number') cursor.fail(what);
  cursor.next();
}

function expectNumber(cursor: TokenCursor): void {
  const { kind, text } = cursor.peek();
  if (kind !== 'number' || /^\d*\.|^(?!0[xX]).*[eEfF]/.test(text)) cursor.fail('a whole number');
  cursor.next();
}

function describeSyntax(file: ProtoDeclarations): string {
  return file.syntax.startsWith('proto') ? file.syntax : `edition ${file.syntax}`;
}
