/** Rich error details: messages that travel beside a status, packed as google.rpc.Status. */

import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { Codec } from './definition.ts';
import { readFields } from './wire.ts';

/** One detail: a message and the full name of its type. */
export interface Detail {
  readonly type: string;
  readonly value: Uint8Array;
}

const TYPE_URL = 'type.googleapis.com/';

/** Any message as a detail: `detail('orders.v1.Refusal', Refusal, { reason })`. */
export function detail<Message>(type: string, codec: Codec<Message>, message: Message): Detail {
  return { type, value: codec.encode(message).finish() };
}

/** google.rpc.Status: code = 1, message = 2, details = 3 (google.protobuf.Any: type_url = 1, value = 2). */
export function encodeStatus(code: number, message: string, details: readonly Detail[]): Buffer {
  const writer = new BinaryWriter().uint32(8).int32(code).uint32(18).string(message);
  for (const { type, value } of details) {
    writer
      .uint32(26)
      .fork()
      .uint32(10)
      .string(TYPE_URL + type)
      .uint32(18)
      .bytes(value)
      .join();
  }
  return Buffer.from(writer.finish());
}

/** The details of an encoded google.rpc.Status. */
export function decodeDetails(status: Uint8Array): Detail[] {
  return readFields(status)
    .messages(3)
    .map((any) => {
      const fields = readFields(any);
      return { type: fields.text(1).replace(/^.*\//, ''), value: fields.message(2) };
    });
}
