/** The error details in common use, of google/rpc/error_details.proto: made by a server, read by a client. */

import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { Detail } from './details.ts';
import { type Fields, readFields } from './wire.ts';

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
  | {
      readonly type: typeof ERROR_INFO;
      readonly reason: string;
      readonly domain: string;
      readonly metadata: Readonly<Record<string, string>>;
    }
  | { readonly type: typeof RETRY_INFO; readonly seconds: number };

/** What a detail of one of these types says; undefined for any other. */
export function readDetail({ type, value }: Detail): KnownDetail | undefined {
  const fields = readFields(value);
  switch (type) {
    case BAD_REQUEST:
      return { type, violations: readPairs(fields, 1) };
    case ERROR_INFO:
      return { type, reason: fields.text(1), domain: fields.text(2), metadata: readPairs(fields, 3) };
    case RETRY_INFO: {
      const delay = readFields(fields.message(1));
      return { type, seconds: delay.integer(1) + delay.integer(2) / 1e9 };
    }
    default:
      return undefined;
  }
}

/** A message of two texts: a map's entry or a field violation. */
function writePair(writer: BinaryWriter, field: number, first: string, second: string): void {
  writer
    .uint32((field << 3) | 2)
    .fork()
    .uint32(10)
    .string(first)
    .uint32(18)
    .string(second)
    .join();
}

function readPairs(fields: Fields, field: number): Record<string, string> {
  const pairs = fields.messages(field).map(readFields);
  return Object.fromEntries(pairs.map((pair) => [pair.text(1), pair.text(2)]));
}
