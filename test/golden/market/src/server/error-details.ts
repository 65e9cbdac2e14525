/** The error details in common use, of google/rpc/error_details.proto: made by a server, read by a client. */

import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import type { Detail } from './details.ts';

const BAD_REQUEST = 'google.rpc.BadRequest';
const ERROR_INFO = 'google.rpc.ErrorInfo';
const RETRY_INFO = 'google.rpc.RetryInfo';

/** What is wrong with which field. */
export function badRequest(violations: Readonly<Record<string, string>>): Detail {
  const writer = new BinaryWriter();
  for (const [field, description] of Object.entries(violations)) writePair(writer, 1, field, description);
  return { type: BAD_REQUEST, value: writer.finish() };
}

/** A reason for programs to act on, unique within `domain`. */
export function errorInfo(reason: string, domain: string, metadata: Readonly<Record<string, string>> = {}): Detail {
  const writer = new BinaryWriter().uint32(10).string(reason).uint32(18).string(domain);
  for (const [key, value] of Object.entries(metadata)) writePair(writer, 3, key, value);
  return { type: ERROR_INFO, value: writer.finish() };
}

/** How long a client should wait before it tries again. */
export function retryInfo(seconds: number): Detail {
  const whole = Math.floor(seconds);
  const nanos = Math.round((seconds - whole) * 1e9);
  const writer = new BinaryWriter().uint32(10).fork().uint32(8).int64(whole).uint32(16).int32(nanos).join();
  return { type: RETRY_INFO, value: writer.finish() };
}

export type KnownDetail =
  | { readonly type: typeof BAD_REQUEST; readonly violations: Readonly<Record<string, string>> }
  | { readonly type: typeof ERROR_INFO; readonly reason: string; readonly domain: string; readonly metadata: Readonly<Record<string, string>> }
  | { readonly type: typeof RETRY_INFO; readonly seconds: number };

/** What a detail of one of these types says; undefined for any other. */
export function readDetail({ type, value }: Detail): KnownDetail | undefined {
  const fields = readFields(value);
  switch (type) {
    case BAD_REQUEST:
      return { type, violations: readPairs(fields.get(1)) };
    case ERROR_INFO:
      return { type, reason: toText(fields.get(1)?.at(-1)), domain: toText(fields.get(2)?.at(-1)), metadata: readPairs(fields.get(3)) };
    case RETRY_INFO:
      return { type, seconds: readDuration(fields.get(1)?.at(-1) ?? new Uint8Array()) };
    default:
      return undefined;
  }
}

/** A message of two texts: a map's entry or a field violation. */
function writePair(writer: BinaryWriter, field: number, first: string, second: string): void {
  writer.uint32((field << 3) | 2).fork().uint32(10).string(first).uint32(18).string(second).join();
}

function readPairs(messages: readonly Uint8Array[] = []): Record<string, string> {
  return Object.fromEntries(
    messages.map((message) => {
      const fields = readFields(message);
      return [toText(fields.get(1)?.at(-1)), toText(fields.get(2)?.at(-1))];
    }),
  );
}

function readDuration(message: Uint8Array): number {
  const reader = new BinaryReader(message);
  let seconds = 0;
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1) seconds += Number(reader.int64());
    else if (field === 2) seconds += reader.int32() / 1e9;
    else reader.skip(wireType);
  }
  return seconds;
}

/** The length-delimited fields of a message, by number. */
function readFields(message: Uint8Array): Map<number, Uint8Array[]> {
  const reader = new BinaryReader(message);
  const fields = new Map<number, Uint8Array[]>();
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (wireType === 2) fields.set(field, [...(fields.get(field) ?? []), reader.bytes()]);
    else reader.skip(wireType);
  }
  return fields;
}

function toText(bytes: Uint8Array = new Uint8Array()): string {
  return new TextDecoder().decode(bytes);
}
