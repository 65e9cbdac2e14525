/** A client typed by a service's definition: a promise for one response, an async iterable for a stream of them. */

import { Metadata } from '@grpc/grpc-js';
import {
  type ByKind,
  kindOf,
  type MethodDefinition,
  methodsOf,
  pathOf,
  type RequestOf,
  type ResponseOf,
  type ServiceDefinition,
} from '../server/definition.ts';
import type { Channel } from './channel.ts';
import { type Requests, receiveAll, receiveOne, sendAll } from './streams.ts';

export interface CallOptions {
  readonly metadata?: Metadata;
  /** How long to wait for the end of the call. Without it: for ever. */
  readonly timeoutMs?: number;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  /** Called with the metadata that comes ahead of the first response. */
  readonly onHeader?: (header: Metadata) => void;
  /** Called with the metadata that comes after the last. */
  readonly onTrailer?: (trailer: Metadata) => void;
}

/** A call starts when its method is called. Leaving the loop over its responses cancels it. */
export type ClientMethod<Method extends MethodDefinition> = ByKind<
  Method,
  (request: RequestOf<Method>, options?: CallOptions) => Promise<ResponseOf<Method>>,
  (request: RequestOf<Method>, options?: CallOptions) => AsyncIterable<ResponseOf<Method>>,
  (requests: Requests<RequestOf<Method>>, options?: CallOptions) => Promise<ResponseOf<Method>>,
  (requests: Requests<RequestOf<Method>>, options?: CallOptions) => AsyncIterable<ResponseOf<Method>>
>;

export type Client<Definition extends ServiceDefinition> = {
  readonly [Key in keyof Definition['methods']]: ClientMethod<Definition['methods'][Key]>;
};

export function createClient<Definition extends ServiceDefinition>(
  definition: Definition,
  channel: Channel,
): Client<Definition> {
  // Without a prototype, and with properties defined rather than set: an RPC may be called `constructor` or `__proto__`.
  const client = Object.create(null);
  for (const [key, method] of methodsOf(definition)) {
    Object.defineProperty(client, key, {
      enumerable: true,
      value: bindMethod(channel, pathOf(definition, method), method),
    });
  }
  return client;
}

function bindMethod(channel: Channel, path: string, method: MethodDefinition) {
  const { requestType, responseType } = method;
  const encode = (message: unknown) => Buffer.from(requestType.encode(message).finish());
  const decode = (bytes: Buffer) => responseType.decode(bytes);
  const open = ({ metadata = new Metadata(), timeoutMs }: CallOptions) =>
    [metadata, timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs }] as const;

  const methods = {
    unary: (request: unknown, options: CallOptions = {}) =>
      receiveOne(options, (done) => channel.makeUnaryRequest(path, encode, decode, request, ...open(options), done)),

    server_stream: (request: unknown, options: CallOptions = {}) =>
      receiveAll(options, channel.makeServerStreamRequest(path, encode, decode, request, ...open(options))),

    client_stream: (requests: Requests<unknown>, options: CallOptions = {}) =>
      receiveOne(options, (done) =>
        sendAll(requests, channel.makeClientStreamRequest(path, encode, decode, ...open(options), done)),
      ),

    bidi_stream: (requests: Requests<unknown>, options: CallOptions = {}) =>
      receiveAll(options, sendAll(requests, channel.makeBidiStreamRequest(path, encode, decode, ...open(options)))),
  };
  return methods[kindOf(method)];
}
