/** Reads the declarations of one `.proto` file: proto2, proto3 and editions, the whole grammar, option values unread. */
import type { ImportKind, MethodDeclaration, ProtoDeclarations, Syntax, TypeReference } from './proto-declarations.ts';
import { ProtoSyntaxError } from './proto-tokens.ts';
import { declare, type Place, readEnum, readExtend, readMessage, within } from './read-message.ts';
import { readOption } from './read-options.ts';
import { openCursor, type TokenCursor } from './token-cursor.ts';

/**
 * What a text declares. Types are not looked up, and what buf checks later (numbers used twice, options that do not
 * exist) is not checked here.
 * @throws {ProtoSyntaxError} at the first place where the text leaves the grammar
 */
export function readProto(text: string): ProtoDeclarations {
  const cursor = openCursor(text);
  const file: ProtoDeclarations = {
    syntax: readSyntax(cursor),
    package: '',
    packageOffset: -1,
    imports: [],
    declared: [],
    services: [],
    fieldTypes: [],
  };
  const place: Place = { cursor, file, scope: '' };
  while (cursor.peek().kind !== 'end') readTopLevel(place);
  qualify(file);
  return file;
}

const syntaxes: ReadonlySet<string> = new Set(['proto2', 'proto3']);
const editions: ReadonlySet<string> = new Set(['2023', '2024']);

function readSyntax(cursor: TokenCursor): Syntax {
  if (!cursor.at('syntax') && !cursor.at('edition')) return 'proto2';
  const known = cursor.next().text === 'syntax' ? syntaxes : editions;
  cursor.expect('=');
  const token = cursor.peek();
  const value = cursor.expectString('a string');
  if (!known.has(value)) cursor.fail([...known].map((one) => JSON.stringify(one)).join(' or '), token);
  cursor.expect(';');
  return value as Syntax;
}

function readTopLevel(place: Place): void {
  const { cursor, file } = place;
  if (cursor.skip(';')) return;
  const { text } = cursor.peek();
  const visible = file.syntax === '2024' && (text === 'export' || text === 'local');
  if (visible) cursor.next();
  const read = statements.get(cursor.peek().kind === 'name' ? cursor.peek().text : '');
  if (read) read(place);
  else if (cursor.at('syntax') || cursor.at('edition')) cursor.fail('a declaration (the syntax line comes first)');
  else cursor.fail('a declaration (import, option, message, enum, extend or service)');
}

function readPackage({ cursor, file }: Place): void {
  const { offset } = cursor.next();
  if (file.packageOffset !== -1)
    throw new ProtoSyntaxError('a file has one package line, and this is a second', offset);
  file.packageOffset = offset;
  file.package = cursor.expectTypeName('the name of a package').name;
  cursor.expect(';');
}

function readImport({ cursor, file }: Place): void {
  cursor.next();
  let kind: ImportKind = 'plain';
  if (cursor.skip('public')) kind = 'public';
  else if (cursor.skip('weak')) kind = 'weak';
  else if (file.syntax === '2024' && cursor.skip('option')) kind = 'option';
  const { offset } = cursor.peek();
  file.imports.push({ path: cursor.expectString('a path in quotes'), kind, offset });
  cursor.expect(';');
}

function readService(place: Place): void {
  const { cursor, file } = place;
  cursor.next();
  const name = cursor.expectName('the name of a service');
  const service = { name: name.text, fullName: declare(place, 'service', name), offset: name.offset, methods: [] };
  file.services.push(service);
  const inside: Place = { ...place, scope: service.fullName };
  const methods: MethodDeclaration[] = service.methods;
  within(cursor, () => {
    if (cursor.at('option')) readOption(cursor);
    else if (cursor.at('rpc')) methods.push(readMethod(inside));
    else cursor.fail('"rpc", "option" or "}"');
  });
}

function readMethod(place: Place): MethodDeclaration {
  const { cursor } = place;
  cursor.next();
  const name = cursor.expectName('the name of a method');
  const scope = declare(place, 'method', name);
  const input = readMethodType(cursor, scope);
  cursor.expect('returns');
  const output = readMethodType(cursor, scope);
  if (cursor.at('{')) {
    within(cursor, () => {
      if (cursor.at('option')) readOption(cursor);
      else cursor.fail('"option" or "}"');
    });
  } else cursor.expect(';');
  return {
    name: name.text,
    clientStreams: input.streams,
    serverStreams: output.streams,
    input: input.type,
    output: output.type,
  };
}

const statements: ReadonlyMap<string, (place: Place) => void> = new Map([
  ['package', readPackage],
  ['import', readImport],
  ['option', ({ cursor }: Place) => readOption(cursor)],
  ['message', readMessage],
  ['enum', readEnum],
  ['extend', readExtend],
  ['service', readService],
]);

/** As buf and protoc read it: `(stream)` names a type, `(stream.a.Foo)` is a stream of `.a.Foo`. */
function readMethodType(cursor: TokenCursor, scope: string): { streams: boolean; type: TypeReference } {
  cursor.expect('(');
  const streams = cursor.at('stream') && cursor.peek(1).text !== ')';
  if (streams) cursor.next();
  const type = { ...cursor.expectTypeName('the name of a message'), scope };
  cursor.expect(')');
  return { streams, type };
}

/** `package` holds for the whole file, wherever it stands in it. */
function qualify(file: ProtoDeclarations): void {
  if (file.package === '') return;
  const full = (name: string): string => (name === '' ? file.package : `${file.package}.${name}`);
  for (const declaration of file.declared) declaration.fullName = full(declaration.fullName);
  for (const type of file.fieldTypes) type.scope = full(type.scope);
  for (const service of file.services) {
    service.fullName = full(service.fullName);
    for (const { input, output } of service.methods) {
      input.scope = full(input.scope);
      output.scope = full(output.scope);
    }
  }
}
