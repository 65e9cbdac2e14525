/** Reads one level of a protobuf message of any type: for the few messages that have no code in src/gen. */

import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

export interface Fields {
  /** All values of a field that holds messages or bytes. */
  messages(field: number): readonly Uint8Array[];
  texts(field: number): readonly string[];
  /** The last value of a field, as protobuf has it; empty if there is none. */
  message(field: number): Uint8Array;
  text(field: number): string;
  integer(field: number): number;
}

export function readFields(message: Uint8Array): Fields {
  const reader = new BinaryReader(message);
  const chunks = new Map<number, Uint8Array[]>();
  const integers = new Map<number, number>();
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (wireType === WireType.LengthDelimited) chunks.set(field, [...(chunks.get(field) ?? []), reader.bytes()]);
    else if (wireType === WireType.Varint) integers.set(field, Number(reader.int64()));
    else reader.skip(wireType, field);
  }
  const messages = (field: number) => chunks.get(field) ?? [];
  const toText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return {
    messages,
    texts: (field) => messages(field).map(toText),
    message: (field) => messages(field).at(-1) ?? new Uint8Array(),
    text: (field) => toText(messages(field).at(-1) ?? new Uint8Array()),
    integer: (field) => integers.get(field) ?? 0,
  };
}
