/** A gRPC client of every kind of call that knows nothing of an emitted repo: it sends and gets bytes. */
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';

export interface Answer {
  messages: readonly Buffer[];
  header: Metadata;
  trailer: Metadata;
}

export interface CallToMake {
  path: string;
  requests: readonly Uint8Array[];
  metadata?: Metadata;
  /** In milliseconds. */
  patience?: number;
}

/** The most that the emitted servers of these tests take. */
export const largestMessage = 16 * 1024 * 1024;

/** One channel and no more, so that all calls of a client share a connection as long as that is open. */
export function openEdgeClient(port: number) {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.max_receive_message_length': largestMessage,
    'grpc.use_local_subchannel_pool': 1,
    // A connection that is refused should not count for longer than a test lasts.
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 200,
  });

  /** Whatever its kind: one that streams neither way is, on the wire, one message each way. Rejects with grpc-js's error. */
  function call({ path, requests, metadata = new Metadata(), patience = 10_000 }: CallToMake): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const messages: Buffer[] = [];
      let header = new Metadata();
      let trailer = new Metadata();
      const stream = client.makeBidiStreamRequest(path, keepBytes, keepBytes, metadata, {
        deadline: Date.now() + patience,
      });
      stream.on('metadata', (received: Metadata) => {
        header = received;
      });
      stream.on('status', (status: { metadata: Metadata }) => {
        trailer = status.metadata;
      });
      stream.on('data', (message: Buffer) => messages.push(message));
      stream.on('error', (error: ServiceError) => reject(error));
      stream.on('end', () => setImmediate(() => resolve({ messages, header, trailer })));
      for (const request of requests) stream.write(Buffer.from(request));
      stream.end();
    });
  }

  return { client, call, close: () => client.close() };
}

/** As many calls at once as callers, one after the other, until told to stop. */
export function keepCalling(callers: number, call: () => Promise<Answer>) {
  const failures: unknown[] = [];
  const answers: Buffer[] = [];
  let isCalling = true;
  const ended = Promise.all(
    Array.from({ length: callers }, async () => {
      while (isCalling) {
        try {
          answers.push(...(await call()).messages);
        } catch (error) {
          failures.push(error);
        }
      }
    }),
  );
  return {
    answers,
    failures,
    async stop() {
      isCalling = false;
      await ended;
    },
  };
}

/** A message whose first field is a text. */
export function encodeText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x0a, ...varint(Buffer.byteLength(text))]), Buffer.from(text)]);
}

/** A message whose first field is a number. */
export function encodeNumber(number: number): Buffer {
  return Buffer.from([0x08, ...varint(number)]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

export function keepBytes(bytes: Buffer): Buffer {
  return bytes;
}
