/** The descriptors of this repo's protos, as `buf build` wrote them, found by file and by symbol. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fields, readFields } from './wire.ts';

export interface Descriptors {
  /** Full names, in the order of the files. */
  readonly services: readonly string[];
  /** The name of the file that declares a message, enum, service, method, field or extension. */
  fileOf(symbol: string): string | undefined;
  /** The extensions of a message, by number, and the names of the files that declare them. */
  extensionsOf(message: string): ReadonlyMap<number, string>;
  /** A file and then all that it imports, each as a serialized google.protobuf.FileDescriptorProto. */
  withImports(file: string): readonly Uint8Array[] | undefined;
}

/** Beside the bundle in an image; in src/gen when run from source. */
export function findDescriptors(): string {
  const beside = join(import.meta.dirname, 'descriptors.binpb');
  return existsSync(beside) ? beside : join(import.meta.dirname, '../gen/descriptors.binpb');
}

/** `set` is a serialized google.protobuf.FileDescriptorSet. Its files are handed out as they came, byte for byte. */
export function indexDescriptors(set: Uint8Array = readFileSync(findDescriptors())): Descriptors {
  const files = new Map<string, { bytes: Uint8Array; imports: readonly string[] }>();
  const symbols = new Map<string, string>();
  const services: string[] = [];
  const extensions = new Map<string, Map<number, string>>();

  for (const bytes of readFields(set).messages(1)) {
    const fields = readFields(bytes);
    const file = fields.text(FILE.name);
    files.set(file, { bytes, imports: fields.texts(FILE.imports) });
    declareNested(fields, FILE, fields.text(FILE.package));

    function declareNested(fields: Fields, shape: Shape, scope: string): void {
      for (const [number, nested] of Object.entries(shape.nested)) {
        for (const bytes of fields.messages(Number(number))) declare(readFields(bytes), nested, scope);
      }
    }

    function declare(fields: Fields, shape: Shape, scope: string): void {
      const name = qualify(scope, fields.text(shape.name));
      symbols.set(name, file);
      if (shape === SERVICE) services.push(name);
      if (shape === EXTENSION) declareExtension(fields);
      // The values of an enum are named as its siblings.
      declareNested(fields, shape, shape === ENUM ? scope : name);
    }

    function declareExtension(fields: Fields): void {
      // Its message's name comes with a dot ahead.
      const message = fields.text(EXTENSION.message).slice(1);
      const numbers = extensions.get(message) ?? new Map<number, string>();
      extensions.set(message, numbers.set(fields.integer(EXTENSION.number), file));
    }
  }

  return {
    services,
    fileOf: (symbol) => symbols.get(symbol),
    extensionsOf: (message) => extensions.get(message) ?? new Map(),
    withImports(name) {
      if (!files.has(name)) return undefined;
      // A Set also walks what is added on the way.
      const wanted = new Set([name]);
      for (const file of wanted) for (const imported of files.get(file)?.imports ?? []) wanted.add(imported);
      return [...wanted].flatMap((file) => files.get(file)?.bytes ?? []);
    },
  };
}

/** Field numbers of google/protobuf/descriptor.proto: a declaration's name, and the declarations inside it. */
interface Shape {
  readonly name: number;
  nested: { readonly [number: number]: Shape };
}

const FIELD: Shape = { name: 1, nested: {} };
const EXTENSION = { name: 1, message: 2, number: 3, nested: {} };
const ENUM: Shape = { name: 1, nested: { 2: FIELD } };
const SERVICE: Shape = { name: 1, nested: { 2: FIELD } };
const MESSAGE: Shape = { name: 1, nested: {} };
MESSAGE.nested = { 2: FIELD, 3: MESSAGE, 4: ENUM, 6: EXTENSION, 8: FIELD };
const FILE = { name: 1, package: 2, imports: 3, nested: { 4: MESSAGE, 5: ENUM, 6: SERVICE, 7: EXTENSION } };

function qualify(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}
